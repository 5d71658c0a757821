/** Fully connected layer: y = x·Wᵀ + b on the last axis. */
import { concrete, formatShape, isConcrete } from '../../tensor/shape'
import { flag, integer, text } from '../../params/params'
import { defineLayer } from '../layer'

export const linear = defineLayer({
  kind: 'linear',
  title: 'Linear',
  category: 'linear',
  doc: text(
    'Every output is a weighted sum of all inputs plus a bias. [N, …, in] → [N, …, out].',
    '每个输出都是全部输入的加权和再加偏置。[N, …, in] → [N, …, out]。',
  ),
  formula: 'y = x·Wᵀ + b',
  params: {
    outFeatures: integer(text('Output features', '输出特征数'), {
      default: 128,
      min: 1,
      max: 1_000_000,
      doc: text(
        'Number of outputs; for the last layer of a classifier, the number of classes.',
        '输出的个数；分类器最后一层等于类别数。',
      ),
    }),
    bias: flag(text('Bias', '偏置'), {
      default: true,
      doc: text('Adds a learned constant to every output.', '为每个输出加上可学习的常数。'),
    }),
  },
  ports: ['x'],
  spatial: (output) => (output.length === 2 ? 'global' : 'mixed'),
  width: { param: 'outFeatures' },
  linearMap: 'dense',
  lower(c) {
    const { outFeatures, bias } = c.params
    const { shape } = c.x.type
    if (shape.length < 2)
      c.problem('shape-rank', 'connect', {
        title: 'Linear',
        ranks: '2',
        rank: shape.length,
        received: formatShape(shape),
      })
    const inFeatures = concrete(shape.at(-1))
    const start = { kind: 'pytorch-default', fanIn: inFeatures } as const
    const weight = c.weight('weight', [outFeatures, inFeatures], start)
    const b = bias ? c.weight('bias', [outFeatures], start) : undefined
    if (shape.length === 2) return c.b.Gemm(c.x, weight, b, { transB: 1 })
    if (isConcrete(shape)) {
      const rows = c.b.Gemm(c.b.Reshape(c.x, [-1, inFeatures]), weight, b, { transB: 1 })
      return c.b.Reshape(rows, [...shape.slice(0, -1), outFeatures])
    }
    const product = c.b.MatMul(c.x, c.b.Transpose(weight, [1, 0]))
    return b ? c.b.Add(product, b) : product
  },
  summary: ({ outFeatures }) => `${outFeatures}`,
})
