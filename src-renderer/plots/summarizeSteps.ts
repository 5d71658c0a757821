/**
 * Turns noisy per-step values into a smoothed line over a band. Both look backward only: a point uses only what was
 * known by then.
 */

export interface Points {
  readonly x: ArrayLike<number>
  readonly y: ArrayLike<number>
}

/** The points followed by one more, if given. */
export function withPoint({ x, y }: Points, point: readonly [x: number, y: number] | null): Points {
  return point === null ? { x, y } : { x: [...Array.from(x), point[0]], y: [...Array.from(y), point[1]] }
}

/** Per-step values; each may be the mean of several. */
export interface StepLine extends Points {
  /** Number of steps a value stands for; 1 if absent. */
  readonly stride?: number
}

export interface StepSummary {
  readonly x: Float64Array
  readonly line: Float64Array
  /** The 10th and the 90th percentile of the values averaged per point. */
  readonly low: Float64Array
  readonly high: Float64Array
}

/** Maximum number of points drawn, independent of the length of the run, so that drawing cost stays constant. */
const MOST_POINTS = 480
/** Fraction of all planned steps averaged per point of the smoothed line. */
const WINDOW_SHARE = 0.01

/**
 * Number of steps averaged per point of the smoothed line: a hundredth of all planned, at least one, at most an epoch.
 */
export function smoothingWindow({ stepsPerEpoch, epochs }: { stepsPerEpoch: number; epochs: number }): number {
  return Math.max(1, Math.min(stepsPerEpoch, Math.floor(WINDOW_SHARE * stepsPerEpoch * epochs)))
}

/** Value at a quantile of a sorted list, interpolated between neighbors. */
export function percentile(sorted: ArrayLike<number>, share: number): number {
  const at = share * (sorted.length - 1)
  const below = Math.floor(at)
  const low = sorted[below] ?? NaN
  return low + ((sorted[below + 1] ?? low) - low) * (at - below)
}

/** Indices of the line's points: the first value, the last, and evenly spaced between. */
function places(count: number): readonly number[] {
  const stride = Math.max(1, Math.ceil(count / MOST_POINTS))
  const inner = Array.from({ length: Math.ceil(count / stride) }, (_, index) => count - 1 - index * stride).reverse()
  return inner[0] === 0 || count === 0 ? inner : [0, ...inner.slice(inner.length < MOST_POINTS ? 0 : 1)]
}

/**
 * The mean of the last `steps` steps at each point, fewer at the start; non-finite values are skipped.
 * @param steps at least 1
 */
export function summarizeSteps(points: StepLine, steps: number): StepSummary {
  const window = Math.max(1, Math.round(steps / (points.stride ?? 1)))
  const known: number[] = []
  for (let index = 0; index < Math.min(points.x.length, points.y.length); index++)
    if (Number.isFinite(points.y[index])) known.push(index)
  const at = places(known.length)
  const summary = {
    x: new Float64Array(at.length),
    line: new Float64Array(at.length),
    low: new Float64Array(at.length),
    high: new Float64Array(at.length),
  }
  at.forEach((place, point) => {
    const recent = known.slice(Math.max(0, place + 1 - window), place + 1)
    const values = Float64Array.from(recent, (index) => points.y[index]!)
    summary.x[point] = points.x[known[place]!]!
    summary.line[point] = values.reduce((sum, value) => sum + value, 0) / values.length
    values.sort()
    summary.low[point] = percentile(values, 0.1)
    summary.high[point] = percentile(values, 0.9)
  })
  return summary
}
