/** ELU: y = x > 0 ? x : α·(eˣ − 1) */
import { real, text } from '../../params/params'
import { defineLayer } from '../layer'

export const elu = defineLayer({
  kind: 'elu',
  title: 'ELU',
  category: 'activation',
  doc: text('Like ReLU, but smooth on the negative side, where it tends to −α.', '类似 ReLU，负半轴光滑并趋于 −α。'),
  formula: 'y = x > 0 ? x : α·(eˣ − 1)',
  params: {
    alpha: real(text('Alpha', 'α'), {
      default: 1,
      min: 0,
      doc: text('The limit on the negative side is −α.', '负半轴的极限为 −α。'),
    }),
  },
  ports: ['x'],
  spatial: 'pointwise',
  width: 'kept',
  lower: (c) => c.b.Elu(c.x, { alpha: c.params.alpha }),
})
