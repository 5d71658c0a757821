/** Rotates, translates, scales and shears images about their center, clockwise for positive angles. */
import { list, range, text } from '../../params/params'
import {
  MATRIX_WIDTH,
  restingMatrix,
  sampleAffine,
  samplingParams,
  turnsSigns,
  type AffineMatrix,
} from '../pixels/affineSampling'
import { roundHalfEven } from '../pixels/sizes'
import { signed } from '../pixels/signed'
import { defineTransform, probability, type ImageShape } from '../transform'

export const randomAffine = defineTransform({
  kind: 'random-affine',
  title: 'RandomAffine',
  group: 'geometry',
  doc: text(
    'Rotates, translates, scales and shears images around their center in one step.',
    '以中心为基准，一步完成随机旋转、平移、缩放与错切。',
  ),
  params: {
    degrees: range(text('Degrees', '角度'), {
      default: [-10, 10],
      min: -180,
      max: 180,
      doc: text('Range of angles; positive ones turn clockwise.', '随机角度的范围；正值为顺时针。'),
    }),
    translate: list(text('Translate', '平移'), {
      default: [0.1, 0.1],
      min: 0,
      integer: false,
      doc: text(
        'Largest horizontal and vertical shift, as shares of width and height.',
        '水平与垂直方向的最大移动量，以宽和高的比例计。',
      ),
    }),
    scale: range(text('Scale', '缩放'), {
      default: [0.9, 1.1],
      min: 0.01,
      max: 100,
      doc: text('Range of factors; above 1 enlarges.', '缩放系数的范围；大于 1 为放大。'),
    }),
    shear: range(text('Shear', '错切'), {
      default: [0, 0],
      min: -89,
      max: 89,
      doc: text('Range of angles in degrees, along the rows.', '沿行方向错切的角度范围（度）。'),
    }),
    ...samplingParams,
    p: probability(1),
  },
  check(_, { translate }, refuse) {
    if (translate?.length === 2 && translate.every((share) => share <= 1)) return undefined
    return refuse('translate', { received: JSON.stringify(translate) }, 'translate')
  },
  light: ({ interpolation }) => interpolation === 'nearest',
  caution: turnsSigns,
  random: {
    width: () => MATRIX_WIDTH,
    draw(stream, { degrees, translate, scale, shear }, shape) {
      const angle = stream.between(...degrees)
      const [right, down] = largestMove(translate, shape)
      const move = [right, down].map((most) => roundHalfEven(stream.between(-most, most))) as [number, number]
      return inverseMatrix(angle, move, stream.between(...scale), stream.between(...shear))
    },
    identity: () => restingMatrix,
    describe: (matrix) => {
      const words = wordsOf(matrix)
      return words.length === 0 ? text('unchanged', '未改变') : text(words.join(', '), words.join('，'))
    },
    corners({ degrees, translate, scale, shear }, shape) {
      const [right, down] = largestMove(translate, shape).map(roundHalfEven) as [number, number]
      return [
        inverseMatrix(degrees[0], [-right, -down], scale[0], shear[0]),
        inverseMatrix(degrees[1], [right, down], scale[1], shear[1]),
        inverseMatrix(degrees[0], [right, -down], scale[1], shear[1]),
        inverseMatrix(degrees[1], [-right, down], scale[0], shear[0]),
      ]
    },
  },
  lower: ({ b, image, draws, params, target }) => sampleAffine(b, image, draws, params, target),
})

function largestMove(translate: readonly number[], [, height, width]: ImageShape): [number, number] {
  return [translate[0]! * width, translate[1]! * height]
}

const radians = (degrees: number) => (degrees * Math.PI) / 180

/**
 * The inverse of translation · rotation · scale · shear, all about the center, like torchvision's
 * _get_inverse_affine_matrix.
 */
function inverseMatrix(
  degrees: number,
  [right, down]: readonly [number, number],
  scale: number,
  shear: number,
): AffineMatrix {
  const [sine, cosine, slope] = [Math.sin(radians(degrees)), Math.cos(radians(degrees)), Math.tan(radians(shear))]
  const a = (cosine - sine * slope) / scale
  const b = (cosine * slope + sine) / scale
  const [c, d] = [-sine / scale, cosine / scale]
  return [a, b, -a * right - b * down, c, d, -c * right - d * down]
}

/** Describes a matrix by its effect, derived from its numbers. */
function wordsOf(matrix: ArrayLike<number>): string[] {
  const [a, b, right, c, d, down] = Array.from(matrix) as [number, number, number, number, number, number]
  const determinant = a * d - b * c
  const forward = { a: d / determinant, b: -b / determinant, c: -c / determinant, d: a / determinant }
  const scale = Math.hypot(forward.a, forward.c)
  const angle = Math.atan2(forward.c, forward.a)
  const slope = -(forward.b * Math.cos(angle) + forward.d * Math.sin(angle)) / scale
  const [dx, dy] = [-(forward.a * right + forward.b * down), -(forward.c * right + forward.d * down)]
  const parts = [
    [signed((angle * 180) / Math.PI, 1), (value: string) => `${value}°`],
    [signed(dx), (value: string) => `dx ${value}`],
    [signed(dy), (value: string) => `dy ${value}`],
    [scale.toFixed(2) === '1.00' ? '0' : scale.toFixed(2), (value: string) => `×${value}`],
    [signed((Math.atan(slope) * 180) / Math.PI, 1), (value: string) => `⟋ ${value}°`],
  ] as const
  return parts.flatMap(([value, words]) => (value === '0' ? [] : [words(value)]))
}
