/** The catalogue of metrics. The loss itself is always measured and needs no entry. */
import type { Task } from '../losses/loss'
import { accuracy } from './accuracy'
import { mae } from './mae'
import { r2 } from './r2'
import { rmse } from './rmse'

export const metrics = [accuracy, mae, rmse, r2] as const

export function metricsFor(task: Task) {
  return metrics.filter((metric) => metric.task === task)
}
