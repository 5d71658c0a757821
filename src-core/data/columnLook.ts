/** Distributions and correlations of table columns, for display. */
import type { RowSource } from './columnDigest'

export interface Histogram {
  /** Bin edges, one more than there are counts. */
  readonly edges: readonly number[]
  readonly counts: readonly number[]
}

export interface NumericRange {
  readonly min: number
  readonly max: number
  /** Values below `low` and above `high` are outliers. */
  readonly low: number
  readonly high: number
}

export interface ColumnSpread extends Histogram {
  readonly outliers: number
}

const BINS = 24

/**
 * Histograms of the columns with a range (null for the others) over the included rows.
 * Values outside the range, from other splits, are not counted.
 */
export async function columnHistograms(
  source: RowSource,
  ranges: readonly (NumericRange | null)[],
  includes: Uint8Array,
): Promise<(ColumnSpread | null)[]> {
  const width = ranges.length
  const outliers = new Float64Array(width)
  const counts = ranges.map((range) => (range === null ? null : new Array<number>(BINS).fill(0)))
  for await (const { begin, rows } of source()) {
    for (let row = 0; row < rows.length / width; row++) {
      if (includes[begin + row] !== 1) continue
      for (let c = 0; c < width; c++) {
        const bins = counts[c]
        const value = rows[row * width + c]!
        if (!bins || Number.isNaN(value)) continue
        const range = ranges[c]!
        bins[binOf(value, range)]!++
        if (value < range.low || value > range.high) outliers[c]!++
      }
    }
  }
  return ranges.map((range, c) =>
    range === null ? null : { edges: edgesOf(range), counts: counts[c]!, outliers: outliers[c]! },
  )
}

function binOf(value: number, { min, max }: NumericRange): number {
  if (max <= min) return 0
  return Math.min(BINS - 1, Math.max(0, Math.floor(((value - min) / (max - min)) * BINS)))
}

function edgesOf({ min, max }: NumericRange): number[] {
  // A constant column is one bar with some room around it.
  const [low, high] = max > min ? [min, max] : [min - 0.5, min + 0.5]
  return Array.from({ length: BINS + 1 }, (_, i) => low + ((high - low) * i) / BINS)
}

/** Maximum number of correlated columns; their pairs grow quadratically. */
export const CORRELATED_COLUMNS = 60

/**
 * Pearson correlation of the columns at `places`, over the included rows in which both are present:
 * row-major [places.length, places.length]; NaN if one of the two is constant.
 */
export async function correlations(
  source: RowSource,
  width: number,
  places: readonly number[],
  means: readonly number[],
  includes: Uint8Array,
): Promise<Float64Array> {
  const n = places.length
  const sums = {
    xy: new Float64Array(n * n),
    xx: new Float64Array(n * n),
    x: new Float64Array(n * n),
    n: new Float64Array(n * n),
  }
  const values = new Float64Array(n)
  for await (const { begin, rows } of source()) {
    for (let row = 0; row < rows.length / width; row++) {
      if (includes[begin + row] !== 1) continue
      // Centered on the mean, so that large values with a small spread keep their digits.
      for (let i = 0; i < n; i++) values[i] = rows[row * width + places[i]!]! - means[i]!
      addPairs(values, sums)
    }
  }
  return Float64Array.from({ length: n * n }, (_, at) => {
    const mirrored = (at % n) * n + Math.floor(at / n)
    const count = sums.n[at]!
    const covariance = sums.xy[at]! - (sums.x[at]! * sums.x[mirrored]!) / count
    const spread = (k: number) => sums.xx[k]! - sums.x[k]! ** 2 / count
    const product = spread(at) * spread(mirrored)
    return product > 0 ? covariance / Math.sqrt(product) : NaN
  })
}

interface PairSums {
  readonly xy: Float64Array
  /** Squares and sums of the first of the pair where both are present. */
  readonly xx: Float64Array
  readonly x: Float64Array
  readonly n: Float64Array
}

function addPairs(values: Float64Array, sums: PairSums): void {
  const n = values.length
  for (let i = 0; i < n; i++) {
    const x = values[i]!
    if (Number.isNaN(x)) continue
    for (let k = 0; k < n; k++) {
      const y = values[k]!
      if (Number.isNaN(y)) continue
      const at = i * n + k
      sums.xy[at]! += x * y
      sums.xx[at]! += x * x
      sums.x[at]! += x
      sums.n[at]!++
    }
  }
}
