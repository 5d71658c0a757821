/** Blurs images with a Gaussian of random width. */
import type { GraphBuilder } from '../../onnx/builder'
import type { Value } from '../../onnx/graph'
import { asPair, pair, range, text, type Pair } from '../../params/params'
import { tensor } from '../../tensor/dtype'
import { floatPixels } from '../pixels/image'
import { defineTransform, probability, type ImageShape, type Refuse } from '../transform'

export const gaussianBlur = defineTransform({
  kind: 'gaussian-blur',
  title: 'GaussianBlur',
  group: 'noise',
  doc: text('Blurs images by a random amount.', '以随机强度模糊图像。'),
  params: {
    kernelSize: pair(text('Kernel size', '核大小'), {
      default: 3,
      min: 1,
      doc: text(
        'Height and width of the averaged window, odd; about three times sigma shows the full effect.',
        '加权平均窗口的高与宽，须为奇数；约为 sigma 的三倍以上时效果完整。',
      ),
    }),
    sigma: range(text('Sigma', '标准差'), {
      default: [0.1, 2],
      min: 0.01,
      max: 1000,
      doc: text('Range of standard deviations, in pixels.', '标准差的范围，以像素计。'),
    }),
    p: probability(1),
  },
  check(shape, { kernelSize }, refuse) {
    checkKernel(asPair(kernelSize), shape, refuse)
    return undefined
  },
  random: {
    width: ({ kernelSize }) => halves(kernelSize).reduce((sum, half) => sum + half, 0),
    draw: (stream, { kernelSize, sigma }) => weightsOf(kernelSize, stream.between(...sigma)),
    identity: ({ kernelSize }) => halves(kernelSize).flatMap((half) => [1, ...new Array<number>(half - 1).fill(0)]),
    describe(drawn, { kernelSize }) {
      const sigma = sigmaOf(Array.from(drawn), kernelSize)
      return sigma === undefined ? text('not blurred', '未模糊') : text(`σ ${sigma}`, `σ ${sigma}`)
    },
    corners: ({ kernelSize, sigma }) => sigma.map((value) => weightsOf(kernelSize, value)),
  },
  lower({ b, image, params, shape: [, height, width], draws }) {
    const [vertical, horizontal] = halves(params.kernelSize) as [number, number]
    const [down, across] = b.Split(draws, [vertical, horizontal], { axis: 1 }) as [Value, Value]
    const pixels = floatPixels(b, image)
    const rows = b.MatMul(blurMatrix(b, down, height, vertical), pixels)
    return { pixels: b.MatMul(rows, b.Transpose(blurMatrix(b, across, width, horizontal), [0, 1, 3, 2])) }
  },
})

/** Weights that compose each side of the kernel including its middle; the other side is symmetric. */
const halves = (size: Pair): readonly number[] => asPair(size).map((side) => (side + 1) / 2)

/** The weights of the middle, its neighbor and so on, of the vertical and then the horizontal kernel. */
function weightsOf(size: Pair, sigma: number): readonly number[] {
  return halves(size).flatMap((half) => {
    const weights = Array.from({ length: half }, (_, i) => Math.exp(-0.5 * (i / sigma) ** 2))
    const sum = weights.reduce((total, weight, i) => total + (i === 0 ? weight : 2 * weight), 0)
    return weights.map((weight) => weight / sum)
  })
}

/** Derived from the weights of the middle and its neighbor; undefined if nothing is blurred. */
function sigmaOf(weights: readonly number[], size: Pair): string | undefined {
  const [vertical] = halves(size) as [number, number]
  const at = vertical > 1 ? 0 : vertical
  const ratio = (weights[at + 1] ?? 0) / weights[at]!
  return ratio > 0 ? Math.sqrt(-0.5 / Math.log(ratio)).toFixed(2) : undefined
}

/**
 * One axis as a matrix [N, 1, size, size]: the weight of every pixel at each position, reflected at the ends without
 * repeating the edge.
 */
function blurMatrix(b: GraphBuilder, weights: Value, size: number, half: number): Value {
  const spread = new Float32Array(half * size * size)
  for (let i = 0; i < half; i++)
    for (let place = 0; place < size; place++)
      for (const at of i === 0 ? [place] : [place - i, place + i]) {
        const pixel = at < 0 ? -at : at >= size ? 2 * (size - 1) - at : at
        spread[(i * size + place) * size + pixel]! += 1
      }
  const matrix = b.MatMul(weights, b.constant(tensor('float32', [half, size * size], spread)))
  return b.Reshape(matrix, [-1, 1, size, size])
}

function checkKernel(kernel: readonly [number, number], [, height, width]: ImageShape, refuse: Refuse): void {
  const param = 'kernelSize'
  const received = kernel.join('×')
  if (kernel.some((side) => side % 2 === 0)) {
    const odd = kernel.map((side) => side + 1 - (side % 2)).join('×')
    refuse('even-kernel', { kernel: odd, received }, param)
  }
  if ((kernel[0] - 1) / 2 >= height || (kernel[1] - 1) / 2 >= width)
    refuse('large-kernel', { most: `${2 * height - 1}×${2 * width - 1}`, received }, param)
}
