/** Text lengths in tokens, up to the length samples are cut to. */
import type { Histogram } from '#core/data/columnLook'
import { elementCount } from '#core/tensor/shape'
import type { Dataset } from '../openDataset'

const BINS = 24
/** Texts per read. */
const BATCH = 1024

/** Null for data without texts. */
export async function textLengths({ facts, samples, splits }: Dataset): Promise<Histogram | null> {
  if (facts.sample.dtype !== 'int32') return null
  const size = elementCount(samples.form.shape)
  const counts = new Array<number>(BINS).fill(0)
  for (let at = 0; at < splits.train.length; at += BATCH) {
    const some = splits.train.subarray(at, at + BATCH)
    const ids = samples.gather(some)
    for (let i = 0; i < some.length; i++) {
      let tokens = 0
      for (let k = i * size; k < (i + 1) * size; k++) if (ids[k] !== 0) tokens++
      counts[Math.min(BINS - 1, Math.floor((tokens / size) * BINS))]!++
    }
    // Yields, so that a large dataset does not block other work.
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { edges: Array.from({ length: BINS + 1 }, (_, i) => (size * i) / BINS), counts }
}
