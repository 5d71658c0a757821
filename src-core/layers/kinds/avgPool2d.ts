/** 2-D average pooling: the mean of every window. */
import { tensor } from '../../tensor/dtype'
import { concrete } from '../../tensor/shape'
import { flag, text } from '../../params/params'
import { defineLayer } from '../layer'
import { poolFacts, poolParams, poolSummary, poolWindow } from '../pool2d'

export const avgPool2d = defineLayer({
  kind: 'avg-pool2d',
  title: 'AvgPool2d',
  category: 'pooling',
  doc: text(
    'Takes the mean of every window. [N, C, H, W] → [N, C, H′, W′].',
    '取每个窗口的平均值。[N, C, H, W] → [N, C, H′, W′]。',
  ),
  formula: 'out = ⌊(in + 2·padding − kernel) / stride⌋ + 1',
  params: {
    ...poolParams,
    countIncludePad: flag(text('Count padding', '计入填充'), {
      default: true,
      doc: text('Counts padded zeros in the mean.', '平均时是否计入补的零。'),
    }),
  },
  ports: ['x'],
  ...poolFacts,
  linearMap: 'fixed',
  lower(c) {
    const { kernel, stride, before: padding, pads, extended } = poolWindow(c, 'AvgPool2d')
    const window = { kernel_shape: kernel, strides: stride, pads }
    const include = c.params.countIncludePad
    if (!include || !extended) return c.b.AveragePool(c.x, { ...window, count_include_pad: include ? 1 : 0 })
    // Rounding up extends over the padding; those positions never count, the padding itself does (as in PyTorch).
    const mean = c.b.AveragePool(c.x, { ...window, count_include_pad: 1 })
    const [height, width] = c.x.type.shape.slice(2).map(concrete) as [number, number]
    const out = mean.type.shape.slice(2).map(concrete) as [number, number]
    const factor = Array.from({ length: out[0] * out[1] }, (_, at) =>
      [Math.floor(at / out[1]), at % out[1]].reduce((product, o, axis) => {
        const limit = [height, width][axis]! + 2 * padding[axis]!
        const start = o * stride[axis]!
        return (product * kernel[axis]!) / (Math.min(start + kernel[axis]!, limit) - start)
      }, 1),
    )
    return c.b.Mul(mean, c.b.constant(tensor('float32', [1, 1, ...out], factor)))
  },
  summary: poolSummary,
})
