/** Adaptive average pooling: windows chosen so that the output has the requested size. */
import { tensor } from '../../tensor/dtype'
import { concrete } from '../../tensor/shape'
import { asPair, pair, text } from '../../params/params'
import { requireRank, requireRoom } from '../checks'
import { defineLayer } from '../layer'

const ranks = [4]

/** Row i averages inputs ⌊i·in/out⌋ … ⌈(i+1)·in/out⌉ − 1, as PyTorch does: [out, in]. */
function averagingMatrix(into: number, out: number): number[] {
  const matrix = new Array<number>(out * into).fill(0)
  for (let i = 0; i < out; i++) {
    const start = Math.floor((i * into) / out)
    const end = Math.ceil(((i + 1) * into) / out)
    for (let j = start; j < end; j++) matrix[i * into + j] = 1 / (end - start)
  }
  return matrix
}

export const adaptiveAvgPool2d = defineLayer({
  kind: 'adaptive-avg-pool2d',
  title: 'AdaptiveAvgPool2d',
  category: 'pooling',
  doc: text(
    'Averages an image of any size down to a fixed size; 1 is global average pooling. [N, C, H, W] → [N, C, out, out].',
    '把任意大小的图像平均到固定大小；1 即全局平均池化。[N, C, H, W] → [N, C, out, out]。',
  ),
  formula: 'y[i] = mean(x[⌊i·in/out⌋ … ⌈(i+1)·in/out⌉))',
  params: {
    outputSize: pair(text('Output size', '输出大小'), {
      default: 1,
      min: 1,
      doc: text('Height and width of the output.', '输出的高与宽。'),
    }),
  },
  ports: ['x'],
  ranks,
  spatial: (output) => (output.slice(2).every((size) => size === 1) ? 'global' : 'mixed'),
  width: 'kept',
  linearMap: 'fixed',
  lower(c) {
    requireRank(c, 'AdaptiveAvgPool2d', ranks)
    const size = c.x.type.shape.slice(2).map(concrete) as [number, number]
    const out = asPair(c.params.outputSize)
    requireRoom(c, [...c.x.type.shape.slice(0, 2), ...out])
    if (out[0] === 1 && out[1] === 1) return c.b.GlobalAveragePool(c.x)
    const kernel = size.map((s, i) => s / out[i]!)
    if (kernel.every(Number.isInteger)) return c.b.AveragePool(c.x, { kernel_shape: kernel, strides: kernel })
    const rows = c.b.constant(tensor('float32', [out[0], size[0]], averagingMatrix(size[0], out[0])))
    const transposed = averagingMatrix(size[1], out[1])
    const columns = Array.from(
      { length: size[1] * out[1] },
      (_, at) => transposed[(at % out[1]) * size[1] + Math.floor(at / out[1])]!,
    )
    return c.b.MatMul(c.b.MatMul(rows, c.x), c.b.constant(tensor('float32', [size[1], out[1]], columns)))
  },
  summary: ({ outputSize }) => asPair(outputSize).join('×'),
})
