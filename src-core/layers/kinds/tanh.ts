/** Tanh: y = tanh(x) */
import { text } from '../../params/params'
import { defineLayer } from '../layer'

export const tanh = defineLayer({
  kind: 'tanh',
  title: 'Tanh',
  category: 'activation',
  doc: text('Squashes every value into −1 … 1.', '把任意数压缩到 −1 与 1 之间。'),
  formula: 'y = tanh(x)',
  params: {},
  ports: ['x'],
  spatial: 'pointwise',
  width: 'kept',
  lower: (c) => c.b.Tanh(c.x),
})
