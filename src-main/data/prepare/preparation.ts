/** What preparing data gives, whatever kind of samples it has. */
import type { DataFacts, DataStatistics } from '#core/data/facts'
import type { Splits } from '#core/data/split'
import type { FittedPreTransforms } from '#core/pretransforms/preTransformList'
import type { Problem } from '#core/problems/problem'
import type { TargetArray } from '../samples'
import type { Entry } from './entry'
import type { RecordForm } from './records'

/** A step as it was done now: reading the source, then every pre-transform in order. */
export interface StepReport {
  /** `read`, or the kind of the pre-transform. */
  readonly step: string
  /** Key of its entry; null where nothing of it is kept, because the next step that is kept does its work as well. */
  readonly key: string | null
  readonly bytes: number
  /** Whether it was there already. */
  readonly hit: boolean
  /** Shape of a sample after it; null where samples differ in size. */
  readonly shape: readonly number[] | null
}

/** Samples by the entry that holds them, one record a sample. */
export interface StoredSamples {
  readonly entry: Entry
  readonly form: RecordForm
}

/** The source as it was read, before any step. */
export interface ReadSource {
  readonly entry: Entry
  /** Of image files: the folder that their paths begin at. */
  readonly root?: string
  /** Place in it of every sample; absent where none was left out since. */
  readonly places?: Int32Array
}

/** What of the reading of image files is a choice: whether some have transparent parts, and some 16 bits a channel. */
export interface ReadingChoice {
  readonly isTransparent: boolean
  readonly isDeep: boolean
}

export interface Prepared {
  /** Name of the source, for people. */
  readonly title: string
  readonly facts: DataFacts
  readonly source: ReadSource
  /** As training reads them. */
  readonly samples: StoredSamples
  /** As models take them, where that is something else. */
  readonly raw?: StoredSamples
  readonly targets: TargetArray
  readonly splits: Splits
  /** Splits that the source itself gives, whether they are kept or not. */
  readonly given: readonly (keyof Splits)[]
  readonly statistics: DataStatistics
  readonly preprocess: FittedPreTransforms
  /** Of image files alone. */
  readonly readingChoice?: ReadingChoice
  readonly steps: readonly StepReport[]
  readonly notes: readonly Problem[]
}
