/** The catalog of metrics. The loss is always measured and needs no entry. */
import type { Task } from '../losses/task'
import { accuracy } from './kinds/accuracy'
import { mae } from './kinds/mae'
import type { MetricDefinition } from './metric'
import { r2 } from './kinds/r2'
import { rmse } from './kinds/rmse'

export const metrics = [accuracy, mae, rmse, r2] as const

export function findMetric(kind: string): MetricDefinition | undefined {
  return metrics.find((metric) => metric.kind === kind)
}

/** Whether a figure (the loss, or a metric by its kind) is in the unit of the target. A loss may be squared. */
export function isInUnit(kind: string): boolean {
  return findMetric(kind)?.hasUnit === true
}

export function metricsFor(task: Task) {
  return metrics.filter((metric) => metric.task === task)
}
