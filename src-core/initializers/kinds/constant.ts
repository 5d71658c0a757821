/** Every element is one number. */
import { real, text } from '../../params/params'
import { defineInitializer } from '../initializer'

export const constant = defineInitializer({
  kind: 'constant',
  title: text('Constant', '常数'),
  doc: text('Every element is the same number.', '所有元素均为同一个数。'),
  params: {
    value: real(text('Value', '值'), {
      default: 0.1,
      doc: text('Initial value of every element.', '每个元素的初始值。'),
    }),
  },
  value: (_index, _fans, _draw, { value }) => value,
})
