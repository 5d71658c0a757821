/** Adds normal noise to every pixel. */
import { RANDOM_ROUNDS } from '../../onnx/randomNumbers'
import { flag, real, text } from '../../params/params'
import { drawColumns, perSample } from '../draws/drawColumns'
import { floatPixels } from '../pixels/image'
import { drawNoiseKeys, fixedNoiseKeys, normalNoise } from '../pixels/pixelNoise'
import { defineTransform, probability } from '../transform'

export const gaussianNoise = defineTransform({
  kind: 'gaussian-noise',
  title: 'GaussianNoise',
  group: 'noise',
  doc: text('Adds Gaussian noise to every pixel.', '给每个像素加上正态噪声。'),
  params: {
    mean: real(text('Mean', '均值'), {
      default: 0,
      min: -1,
      max: 1,
      doc: text('Mean of the noise, on the scale 0…1.', '噪声的均值（0…1 尺度）。'),
    }),
    sigma: real(text('Sigma', '标准差'), {
      default: 0.1,
      min: 0,
      max: 10,
      doc: text('Standard deviation of the noise, on the scale 0…1.', '噪声的标准差（0…1 尺度）。'),
    }),
    clip: flag(text('Clip', '截断'), {
      default: true,
      doc: text('Keeps the pixels between 0 and 1.', '将像素限制在 0 与 1 之间。'),
    }),
    p: probability(1),
  },
  unitPixels: ({ clip }) => clip,
  random: {
    width: () => 2 + RANDOM_ROUNDS,
    draw: (stream, { mean, sigma }) => [mean, sigma, ...drawNoiseKeys(stream)],
    identity: () => new Array<number>(2 + RANDOM_ROUNDS).fill(0),
    describe([mean, sigma]) {
      if (mean === 0 && sigma === 0) return text('no noise', '无噪声')
      const words = `σ ${sigma!.toFixed(2)}`
      return text(words, words)
    },
    corners: ({ mean, sigma }) => [[mean, sigma, ...fixedNoiseKeys]],
  },
  lower({ b, image, params, shape, draws }) {
    const { mean, sigma, rest: keys } = drawColumns(b, draws, 'mean', 'sigma')
    const noise = b.Add(b.Mul(normalNoise(b, shape, keys), perSample(b, sigma)), perSample(b, mean))
    const noisy = b.Add(floatPixels(b, image), noise)
    return { pixels: params.clip ? b.HardSigmoid(noisy, { alpha: 1, beta: 0 }) : noisy }
  },
})
