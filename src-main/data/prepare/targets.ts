/** Targets are few numbers per sample and always in memory: their statistics and pre-transforms. */
import type { CategoryStatistics, ColumnStatistics, TargetFacts } from '#core/data/facts'
import { describeNumbers } from '#core/data/statistics'
import { fitTarget, type CheckedPreTransform, type FittedStep } from '#core/pretransforms/preTransformList'
import type { TargetPreTransform } from '#core/pretransforms/preTransform'
import type { TargetArray } from '../samples'

export const targetSizeOf = (target: TargetFacts): number => (target.kind === 'numbers' ? target.size : 1)

/** Statistics over the samples at `train`: per number, or the class counts. */
export function describeTargets(
  target: TargetFacts,
  targets: TargetArray,
  train: Int32Array,
): (ColumnStatistics | CategoryStatistics)[] {
  if (target.kind === 'numbers') return describeMapped(target.size, targets, train, (value) => value)
  const counts = new Array<number>(target.classes.length).fill(0)
  for (const index of train) counts[targets[index]!]!++
  return [{ count: train.length, missing: 0, counts }]
}

export function fitTargetSteps(
  steps: readonly CheckedPreTransform<TargetPreTransform>[],
  target: TargetFacts,
  targets: TargetArray,
  train: Int32Array,
): FittedStep[] {
  if (target.kind === 'classes') return []
  return fitTarget(steps, target.names, (map) => describeMapped(target.size, targets, train, map))
}

function describeMapped(
  size: number,
  targets: TargetArray,
  train: Int32Array,
  map: (value: number, index: number) => number,
): ColumnStatistics[] {
  return Array.from({ length: size }, (_, i) =>
    describeNumbers(Float64Array.from(train, (index) => map(targets[index * size + i]!, i))),
  )
}
