/** Pads or cuts all texts to the same number of tokens. */
import { choice, integer, text } from '../../params/params'
import { defineTextPreTransform } from '../preTransform'

export const pad = defineTextPreTransform({
  kind: 'pad',
  on: 'text',
  stage: 3,
  title: text('Length', '长度'),
  doc: text('Pads shorter texts with 0 and truncates longer ones.', '较短的文本以 0 填充，较长的截断。'),
  params: {
    length: integer(text('Length', '长度'), {
      default: 200,
      min: 1,
      max: 100_000,
      doc: text('Tokens per sample.', '每个样本的词元数。'),
    }),
    side: choice(text('Side', '位置'), {
      default: 'end',
      options: ['end', 'start'],
      names: {
        end: text('End', '末尾'),
        start: text('Start', '开头'),
      },
      doc: text('Side on which padding is added and tokens are cut off.', '在哪一侧填充和截断。'),
    }),
  },
})
