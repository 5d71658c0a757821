/** SiLU: y = x·σ(x) */
import { text } from '../../params/params'
import { defineLayer } from '../layer'

export const silu = defineLayer({
  kind: 'silu',
  title: 'SiLU',
  category: 'activation',
  doc: text('A smooth variant of ReLU, also called swish.', 'ReLU 的光滑版本，又称 swish。'),
  formula: 'y = x·σ(x)',
  params: {},
  ports: ['x'],
  spatial: 'pointwise',
  width: 'kept',
  lower: (c) => c.b.Mul(c.x, c.b.Sigmoid(c.x)),
})
