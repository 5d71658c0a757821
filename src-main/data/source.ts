/** What a source of data gives before it is split: all samples in memory, their targets and what is known of them. */
import type { DataFacts } from '#core/data/facts'
import type { Problem } from '#core/problems/problem'
import type { SampleArray, TargetArray } from './samples'

export interface LoadedSource {
  readonly facts: DataFacts
  /** [count, …shape] */
  readonly samples: SampleArray
  /** [count] class codes or [count, size] numbers. */
  readonly targets: TargetArray
  /** How many samples at the end are the source's own test set. */
  readonly ownTest: number
  /** Warnings: what was dropped or left out. */
  readonly notes: readonly Problem[]
}
