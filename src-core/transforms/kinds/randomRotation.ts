/** Rotates images about their center, counter-clockwise for positive angles. */
import { range, text } from '../../params/params'
import {
  MATRIX_WIDTH,
  restingMatrix,
  sampleAffine,
  samplingParams,
  turnsSigns,
  type AffineMatrix,
} from '../pixels/affineSampling'
import { signed } from '../pixels/signed'
import { defineTransform, probability } from '../transform'

export const randomRotation = defineTransform({
  kind: 'random-rotation',
  title: 'RandomRotation',
  group: 'geometry',
  doc: text('Rotates images by a random angle around their center.', '绕中心随机旋转图像。'),
  params: {
    degrees: range(text('Degrees', '角度'), {
      default: [-15, 15],
      min: -180,
      max: 180,
      doc: text('Range of angles; positive ones turn counterclockwise.', '随机角度的范围；正值为逆时针。'),
    }),
    ...samplingParams,
    p: probability(1),
  },
  light: ({ interpolation }) => interpolation === 'nearest',
  caution: turnsSigns,
  random: {
    width: () => MATRIX_WIDTH,
    draw: (stream, { degrees }) => rotation(stream.between(...degrees)),
    identity: () => restingMatrix,
    describe([cosine, , , sine]) {
      const words = `${signed((Math.atan2(sine!, cosine!) * 180) / Math.PI, 1)}°`
      return text(words, words)
    },
    corners: ({ degrees }) => degrees.map(rotation),
  },
  lower: ({ b, image, draws, params, target }) => sampleAffine(b, image, draws, params, target),
})

function rotation(degrees: number): AffineMatrix {
  const angle = (degrees * Math.PI) / 180
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)]
  return [cosine, -sine, 0, sine, cosine, 0]
}
