/** Every element is 0. */
import { text } from '../../params/params'
import { defineInitializer } from '../initializer'

export const zeros = defineInitializer({
  kind: 'zeros',
  title: text('Zeros', '全零'),
  doc: text('Every element is 0.', '所有元素均为 0。'),
  params: {},
  value: () => 0,
})
