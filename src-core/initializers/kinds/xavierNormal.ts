/** N(0, 2 / (fan_in + fan_out)) (Glorot and Bengio 2010). */
import { text } from '../../params/params'
import { defineInitializer } from '../initializer'

export const xavierNormal = defineInitializer({
  kind: 'xavier-normal',
  title: text('Xavier normal', 'Xavier 正态'),
  doc: text(
    'N(0, 2 / (fan_in + fan_out)) (Glorot and Bengio 2010).',
    'N(0, 2 / (fan_in + fan_out))（Glorot 与 Bengio，2010）。',
  ),
  params: {},
  value: (index, fans, draw) => draw.normal(index) * Math.sqrt(2 / (fans.fanIn + fans.fanOut)),
})
