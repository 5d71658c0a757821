/** Mean absolute error. */
import { text } from '../../params/params'
import { defineMetric, meanOf } from '../metric'

export const mae = defineMetric({
  kind: 'mae',
  title: text('Mean absolute error', '平均绝对误差'),
  doc: text('How far off predictions are on average, in the unit of the target.', '预测的平均偏差，单位与目标相同。'),
  task: 'regression',
  better: 'lower',
  hasUnit: true,
  isMean: true,
  accumulate: meanOf((p, t) => Math.abs(p - t)),
})
