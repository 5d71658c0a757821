/** The problems of pre-transforms. */
import { text } from '../../base/text'
import type { ProblemCode } from '../codes'
import type { CodeSentences } from './form'
import { paramCases } from './params'

const remove = text('Remove {kind}.', '移除 {kind}。')
const noLogarithm = {
  expected: text('values above {bound}', '大于 {bound} 的值'),
  received: text('a smallest value of {min} in the training split', '训练集中的最小值为 {min}'),
} as const

export const preTransformSentences = {
  'data-preprocess': {
    cases: {
      ...paramCases,
      sizes: {
        message: text(
          'The images differ in size or color, and a network takes only one.',
          '图像的尺寸或颜色不一，而网络只接受一种。',
        ),
        expected: text(
          '{shape} (channels × height × width), as the first image',
          '{shape}（通道 × 高 × 宽），与第一个图像相同',
        ),
        received: '{received}',
        fix: text(
          'Add the pre-transform resize, and color where gray and color images are mixed.',
          '添加预处理 resize；若灰度与彩色图像混杂，再添加 color。',
        ),
      },
      'rare-tokens': {
        message: text(
          'No token of the training split is frequent enough to have a number.',
          '训练集中没有出现次数足够的词元，无法编号。',
        ),
        expected: text('tokens that occur at least {least} times', '至少出现 {least} 次的词元'),
        received: text('{count} different tokens, all rarer', '{count} 个不同的词元，出现次数都不足'),
        fix: text('Lower the minimum count, or give more texts.', '降低最少次数，或增加文本。'),
      },
      'unknown-kind': {
        message: text('There is no pre-transform named {kind}.', '没有名为“{kind}”的预处理。'),
        expected: '{known|list}',
        received: '{kind}',
        fix: text('Correct the name or remove the step.', '改正名称，或移除该步骤。'),
      },
      'is-transform': {
        message: text('There is no pre-transform named {kind}.', '没有名为“{kind}”的预处理。'),
        expected: '{known|list}',
        received: '{kind}',
        fix: text('Move {kind} to the transforms.', '把 {kind} 移到变换中。'),
      },
      'other-samples': {
        message: text('{kind} works on {on|word}.', '{kind} 用于{on|word}。'),
        expected: text('a step on {samples|word}: {known|list}', '用于{samples|word}的步骤：{known|list}'),
        received: text('{kind} on {samples|word}', '{kind} 用于{samples|word}'),
        fix: remove,
      },
      repeated: {
        message: text('The pre-transform {kind} stands in the list twice.', '预处理 {kind} 在列表中出现了两次。'),
        expected: text('each step once, or on other columns', '每个步骤一次，或用于不同的列'),
        received: text('a second {kind}', '第二个 {kind}'),
        fix: text('Remove one of them.', '移除其中一个。'),
      },
      'class-target': {
        message: text('{kind} works on numbers, but the target is a class.', '{kind} 用于数值，但目标是类别。'),
        expected: text('a regression', '回归任务'),
        received: text('a classification', '分类任务'),
        fix: remove,
      },
      'missing-cells': {
        message: text(
          'Missing cells would enter the network as NaN in {columns}.',
          '缺失值会以 NaN 进入网络：{columns}。',
        ),
        expected: text('a step for every column with missing cells', '每个有缺失值的列都有一个步骤'),
        received: '{received}',
        fix: text(
          'Add the pre-transform {steps|and}, or give the column the role "ignored".',
          '添加预处理 {steps|and}，或把这些列设为“忽略”。',
        ),
      },
      categories: {
        message: text(
          'Categories enter the network as the numbers 0, 1, … in {columns}.',
          '类别以 0、1、… 的数字进入网络：{columns}。',
        ),
        fix: text(
          'Add the pre-transform one-hot, or ordinal where their order means something.',
          '添加预处理 one-hot；若类别有顺序，添加 ordinal。',
        ),
      },
      'no-column': {
        message: text('There is no column “{column}” at this step.', '此步骤没有列“{column}”。'),
        expected: '{known|list}',
        received: '{column}',
        fix: text('Choose other columns, or move the step.', '选择其他列，或移动该步骤。'),
      },
      'other-column': {
        message: text('{kind} cannot work on column “{column}”.', '{kind} 不能用于列“{column}”。'),
        expected: '{known|list}',
        received: text('{column}, which is {type}', '{column}，类型为 {type}'),
        fix: text('Choose other columns, or move the step.', '选择其他列，或移动该步骤。'),
      },
      'all-dropped': {
        message: text('No column would be left.', '不会剩下任何列。'),
        expected: text('at least one column that stays', '至少保留一列'),
        received: text('all {count} columns named', '列出了全部 {count} 列'),
        fix: text('Take some columns off the list.', '从列表中去掉一些列。'),
      },
      'log-column': {
        message: text('Column {column} has values whose logarithm does not exist.', '列 {column} 中有的值没有对数。'),
        ...noLogarithm,
        fix: text(
          'Set the shift above {least}, or leave the column out of the step.',
          '将偏移设为大于 {least}，或让该步骤跳过此列。',
        ),
      },
      'log-target': {
        message: text('{column} has values whose logarithm does not exist.', '{column} 中有的值没有对数。'),
        ...noLogarithm,
        fix: text(
          'Set the shift above {least}, or use standardize-target.',
          '将偏移设为大于 {least}，或改用 standardize-target。',
        ),
      },
      'no-values': {
        message: text(
          'Column {column} has no value in the training split, so there is no {strategy} to fill with.',
          '列 {column} 在训练集中没有值，无法用 {strategy} 填补。',
        ),
        expected: text('at least one value', '至少一个值'),
        received: text('{missing} missing {missing?cell/cells}', '{missing} 个缺失值'),
        fix: text('Give the column the role "ignored", or fill with a constant.', '把该列设为“忽略”，或用常数填补。'),
      },
      'many-values': {
        message: text(
          'Column {column} has too many different values to find the most frequent one.',
          '列 {column} 的不同取值太多，无法找出最常见的值。',
        ),
        expected: text('at most 200,000 different values', '至多 200,000 个不同的值'),
        received: text('more', '更多'),
        fix: text('Fill it with the mean or the median.', '用均值或中位数填补。'),
      },
    },
    otherwise: { message: '有一项预处理不存在、重复、设置有误或不适合此数据。', fix: '修改或移除该项预处理。' },
  },
} as const satisfies Partial<Record<ProblemCode, CodeSentences>>
