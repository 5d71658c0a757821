/** The problems of training settings, of steps that fail, of devices and of the engine process. */
import { text } from '../../base/text'
import type { ProblemCode } from '../codes'
import type { CodeSentences } from './form'
import { paramCases } from './params'

const noVariance = text(
  '{layer} would train on 1 value per channel, which has no mean and variance to learn from.',
  '{layer} 训练时每个通道只有 1 个值，无从得到均值与方差。',
)
const leastSamples = text('batches of at least {samples} samples', '每批至少 {samples} 个样本')

export const trainingSentences = {
  'training-setting': {
    cases: {
      ...paramCases,
      'unknown-choice': {
        message: text('“{kind}” is not known here.', '此处没有“{kind}”。'),
        expected: text('one of {known|list}', '{known|list} 之一'),
        received: '{kind}',
        fix: text('{near|guess}Choose one of {known|list}.', '{near|guess}从 {known|list} 中选择。'),
      },
      watched: {
        message: text(
          'Early stopping cannot watch “{metric}” in a {task|word}.',
          '在{task|word}任务中，早停不能以“{metric}”为准。',
        ),
        expected: text('one of {known|list}', '{known|list} 之一'),
        received: '{metric}',
        fix: text('Choose one of {known|list}.', '从 {known|list} 中选择。'),
      },
      balanced: {
        message: text(
          'Samples cannot be drawn by class in a {task|word}: there are no classes.',
          '{task|word}任务没有类别，不能按类别均衡抽样。',
        ),
        expected: text('a classification, or balanced drawing switched off', '分类任务，或关闭均衡抽样'),
        received: '{task|word}',
        fix: text('Switch balanced drawing off.', '关闭均衡抽样。'),
      },
      'least-batch': {
        message: noVariance,
        expected: leastSamples,
        received: text('batches of {batchSize} {batchSize?sample/samples}', '每批 {batchSize} 个样本'),
        fix: text(
          'Set the batch size to {samples} or more, freeze {layer}, or use LayerNorm instead.',
          '将批大小设为 {samples} 或更大，或冻结 {layer}，或改用 LayerNorm。',
        ),
      },
      'least-samples': {
        message: noVariance,
        expected: leastSamples,
        received: text('a training split of {batchSize} {batchSize?sample/samples}', '训练集只有 {batchSize} 个样本'),
        fix: text(
          'Give the training split at least {samples} samples, freeze {layer}, or use LayerNorm instead.',
          '让训练集至少有 {samples} 个样本，或冻结 {layer}，或改用 LayerNorm。',
        ),
      },
      'class-weights': {
        message: text(
          'There {count?is/are} {count} class {count?weight/weights}, but the data has {classes} classes.',
          '类别权重有 {count} 个，但数据有 {classes} 个类别。',
        ),
        expected: text('{classes} weights, in the order of the classes', '{classes} 个权重，按类别顺序'),
        received: '{received}',
        fix: text(
          'Give one weight for each of the {classes} classes, or none.',
          '为 {classes} 个类别各给一个权重，或不设权重。',
        ),
      },
      'no-class-weight': {
        message: text(
          'All class weights are 0, so there is nothing to learn from.',
          '所有类别权重都是 0，没有可学习的内容。',
        ),
        expected: text('at least one weight above 0', '至少一个大于 0 的权重'),
        received: '{received}',
        fix: text('Give the classes weights above 0, or none.', '把类别权重设为大于 0 的数，或不设权重。'),
      },
      'unweighted-validation': {
        message: text(
          'The validation loss cannot be measured: the classes of all {count} validation samples have weight 0.',
          '无法得到验证损失：{count} 个验证样本的类别权重都是 0。',
        ),
        expected: text('validation samples of a class with a weight above 0', '验证集包含权重大于 0 的类别的样本'),
        received: text('{count} validation {count?sample/samples} of weight 0', '{count} 个验证样本，权重均为 0'),
        fix: text(
          'Give the validation split samples of such a class, or other weights; until then accuracy chooses the best epoch.',
          '让验证集包含权重大于 0 的类别，或设其他权重；否则按准确率选出最佳轮次。',
        ),
      },
      limit: {
        message: text('The limit of training samples is not a count.', '训练样本的上限不是个数。'),
        expected: text('a whole number of at least 1', '不小于 1 的整数'),
        received: '{received}',
        fix: text('Leave the limit out, or give a whole number.', '不设上限，或给出整数。'),
      },
      'no-epoch': {
        message: text('The run has no such epoch.', '此运行没有这个轮次。'),
        expected: text('0 to {last}', '0 至 {last}'),
        received: '{received}',
        fix: text('Choose another epoch.', '选择其他轮次。'),
      },
      'no-batch': {
        message: text('The run has no such batch.', '此运行没有这个批次。'),
        expected: text('0 to {last}', '0 至 {last}'),
        received: '{received}',
        fix: text('Choose another batch.', '选择其他批次。'),
      },
    },
    otherwise: { message: '一项训练设置超出范围。', fix: '改正该设置。' },
  },
} as const satisfies Partial<Record<ProblemCode, CodeSentences>>
