/** The distribution of regression targets over the training split. */
import type { ColumnStatistics } from '#core/data/facts'
import type { ColumnLook } from '#core/data/look'
import type { Dataset } from '../openDataset'

const BINS = 24

export function targetHistograms({ facts, targets, splits, statistics }: Dataset): ColumnLook[] {
  const { target } = facts
  if (target.kind === 'classes') return []
  return target.names.map((name, t) => {
    const { count, missing, mean, deviation, min, max, median } = statistics.target[t] as ColumnStatistics
    const [low, high] = max > min ? [min, max] : [min - 0.5, min + 0.5]
    const counts = new Array<number>(BINS).fill(0)
    for (const index of splits.train) {
      const share = (targets[index * target.size + t]! - low) / (high - low)
      counts[Math.min(BINS - 1, Math.floor(share * BINS))]!++
    }
    const edges = Array.from({ length: BINS + 1 }, (_, i) => low + ((high - low) * i) / BINS)
    return {
      name,
      type: 'numeric',
      present: count,
      missing,
      ...{ mean, deviation, min, max },
      ...(median !== undefined && { median }),
      histogram: { edges, counts },
    }
  })
}
