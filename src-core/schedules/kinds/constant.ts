/** A constant learning rate. */
import { text } from '../../params/params'
import { defineSchedule } from '../schedule'

export const constant = defineSchedule({
  kind: 'constant',
  title: text('Constant', '恒定'),
  doc: text('The same rate from the first step to the last.', '自始至终保持同一学习率。'),
  params: {},
  rate: (_params, { base }) => base,
})
