/** Softmax: turns scores into probabilities that sum to one. */
import { normalizeAxis } from '../../tensor/shape'
import { integer, text } from '../../params/params'
import { defineLayer } from '../layer'

export const softmax = defineLayer({
  kind: 'softmax',
  title: 'Softmax',
  category: 'activation',
  doc: text(
    'Turns scores into probabilities that sum to one. Leave it out before cross-entropy, which already applies it.',
    '把得分变为和为 1 的概率。交叉熵损失自带 softmax，其前不应再加。',
  ),
  formula: 'yᵢ = exp(xᵢ) / Σⱼ exp(xⱼ)',
  params: {
    dim: integer(text('Axis', '轴'), {
      default: -1,
      min: -7,
      max: 7,
      doc: text('Axis along which the probabilities sum to one; −1 is the last.', '概率之和为 1 的轴；−1 表示末轴。'),
    }),
  },
  ports: ['x'],
  spatial: 'mixed',
  width: 'kept',
  lower(c) {
    const { shape } = c.x.type
    const axis = normalizeAxis(c.params.dim, shape.length)
    if (axis < 1 || axis >= shape.length)
      c.problem('node-param', 'axis', { dim: c.params.dim, last: shape.length - 1, best: -1 }, { param: 'dim' })
    return c.b.Softmax(c.x, { axis })
  },
})
