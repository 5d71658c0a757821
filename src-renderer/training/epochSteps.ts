import type { TrainingSettings } from '#core/graph/project'

/** Steps per epoch over `samples`: the last batch may be short, or dropped. */
export function epochSteps(
  samples: number,
  { batchSize, loader }: Pick<TrainingSettings, 'batchSize' | 'loader'>,
): number {
  return Math.max(1, loader.dropLast ? Math.floor(samples / batchSize) : Math.ceil(samples / batchSize))
}
