/** U(−a, a) with a = √(6 / (fan_in + fan_out)); keeps variance for tanh and sigmoid (Glorot and Bengio 2010). */
import { text } from '../../params/params'
import { defineInitializer } from '../initializer'

export const xavierUniform = defineInitializer({
  kind: 'xavier-uniform',
  title: text('Xavier uniform', 'Xavier 均匀'),
  doc: text(
    'U(−a, a) with a = √(6 / (fan_in + fan_out)); preserves variance through tanh and sigmoid (Glorot and Bengio 2010).',
    'U(−a, a)，a = √(6 / (fan_in + fan_out))；适合 tanh 与 sigmoid（Glorot 与 Bengio，2010）。',
  ),
  params: {},
  value: (index, fans, draw) => (2 * draw.uniform(index) - 1) * Math.sqrt(6 / (fans.fanIn + fans.fanOut)),
})
