/** U(−a, a) with a = √(6 / fan_in); keeps variance through ReLU (He et al. 2015). */
import { text } from '../../params/params'
import { defineInitializer } from '../initializer'

export const kaimingUniform = defineInitializer({
  kind: 'kaiming-uniform',
  title: text('He uniform', 'He 均匀'),
  doc: text(
    'U(−a, a) with a = √(6 / fan_in); preserves variance through ReLU (He et al. 2015).',
    'U(−a, a)，a = √(6 / fan_in)；适合 ReLU（He 等，2015）。',
  ),
  params: {},
  value: (index, fans, draw) => (2 * draw.uniform(index) - 1) * Math.sqrt(6 / fans.fanIn),
})
