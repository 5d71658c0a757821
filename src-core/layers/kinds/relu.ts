/** ReLU: y = max(x, 0) */
import { text } from '../../params/params'
import { defineLayer } from '../layer'

export const relu = defineLayer({
  kind: 'relu',
  title: 'ReLU',
  category: 'activation',
  doc: text(
    'Keeps positive values and sets negative ones to zero. The usual choice.',
    '保留正值，负值置零。最常用的选择。',
  ),
  formula: 'y = max(x, 0)',
  params: {},
  ports: ['x'],
  spatial: 'pointwise',
  width: 'kept',
  lower: (c) => c.b.Relu(c.x),
})
