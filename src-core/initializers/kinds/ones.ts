/** Every element is 1. */
import { text } from '../../params/params'
import { defineInitializer } from '../initializer'

export const ones = defineInitializer({
  kind: 'ones',
  title: text('Ones', '全一'),
  doc: text('Every element is 1.', '所有元素均为 1。'),
  params: {},
  value: () => 1,
})
