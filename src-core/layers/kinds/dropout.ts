/** Dropout: during training, sets random elements to zero and scales up the others (Srivastava et al. 2014). */
import { concrete } from '../../tensor/shape'
import { real, text } from '../../params/params'
import { defineLayer } from '../layer'

export const dropout = defineLayer({
  kind: 'dropout',
  title: 'Dropout',
  category: 'regularization',
  doc: text(
    'In training, sets each element to zero with probability p, so that the network cannot rely on any single one. Has no effect in evaluation.',
    '训练时以概率 p 将元素置零，使网络不依赖任何单个元素；评估时不起作用。',
  ),
  formula: 'y = x·mask / (1 − p)',
  params: {
    p: real(text('Probability', '丢弃概率'), {
      default: 0.5,
      min: 0,
      max: 1,
      below: true,
      doc: text('Share of elements set to zero; 0.2 to 0.5 is typical.', '被置零的比例；常用 0.2 到 0.5。'),
    }),
  },
  ports: ['x'],
  spatial: 'pointwise',
  width: 'kept',
  linearMap: 'fixed',
  lower(c) {
    const { p } = c.params
    if (!c.training || p === 0) return c.b.Identity(c.x)
    const kept = c.b.Cast(c.b.Not(c.b.Less(c.uniform(c.x.type.shape.map(concrete)), c.b.scalar(p))), { to: 'float32' })
    return c.b.Mul(c.x, c.b.Mul(kept, c.b.scalar(1 / (1 - p))))
  },
  summary: ({ p }) => `p ${p}`,
})
