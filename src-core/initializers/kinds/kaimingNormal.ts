/** N(0, 2 / fan_in); keeps variance through ReLU (He et al. 2015). */
import { text } from '../../params/params'
import { defineInitializer } from '../initializer'

export const kaimingNormal = defineInitializer({
  kind: 'kaiming-normal',
  title: text('He normal', 'He 正态'),
  doc: text(
    'N(0, 2 / fan_in); preserves variance through ReLU (He et al. 2015).',
    'N(0, 2 / fan_in)；适合 ReLU（He 等，2015）。',
  ),
  params: {},
  value: (index, fans, draw) => draw.normal(index) * Math.sqrt(2 / fans.fanIn),
})
