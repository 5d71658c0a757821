/** A data source as seen by the preparation: read once, in order, into cache files. */
import type { ColumnFacts, SampleFacts, SampleKind, TargetFacts } from '#core/data/facts'
import type { Problem } from '#core/problems/problem'
import type { EntryWriter } from '../prepare/entryWriter'
import type { Work } from '../prepare/work'

export interface SourceReader {
  /** Display name, e.g. `MNIST` or `digits.csv`. */
  readonly title: string
  readonly kind: SampleKind
  /** The folder that contains all files, and that image file paths are relative to. */
  readonly root?: string
  /** Changes whenever the files or the settings that affect reading change. */
  readonly fingerprint: string
  /**
   * Reads everything in a fixed order. Writes `targets.bin` (int32 class codes, or float32 numbers), `given.bin` if the
   * source has its own splits (one byte per sample, see `givenSplits`), and the samples: fixed-size records in
   * `samples.bin`, `texts.bin` with `offsets.bin`, or for image files their paths as `files.json`.
   * @throws ProblemError with file, line or byte, what was expected and received, and a fix
   */
  read(writer: EntryWriter, work: Work): Promise<ReadResult>
  /** Whether one of the skipped files, given by path below the root, can now be read. */
  canReadMore?(leftOut: readonly string[]): Promise<boolean>
}

export interface ReadResult {
  readonly count: number
  /** The form of the samples; for image files, dtype and shape are known only after decoding. */
  readonly sample: Pick<SampleFacts, 'dtype' | 'shape'> | null
  /** For tables. */
  readonly columns?: readonly ColumnFacts[]
  readonly target: TargetFacts
  /** Whether `given.bin` exists. */
  readonly splits: boolean
  /** Unreadable files, below the root; the others in order are the samples. */
  readonly unreadable?: readonly string[]
  /** Warnings about what was dropped or skipped. */
  readonly notes: readonly Problem[]
}

/** Byte values in `given.bin`. */
export const givenSplits = { none: 0, train: 1, validation: 2, test: 3 } as const
export type GivenSplit = keyof typeof givenSplits

const splitNames: Readonly<Record<string, GivenSplit>> = {
  train: 'train',
  training: 'train',
  validation: 'validation',
  valid: 'validation',
  val: 'validation',
  dev: 'validation',
  test: 'test',
  testing: 'test',
}

/** The split named by a folder or a cell; undefined if it names none. */
export function splitNamed(name: string): GivenSplit | undefined {
  const key = name.trim().toLowerCase()
  return Object.hasOwn(splitNames, key) ? splitNames[key] : undefined
}
