/** Standardisation of the numbers a regression predicts; undone inside the model, so that answers keep the data's unit. */
import type { Value } from '../onnx/graph'
import type { GraphBuilder } from '../onnx/builder'
import { text } from '../params/params'
import { tensor } from '../tensor/dtype'
import { divisorOf } from './deviation'
import { defineTargetTransform } from './preTransform'

export const standardizeTarget = defineTargetTransform({
  kind: 'standardize-target',
  on: 'target',
  title: text('Standardize target', '标准化目标'),
  doc: text(
    'The network learns the target with mean 0 and standard deviation 1; its answers and all metrics are in the original unit.',
    '网络学习均值为 0、标准差为 1 的目标；模型输出和所有指标仍为原单位。',
  ),
  params: {},
  fit: ({ statistics }) => ({
    mean: statistics.map(({ mean }) => mean),
    std: statistics.map(divisorOf),
  }),
  lower: (b, target, { mean, std }) => b.Div(b.Sub(target, row(b, mean)), row(b, std)),
  inverse: (b, output, { mean, std }) => b.Add(b.Mul(output, row(b, std)), row(b, mean)),
})

function row(b: GraphBuilder, values: readonly (number | null)[]): Value {
  return b.constant(tensor('float32', [1, values.length], values as readonly number[]))
}
