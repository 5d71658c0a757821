/** Statistics of the training split, which is all that pre-transforms are fitted on. */
import type { CategoryStatistics, ColumnStatistics, DataFacts, DataStatistics } from './facts'

/**
 * Statistics over the samples at `indices` (the training split).
 * `samples` is row-major [count, …shape] as the facts describe it, `targets` [count] class codes or [count, size] numbers.
 */
export function describeData(
  facts: DataFacts,
  samples: Uint8Array | Float32Array,
  targets: Int32Array | Float32Array,
  indices: Int32Array,
): DataStatistics {
  const { sample, target } = facts
  const size = sample.shape.reduce((product, dim) => product * dim, 1)
  return {
    sample: sample.columns
      ? sample.columns.map((column, c) =>
          column.type === 'numeric'
            ? describeNumbers(pick(samples, indices, size, c))
            : describeCategories(pick(samples, indices, size, c), column.categories.length),
        )
      : describeChannels(samples as Uint8Array, indices, sample.shape),
    target:
      target.kind === 'classes'
        ? [describeCategories(pick(targets, indices, 1, 0), target.classes.length)]
        : target.names.map((_, t) => describeNumbers(pick(targets, indices, target.size, t))),
  }
}

function pick(data: ArrayLike<number>, indices: Int32Array, stride: number, offset: number): Float64Array {
  return Float64Array.from(indices, (index) => data[index * stride + offset]!)
}

/** Statistics of numbers, with NaN as missing. If none are present, all are 0. */
export function describeNumbers(values: Float64Array): ColumnStatistics {
  const present = values.filter((value) => !Number.isNaN(value)).sort()
  const count = present.length
  const missing = values.length - count
  if (count === 0) return { count, missing, mean: 0, deviation: 0, min: 0, max: 0, median: 0 }
  const mean = present.reduce((sum, value) => sum + value, 0) / count
  // Two passes: the difference of large squares would lose the digits of a column such as a year.
  const deviation = Math.sqrt(present.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count)
  const middle = count >> 1
  const median = count % 2 === 1 ? present[middle]! : (present[middle - 1]! + present[middle]!) / 2
  return { count, missing, mean, deviation, min: present[0]!, max: present[count - 1]!, median }
}

function describeCategories(codes: Float64Array, categories: number): CategoryStatistics {
  const counts = new Array<number>(categories).fill(0)
  let missing = 0
  for (const code of codes) {
    if (Number.isNaN(code)) missing++
    else counts[code]!++
  }
  return { count: codes.length - missing, missing, counts }
}

/**
 * One entry per channel of uint8 images [channels, …spatial], exact because it is computed from a histogram of 256
 * counts.
 */
function describeChannels(samples: Uint8Array, indices: Int32Array, shape: readonly number[]): ColumnStatistics[] {
  const channels = shape[0]!
  const area = shape.slice(1).reduce((product, dim) => product * dim, 1)
  return Array.from({ length: channels }, (_, channel) => {
    const histogram = new Float64Array(256)
    for (const index of indices) {
      const begin = (index * channels + channel) * area
      for (let i = begin; i < begin + area; i++) histogram[samples[i]!]!++
    }
    return describeHistogram(histogram)
  })
}

function describeHistogram(histogram: Float64Array): ColumnStatistics {
  const count = histogram.reduce((sum, n) => sum + n, 0)
  if (count === 0) return { count, missing: 0, mean: 0, deviation: 0, min: 0, max: 0, median: 0 }
  const mean = histogram.reduce((sum, n, value) => sum + n * value, 0) / count
  const variance = histogram.reduce((sum, n, value) => sum + n * (value - mean) ** 2, 0) / count
  const median = (rankedValue(histogram, (count - 1) >> 1) + rankedValue(histogram, count >> 1)) / 2
  return {
    count,
    missing: 0,
    mean,
    deviation: Math.sqrt(variance),
    min: rankedValue(histogram, 0),
    max: rankedValue(histogram, count - 1),
    median,
  }
}

/** The value at 0-based position `rank` of the sorted pixels. */
function rankedValue(histogram: Float64Array, rank: number): number {
  let seen = 0
  for (let value = 0; value < 256; value++) {
    seen += histogram[value]!
    if (seen > rank) return value
  }
  return 255
}
