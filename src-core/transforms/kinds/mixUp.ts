/** Mixes every image with the previous one in the batch, and their targets in the same ratio. */
import { text } from '../../params/params'
import { perSample } from '../draws/drawColumns'
import { floatPixels } from '../pixels/image'
import { alphaParam, shareWords } from '../pixels/mixing'
import { rolledBy } from '../pixels/rolled'
import { defineTransform, probability } from '../transform'

export const mixUp = defineTransform({
  kind: 'mix-up',
  title: 'MixUp',
  group: 'mixing',
  doc: text(
    'Blends every image with the previous one in the batch, and their targets in the same proportion.',
    '将每张图像与批中前一张按比例叠加，目标也按同样比例混合。',
  ),
  params: { alpha: alphaParam, p: probability(1) },
  random: {
    perBatch: true,
    width: () => 1,
    draw: (stream, { alpha }) => [stream.beta(alpha)],
    identity: () => [1],
    describe: ([share]) => shareWords(share!),
    corners: () => [[0.5]],
  },
  lower({ b, image, draws, mixTargets }) {
    const share = perSample(b, draws)
    mixTargets(share)
    const pixels = floatPixels(b, image)
    const rest = b.Mul(rolledBy(b, pixels, 1), b.Sub(b.scalar(1), share))
    return { pixels: b.Add(rest, b.Mul(pixels, share)) }
  },
})
