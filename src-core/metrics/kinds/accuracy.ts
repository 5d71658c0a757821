/** Share of samples whose highest score is at their class; with a single output, whose sign matches their class. */
import { text } from '../../params/params'
import { defineMetric } from '../metric'

/** Class with the highest score in row `row`; on ties, the first. */
export function predictedClass(predictions: Float32Array, row: number, width: number): number {
  if (width === 1) return predictions[row]! > 0 ? 1 : 0
  let best = 0
  for (let i = 1; i < width; i++) if (predictions[row * width + i]! > predictions[row * width + best]!) best = i
  return best
}

export const accuracy = defineMetric({
  kind: 'accuracy',
  title: text('Accuracy', '准确率'),
  doc: text('Share of samples classified correctly.', '分类正确的样本所占比例。'),
  task: 'classification',
  better: 'higher',
  isMean: true,
  most: 1,
  accumulate() {
    let right = 0
    let total = 0
    return {
      add({ predictions, targets, width, count }) {
        for (let row = 0; row < count; row++) if (predictedClass(predictions, row, width) === targets[row]) right++
        total += count
      },
      result: () => (total === 0 ? NaN : right / total),
    }
  },
})
