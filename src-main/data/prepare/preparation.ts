/** The result of data preparation, for samples of any kind. */
import type { DataFacts, DataStatistics } from '#core/data/facts'
import type { Splits } from '#core/data/split'
import type { FittedPreTransforms } from '#core/pretransforms/preTransformList'
import type { Problem } from '#core/problems/problem'
import type { TargetArray } from '../samples'
import type { Entry } from './entry'
import type { RecordForm } from './records'

/** A step of this preparation: reading the source, then every pre-transform in order. */
export interface StepReport {
  /** `read`, or the kind of the pre-transform. */
  readonly step: string
  /** Key of its entry; null if it is not stored, because the next stored step does its work as well. */
  readonly key: string | null
  readonly bytes: number
  /** Whether it was in the cache. */
  readonly hit: boolean
  /** Shape of a sample after the step; null if samples differ in size. */
  readonly shape: readonly number[] | null
}

/** Samples with the entry that stores them, one record per sample. */
export interface StoredSamples {
  readonly entry: Entry
  readonly form: RecordForm
}

/** The source as read, before any step. */
export interface ReadSource {
  readonly entry: Entry
  /** For image files: the folder their paths are relative to. */
  readonly root?: string
  /** Index in the source of every sample; absent if none was skipped since. */
  readonly places?: Int32Array
}

/** Whether the reading of image files offers a choice: some have transparent parts, or 16 bits per channel. */
export interface ReadingChoice {
  readonly isTransparent: boolean
  readonly isDeep: boolean
}

export interface Prepared {
  /** Display name of the source. */
  readonly title: string
  readonly facts: DataFacts
  readonly source: ReadSource
  /** As used in training. */
  readonly samples: StoredSamples
  /** As model input, if that is different. */
  readonly raw?: StoredSamples
  readonly targets: TargetArray
  readonly splits: Splits
  /** Splits provided by the source itself, whether they are used or not. */
  readonly given: readonly (keyof Splits)[]
  readonly statistics: DataStatistics
  readonly preprocess: FittedPreTransforms
  /** For image files only. */
  readonly readingChoice?: ReadingChoice
  readonly steps: readonly StepReport[]
  readonly notes: readonly Problem[]
}
