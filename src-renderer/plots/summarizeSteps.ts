/** Turns noisy values of steps into a smooth line over a band. Both look backwards only: what a point shows was known by then. */

export interface Points {
  readonly x: ArrayLike<number>
  readonly y: ArrayLike<number>
}

/** The points and one more behind them, where there is one. */
export function withPoint({ x, y }: Points, point: readonly [x: number, y: number] | null): Points {
  return point === null ? { x, y } : { x: [...Array.from(x), point[0]], y: [...Array.from(y), point[1]] }
}

/** Values of steps; each may be the mean of several. */
export interface StepLine extends Points {
  /** Steps that a value stands for; 1 where it is absent. */
  readonly stride?: number
}

export interface StepSummary {
  readonly x: Float64Array
  readonly line: Float64Array
  /** The 10th and the 90th percentile of the values that the line is the mean of. */
  readonly low: Float64Array
  readonly high: Float64Array
}

/** Points drawn at most, however long the run, so that drawing costs the same at the end as at the start. */
const MOST_POINTS = 480
/** Share of all planned steps that a point of the smooth line is the mean of. */
const WINDOW_SHARE = 0.01

/** Steps that a point of the smooth line is the mean of: a hundredth of all that are planned, at least one, at most an epoch. */
export function smoothingWindow({ stepsPerEpoch, epochs }: { stepsPerEpoch: number; epochs: number }): number {
  return Math.max(1, Math.min(stepsPerEpoch, Math.floor(WINDOW_SHARE * stepsPerEpoch * epochs)))
}

/** Value at a share of a sorted list, between its neighbours where it falls between. */
export function percentile(sorted: ArrayLike<number>, share: number): number {
  const at = share * (sorted.length - 1)
  const below = Math.floor(at)
  const low = sorted[below] ?? NaN
  return low + ((sorted[below + 1] ?? low) - low) * (at - below)
}

/** Where the line gets its points: at the first value, at the last, and evenly between. */
function places(count: number): readonly number[] {
  const stride = Math.max(1, Math.ceil(count / MOST_POINTS))
  const inner = Array.from({ length: Math.ceil(count / stride) }, (_, index) => count - 1 - index * stride).reverse()
  return inner[0] === 0 || count === 0 ? inner : [0, ...inner.slice(inner.length < MOST_POINTS ? 0 : 1)]
}

/**
 * The mean of the last `steps` steps at each place, of fewer at the start; values that are not finite are left out.
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
