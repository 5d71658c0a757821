/** Standardization of the regression target; undone inside the model, so that predictions keep the data's unit. */
import { text } from '../../params/params'
import { rowOf } from '../columns'
import { divisorOf } from '../deviation'
import { defineTargetPreTransform } from '../preTransform'

export const standardizeTarget = defineTargetPreTransform({
  kind: 'standardize-target',
  on: 'target',
  title: text('Standardize target', '标准化目标'),
  doc: text(
    'The network learns the target scaled to mean 0 and standard deviation 1; predictions and all metrics stay in the original unit.',
    '网络学习均值为 0、标准差为 1 的目标；模型输出和所有指标仍为原单位。',
  ),
  params: {},
  fit: (_, statistics) => ({ mean: statistics.map(({ mean }) => mean), std: statistics.map(divisorOf) }),
  apply: (value, i, { mean, std }) => (value - mean[i]!) / std[i]!,
  lower: (b, target, { mean, std }) => b.Div(b.Sub(target, rowOf(b, target, mean)), rowOf(b, target, std)),
  inverse: (b, output, { mean, std }) => b.Add(b.Mul(output, rowOf(b, output, std)), rowOf(b, output, mean)),
})
