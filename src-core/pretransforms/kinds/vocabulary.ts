/** Numbers the tokens of texts; the vocabulary is built from the training split. */
import { integer, text } from '../../params/params'
import { defineTextPreTransform } from '../preTransform'

export const vocabulary = defineTextPreTransform({
  kind: 'vocabulary',
  on: 'text',
  stage: 2,
  title: text('Vocabulary', '词表'),
  doc: text(
    'The most frequent tokens of the training split get ids; all others share one. Id 0 is padding, 1 any unknown token.',
    '训练集中最常见的词元获得编号，其余共用一个编号。编号 0 为填充，1 为未知词元。',
  ),
  params: {
    size: integer(text('Size', '大小'), {
      default: 10_000,
      min: 3,
      max: 1_000_000,
      doc: text('Maximum number of ids, including padding and unknown.', '编号总数上限，含填充和未知。'),
    }),
    minCount: integer(text('Minimum count', '最小次数'), {
      default: 2,
      min: 1,
      doc: text('Rarer tokens count as unknown.', '更少见的词元视为未知。'),
    }),
  },
})
