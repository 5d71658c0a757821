/** Statistics of image channels over the training split, in one pass over the prepared images. */
import type { ColumnStatistics } from '#core/data/facts'
import { elementCount } from '#core/tensor/shape'
import { RecordReader } from '../loader/recordReader'
import { cacheKey } from './cacheStore'
import { statisticsSchema } from './details'
import type { PrepareContext } from './prepareContext'
import type { StoredSamples } from './preparation'

/** Images per read. */
const BATCH = 256

export async function describeChannels(
  { entry, form }: StoredSamples,
  train: Int32Array,
  splitKey: string,
  { cache, work, title }: PrepareContext,
): Promise<ColumnStatistics[]> {
  const { entry: kept } = await cache.findOrBuild(cacheKey('channels', entry.key, splitKey), async () => {
    const [channels] = form.shape as [number]
    const area = elementCount(form.shape) / channels
    const histograms = Array.from({ length: channels }, () => new Float64Array(256))
    const reader = RecordReader.open(entry, form)
    const batch = new Uint8Array(BATCH * channels * area)
    for (let at = 0; at < train.length; at += BATCH) {
      const some = train.subarray(at, at + BATCH)
      reader.read(some, batch)
      for (let i = 0; i < some.length * channels; i++) {
        const histogram = histograms[i % channels]!
        for (let pixel = i * area; pixel < (i + 1) * area; pixel++) histogram[batch[pixel]!]!++
      }
      await work.advance({ step: 'describe', done: at, total: train.length })
    }
    reader.close()
    return { step: 'describe', source: title, count: entry.count, details: histograms.map(describeHistogram) }
  })
  return statisticsSchema.parse(kept.details) as ColumnStatistics[]
}

/** Exact, because pixels have only 256 values. */
export function describeHistogram(histogram: Float64Array): ColumnStatistics {
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

/** The value at 0-based rank `rank` of the sorted pixels. */
function rankedValue(histogram: Float64Array, rank: number): number {
  let seen = 0
  for (let value = 0; value < 256; value++) {
    seen += histogram[value]!
    if (seen > rank) return value
  }
  return 255
}
