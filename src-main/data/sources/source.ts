/** What a source of data is to those who prepare it: something to be read once, in order, into files of the cache. */
import type { ColumnFacts, SampleFacts, SampleKind, TargetFacts } from '#core/data/facts'
import type { Problem } from '#core/problems/problem'
import type { EntryWriter } from '../prepare/entryWriter'
import type { Work } from '../prepare/work'

export interface SourceReader {
  /** For people, e.g. `MNIST` or `digits.csv`. */
  readonly title: string
  readonly kind: SampleKind
  /** The folder that all files lie in, and that paths of image files begin at. */
  readonly root?: string
  /** Changes whenever the files or the settings that decide what is read change. */
  readonly fingerprint: string
  /**
   * Reads everything in an order that is always the same. Writes `targets.bin` (int32 class codes, or float32 numbers),
   * `given.bin` where the source splits itself (a byte a sample, see `givenSplits`), and the samples: `samples.bin` of
   * records of one size, `texts.bin` with `offsets.bin`, or for image files their paths as `files.json`.
   * @throws ProblemError that names file, line or byte, what was expected and received, and a fix
   */
  read(writer: EntryWriter, work: Work): Promise<ReadResult>
  /** Whether one of the files that were left out, by their paths below the root, can be read by now. */
  canReadMore?(leftOut: readonly string[]): Promise<boolean>
}

export interface ReadResult {
  readonly count: number
  /** What the samples are; of image files dtype and shape are known only when they are decoded. */
  readonly sample: Pick<SampleFacts, 'dtype' | 'shape'> | null
  /** Of tables. */
  readonly columns?: readonly ColumnFacts[]
  readonly target: TargetFacts
  /** Whether `given.bin` is there. */
  readonly splits: boolean
  /** Files that could not be read, below the root; the others in their order are the samples. */
  readonly unreadable?: readonly string[]
  /** Warnings: what was dropped or left out. */
  readonly notes: readonly Problem[]
}

/** The bytes of `given.bin`. */
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

/** The split that a folder or a cell names; undefined where it names none. */
export function splitNamed(name: string): GivenSplit | undefined {
  const key = name.trim().toLowerCase()
  return Object.hasOwn(splitNames, key) ? splitNames[key] : undefined
}
