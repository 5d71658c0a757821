/** ReLU: y = max(x, 0) */
import { text } from '../../params/params'
import { defineLayer } from '../layer'

export const relu = defineLayer({
  kind: 'relu',
  title: 'ReLU',
  category: 'activation',
  doc: text('Passes what is positive, stops what is negative. The usual choice.', '正值通过，负值截断。最常用的选择。'),
  formula: 'y = max(x, 0)',
  params: {},
  ports: ['x'],
  spatial: 'pointwise',
  width: 'kept',
  lower: (c) => c.b.Relu(c.x),
})
