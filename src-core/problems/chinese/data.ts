/** The problems of data in Chinese, as far as the table of sentences does not hold them yet. */
import type { ProblemCode } from '../codes'
import type { Translated } from './form'
import { sealedSentences } from './transforms'

export const dataSentences = {
  'data-checksum': {
    cases: {
      model: {
        message: '该处的数据不是训练此模型所用的数据。',
        fix: '用 --data 指明模型数据的位置，或给出其他带标签的数据，以其全部样本评估。',
      },
      'no-split': {
        message: '这不是训练此模型所用的数据，因此没有{split|word}集。',
        fix: '去掉 --split，以全部样本评估。',
      },
      run: { message: '数据在训练之后发生了变化。', fix: '恢复数据，或用现在的数据重新训练。' },
    },
    otherwise: { message: '数据文件的校验和不符。', fix: '重新获取该文件。' },
  },
  'data-sealed': sealedSentences,
} as const satisfies Partial<Record<ProblemCode, Translated>>
