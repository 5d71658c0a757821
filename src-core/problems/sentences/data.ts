/** The problems of data: files, tables, labels, splits, downloads. */
import { text } from '../../base/text'
import type { ProblemCode } from '../codes'
import type { CodeSentences } from './form'

export const dataSentences = {
  'data-suspicious': {
    cases: {
      'duplicates-across': {
        message: text(
          '{count} of {of} {to|word} samples {count?is/are} also in the {from|word} split, so they measure memory and not understanding.',
          '{of} 个{to|word}样本中有 {count} 个也在{from|word}集中，测得的是记忆而非理解。',
        ),
        expected: text('no sample in two splits', '没有样本同时在两个划分中'),
        received: text(
          '{count} {count?sample/samples} of {to|word} in {from|word}',
          '{count} 个{to|word}样本在{from|word}集中',
        ),
        fix: text(
          'Remove the repeated samples, or split by a column that keeps them together.',
          '去掉重复样本，或按某一列划分，使它们留在同一侧。',
        ),
      },
      'duplicates-within': {
        message: text(
          '{count} of {of} training samples repeat another one.',
          '{of} 个训练样本中有 {count} 个与其他样本相同。',
        ),
        fix: text(
          'Nothing where repetition is meant; otherwise remove the copies.',
          '若重复是有意的，不必处理；否则去掉副本。',
        ),
      },
      unseen: {
        message: text('The training split has no sample of {classes}.', '训练集中没有这些类别的样本：{classes}。'),
        expected: text('samples of every class in the training split', '训练集包含每个类别的样本'),
        received: text('samples of {seen} of {of} classes', '{of} 个类别中有 {seen} 个'),
        fix: text(
          'Stratify the split or, where the data gives it, put samples of every class into its training part.',
          '启用分层划分；若划分由数据给出，让其训练部分包含每个类别。',
        ),
      },
      'one-class': {
        message: text(
          'All training samples are of the class {class}, so there is nothing to tell apart.',
          '训练样本都属于类别 {class}，没有可区分的内容。',
        ),
        expected: text('training samples of two classes or more', '训练集包含两个或更多类别'),
        received: text('samples of 1 of {of} {of?class/classes}', '{of} 个类别中有 1 个'),
        fix: text(
          'Give the training split samples of other classes: correct the split or the labels.',
          '改正划分或标签，使训练集包含其他类别的样本。',
        ),
      },
      rare: {
        message: text(
          '{classes}: less than a tenth of the samples of the largest class.',
          '{classes} 的样本不足最大类别的十分之一。',
        ),
        fix: text(
          'Draw the classes equally often (balanced sampling), and look at figures by class, not only at accuracy.',
          '启用均衡采样，并按类别查看指标，不要只看准确率。',
        ),
      },
      constant: {
        message: text(
          'Column {column} has the same value in every training row.',
          '列 {column} 在所有训练行中取值相同。',
        ),
        fix: text('Give it the role "ignored": it cannot tell anything apart.', '把它设为“忽略”：它区分不了任何东西。'),
      },
      missing: {
        message: text(
          'Column {column} is missing in {count} of {of} training rows.',
          '列 {column} 在 {of} 行训练数据中缺失 {count} 行。',
        ),
        fix: text('Ignore the column, or fill it with an indicator column.', '忽略该列，或填补并增加缺失指示列。'),
      },
      outliers: {
        message: text(
          'Column {column} has {count} {count?value/values} far outside the others.',
          '列 {column} 有 {count} 个值远离其余取值。',
        ),
        fix: text(
          'Look at them; the pre-transforms clip-outliers and log take their power away.',
          '检查这些值；预处理 clip-outliers 和 log 可削弱其影响。',
        ),
      },
    },
    otherwise: { message: '数据中有值得再看一眼的地方。', fix: '查看数据界面中的说明。' },
  },
} as const satisfies Partial<Record<ProblemCode, CodeSentences>>
