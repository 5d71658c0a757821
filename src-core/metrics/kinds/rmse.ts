/** Root mean squared error. */
import { text } from '../../params/params'
import { defineMetric, meanOf } from '../metric'

export const rmse = defineMetric({
  kind: 'rmse',
  title: text('Root mean squared error', '均方根误差'),
  doc: text('Like the mean absolute error, but large errors weigh more.', '类似平均绝对误差，但大误差权重更大。'),
  task: 'regression',
  better: 'lower',
  hasUnit: true,
  accumulate: meanOf((p, t) => (p - t) ** 2, Math.sqrt),
})
