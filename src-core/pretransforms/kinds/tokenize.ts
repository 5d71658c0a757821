/** Splits texts into tokens. */
import { choice, text } from '../../params/params'
import { defineTextPreTransform } from '../preTransform'

export const tokenize = defineTextPreTransform({
  kind: 'tokenize',
  on: 'text',
  stage: 1,
  title: text('Tokenize', '分词'),
  doc: text(
    'Splits text into tokens. Words are runs of letters and digits; each Chinese character is a separate token.',
    '把文本切成词元。词由连续的字母和数字组成；每个汉字单独成为一个词元。',
  ),
  params: {
    unit: choice(text('Unit', '单位'), {
      default: 'word',
      options: ['word', 'character'],
      names: {
        word: text('Words', '词'),
        character: text('Characters', '字符'),
      },
      doc: text('Words, or single characters.', '按词，或按单个字符。'),
    }),
  },
})
