/** Loss and metrics over many batches, in a single pass. */
import { metricsFor } from '#core/metrics/index'
import type { MetricAccumulator, MetricBatch } from '#core/metrics/metric'
import type { Task } from '#core/losses/task'
import type { Figures } from '#core/runs/events'

/** Metric names of a task besides the loss; the first is the main one. */
export function metricNames(task: Task): string[] {
  return metricsFor(task).map(({ kind }) => kind)
}

/** Whether larger values of a figure are better. */
export function isHigherBetter(task: Task, name: string): boolean {
  return metricsFor(task).some(({ kind, better }) => kind === name && better === 'higher')
}

export class FigureSums {
  #lossSum = 0
  #weightSum = 0
  readonly #metrics: readonly [string, MetricAccumulator][]

  constructor(task: Task) {
    this.#metrics = metricsFor(task).map((metric) => [metric.kind, metric.accumulate()])
  }

  /** Σ of losses, and Σ of the weights they are divided by. */
  addLoss(losses: number, weights: number): void {
    this.#lossSum += losses
    this.#weightSum += weights
  }

  addBatch(batch: MetricBatch): void {
    for (const [, metric] of this.#metrics) metric.add(batch)
  }

  get lossSum(): number {
    return this.#lossSum
  }

  get loss(): number {
    return this.#weightSum === 0 ? NaN : this.#lossSum / this.#weightSum
  }

  figures(): Figures {
    return {
      loss: this.loss,
      ...Object.fromEntries(this.#metrics.map(([name, metric]) => [name, metric.result()])),
    }
  }
}
