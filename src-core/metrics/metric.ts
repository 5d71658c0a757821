/** The interface of a metric: running sums over samples, so that a set of any size is measured in one pass. */
import type { Text } from '../base/text'
import type { Task } from '../losses/task'

/** Predictions and targets of one batch. Classes are class indices; numbers are rows of `width` values. */
export interface MetricBatch {
  /** [count × width], row by row. */
  readonly predictions: Float32Array
  readonly targets: Int32Array | Float32Array
  readonly width: number
  /** Samples to count; rows beyond are padding. */
  readonly count: number
}

export interface MetricAccumulator {
  add(batch: MetricBatch): void
  /** The metric over everything added so far; NaN before the first sample. */
  result(): number
}

export interface MetricDefinition {
  readonly kind: string
  readonly title: Text
  readonly doc: Text
  readonly task: Task
  readonly better: 'higher' | 'lower'
  /** Whether it is in the unit of the target. */
  readonly hasUnit?: true
  /** Whether it is a mean over samples: what some of them contribute follows from the means around them. */
  readonly isMean?: true
  /** The largest figure that there is. */
  readonly most?: number
  accumulate(): MetricAccumulator
}

export function defineMetric(definition: MetricDefinition): MetricDefinition {
  return definition
}

/** Sum of `term(prediction, target)` over all predicted numbers, divided by their count and passed through `finish`. */
export function meanOf(
  term: (prediction: number, target: number) => number,
  finish = (mean: number) => mean,
): () => MetricAccumulator {
  return () => {
    let sum = 0
    let count = 0
    return {
      add({ predictions, targets, width, count: rows }) {
        for (let i = 0; i < rows * width; i++) sum += term(predictions[i]!, targets[i]!)
        count += rows * width
      },
      result: () => (count === 0 ? NaN : finish(sum / count)),
    }
  }
}
