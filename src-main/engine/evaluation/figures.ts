/** Loss and metrics over many batches, in one pass. */
import { metricsFor } from '#core/metrics/index'
import type { MetricAccumulator, MetricBatch } from '#core/metrics/metric'
import type { Task } from '#core/losses/task'
import type { Figures } from '#core/runs/events'

/** Names of the metrics of a task beside the loss, the first being the one to show. */
export function metricNames(task: Task): string[] {
  return metricsFor(task).map(({ kind }) => kind)
}

/** Whether a larger value of a figure is a better one. */
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

  /** Σ of losses, and Σ of weights that they are divided by. */
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
