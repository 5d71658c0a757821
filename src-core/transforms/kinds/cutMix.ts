/** Pastes a box from the previous image of the batch into every image, and mixes their targets by area. */
import { text } from '../../params/params'
import { insideBox } from '../pixels/boxes'
import { drawColumns, perSample } from '../draws/drawColumns'
import { floatPixels } from '../pixels/image'
import { alphaParam, shareWords } from '../pixels/mixing'
import { rolledBy } from '../pixels/rolled'
import { defineTransform, probability, type ImageShape } from '../transform'

export const cutMix = defineTransform({
  kind: 'cut-mix',
  title: 'CutMix',
  group: 'mixing',
  doc: text(
    'Pastes a box of the previous image in the batch into every image, and mixes their targets by area.',
    '将批中前一张图像的一块贴入每张图像，目标按面积比例混合。',
  ),
  params: { alpha: alphaParam, p: probability(1) },
  random: {
    perBatch: true,
    width: () => 5,
    draw(stream, { alpha }, shape) {
      const share = stream.beta(alpha)
      const [, height, width] = shape
      return boxAt(stream.integer(width), stream.integer(height), share, shape)
    },
    identity: () => [0, 0, 0, 0, 1],
    describe: ([, , , , share]) => shareWords(share!),
    corners: (_, shape) => [boxAt(Math.floor(shape[2] / 2), Math.floor(shape[1] / 2), 0.5, shape)],
  },
  lower({ b, image, shape, draws, mixTargets }) {
    const { left, top, right, bottom, share } = drawColumns(b, draws, 'left', 'top', 'right', 'bottom', 'share')
    mixTargets(perSample(b, share))
    const inBox = insideBox(b, { top, bottom, left, right }, shape)
    const pixels = floatPixels(b, image)
    return { pixels: b.Where(inBox, rolledBy(b, pixels, 1), pixels) }
  },
})

/** left, top, right, bottom, and the remaining share of the image: a box around a point, clipped at the border. */
function boxAt(x: number, y: number, share: number, [, height, width]: ImageShape): readonly number[] {
  const reach = 0.5 * Math.sqrt(1 - share)
  const [across, along] = [Math.floor(reach * width), Math.floor(reach * height)]
  const [left, top] = [Math.max(0, x - across), Math.max(0, y - along)]
  const [right, bottom] = [Math.min(width, x + across), Math.min(height, y + along)]
  return [left, top, right, bottom, 1 - ((right - left) * (bottom - top)) / (width * height)]
}
