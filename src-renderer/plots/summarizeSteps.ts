/** Turns noisy per-step values into a smooth line over a band: the 10th to 90th percentile of 8-batch means. */

export interface Points {
  readonly x: ArrayLike<number>
  readonly y: ArrayLike<number>
}

export interface StepSummary {
  readonly x: Float64Array
  readonly line: Float64Array
  readonly low: Float64Array
  readonly high: Float64Array
}

const BATCHES_PER_MEAN = 8
const MOST_POINTS = 480

/** Means over 8 consecutive batches; NaN and infinity are left out, a group of nothing else is dropped. */
function groupMeans(points: Points): { readonly x: readonly number[]; readonly y: readonly number[] } {
  const x: number[] = []
  const y: number[] = []
  const count = Math.min(points.x.length, points.y.length)
  for (let start = 0; start < count; start += BATCHES_PER_MEAN) {
    const end = Math.min(count, start + BATCHES_PER_MEAN)
    let sum = 0
    let used = 0
    for (let index = start; index < end; index += 1) {
      const value = points.y[index] ?? NaN
      if (!Number.isFinite(value)) continue
      sum += value
      used += 1
    }
    if (used === 0) continue
    x.push(points.x[end - 1] ?? 0)
    y.push(sum / used)
  }
  return { x, y }
}

/** Value at a share of a sorted list, between its neighbours where it falls between. */
export function percentile(sorted: ArrayLike<number>, share: number): number {
  const at = share * (sorted.length - 1)
  const below = Math.floor(at)
  const low = sorted[below] ?? NaN
  return low + ((sorted[below + 1] ?? low) - low) * (at - below)
}

/** At most 480 points, however long the run, so that drawing costs the same at the end as at the start. */
export function summarizeSteps(points: Points): StepSummary {
  const means = groupMeans(points)
  const groups = means.x.length
  const stride = Math.max(1, Math.ceil(groups / MOST_POINTS))
  const size = Math.ceil(groups / stride)
  const summary = {
    x: new Float64Array(size),
    line: new Float64Array(size),
    low: new Float64Array(size),
    high: new Float64Array(size),
  }
  const reach = Math.max(3, Math.round(groups * 0.012))
  for (let point = 0; point < size; point += 1) {
    // The last group always stands at the end, so the line reaches the present.
    const centre = Math.min(groups - 1, (point + 1) * stride - 1)
    const window = Float64Array.from(means.y.slice(Math.max(0, centre - reach), centre + reach + 1)).sort()
    summary.x[point] = means.x[centre] ?? 0
    summary.line[point] = window.reduce((sum, value) => sum + value, 0) / window.length
    summary.low[point] = percentile(window, 0.1)
    summary.high[point] = percentile(window, 0.9)
  }
  return summary
}
