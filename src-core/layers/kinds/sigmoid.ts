/** Sigmoid: y = 1 / (1 + e⁻ˣ) */
import { text } from '../../params/params'
import { defineLayer } from '../layer'

export const sigmoid = defineLayer({
  kind: 'sigmoid',
  title: 'Sigmoid',
  category: 'activation',
  doc: text('Squashes every value into 0 … 1.', '把任意数压缩到 0 与 1 之间。'),
  formula: 'y = 1 / (1 + e⁻ˣ)',
  params: {},
  ports: ['x'],
  spatial: 'pointwise',
  width: 'kept',
  lower: (c) => c.b.Sigmoid(c.x),
})
