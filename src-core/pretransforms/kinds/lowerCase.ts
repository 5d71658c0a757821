/** Converts texts to lower case. */
import { text } from '../../params/params'
import { defineTextPreTransform } from '../preTransform'

export const lowerCase = defineTextPreTransform({
  kind: 'lower-case',
  on: 'text',
  stage: 0,
  optional: true,
  title: text('Lower case', '转小写'),
  doc: text('Makes “Free” and “free” the same word.', '使 “Free” 与 “free” 成为同一个词。'),
  params: {},
})
