/** R²: the share of the target's variance that the prediction explains, averaged over all outputs. */
import { text } from '../../params/params'
import { defineMetric } from '../metric'

/** Running sums of one output. Welford's update keeps the variance accurate where the mean is far from zero. */
interface Sums {
  count: number
  mean: number
  spread: number
  error: number
}

function add(sums: Sums, prediction: number, target: number): void {
  sums.count++
  const delta = target - sums.mean
  sums.mean += delta / sums.count
  sums.spread += delta * (target - sums.mean)
  sums.error += (prediction - target) ** 2
}

export const r2 = defineMetric({
  kind: 'r2',
  title: text('R²', 'R²'),
  doc: text(
    '1 is perfect, 0 is no better than predicting the mean of the targets.',
    '1 为完美，0 相当于总是预测目标的均值。',
  ),
  task: 'regression',
  better: 'higher',
  accumulate() {
    const outputs: Sums[] = []
    return {
      add({ predictions, targets, width, count }) {
        while (outputs.length < width) outputs.push({ count: 0, mean: 0, spread: 0, error: 0 })
        for (let i = 0; i < count * width; i++) add(outputs[i % width]!, predictions[i]!, targets[i]!)
      },
      result() {
        if (outputs.length === 0 || outputs.some(({ spread }) => spread === 0)) return NaN
        return outputs.reduce((sum, { error, spread }) => sum + 1 - error / spread, 0) / outputs.length
      },
    }
  },
})
