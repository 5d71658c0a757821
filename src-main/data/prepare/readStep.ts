/** The first step of every preparation: the source unchanged, in the cache, and its split. */
import { splitSamples, type Splits } from '#core/data/split'
import type { DataSettings } from '#core/graph/dataSettings'
import { fail } from '#core/problems/problem'
import type { TargetArray } from '../samples'
import { givenSplits, type SourceReader } from '../sources/source'
import { cacheKey, type CacheStore } from './cacheStore'
import { findComplete } from './completeEntry'
import { readDetailsSchema, type ReadDetails } from './details'
import type { Entry } from './entry'
import type { EntryWriter } from './entryWriter'
import { belowRoot, fromRoot } from './movedNotes'
import type { StepReport } from './preparation'
import { readWhole } from './records'
import type { Work } from './work'

export interface ReadData {
  readonly entry: Entry
  /** The folder that contains all files, and that image file paths are relative to. */
  readonly root: string
  readonly details: ReadDetails
  readonly targets: TargetArray
  /** `givenSplits` per sample, if the source has its own splits. */
  readonly given?: Uint8Array
  readonly report: StepReport
}

/** Version of what is read from unchanged files, and of how splits are drawn from it. */
const VERSION = 2

export async function readSource(reader: SourceReader, cache: CacheStore, work: Work): Promise<ReadData> {
  const { root = '' } = reader
  const build = async (writer: EntryWriter) => {
    const { count, notes, ...details } = await reader.read(writer, work)
    const kept = { ...details, notes: notes.map((note) => belowRoot(root, note)) }
    return { step: 'read', source: reader.title, count, details: kept }
  }
  const { entry, hit } = await findComplete(
    cache,
    cacheKey('read', VERSION, reader.fingerprint),
    build,
    async ({ details }) => {
      const { unreadable = [] } = readDetailsSchema.parse(details)
      return unreadable.length > 0 && (await reader.canReadMore?.(unreadable)) === true
    },
  )
  const kept = readDetailsSchema.parse(entry.details)
  const details = { ...kept, notes: kept.notes.map((note) => fromRoot(root, note)) }
  const isNumbers = details.target.kind === 'numbers'
  const targets = await readWhole<TargetArray>(entry, 'targets.bin', isNumbers ? Float32Array : Int32Array)
  const given = details.splits ? await readWhole(entry, 'given.bin', Uint8Array) : undefined
  const shape = details.sample?.shape ?? null
  return {
    entry,
    root,
    details,
    targets,
    ...(given && { given }),
    report: { step: 'read', key: entry.key, bytes: entry.bytes, hit, shape },
  }
}

/**
 * The splits of samples with these targets. Splits provided by the source are used unless the settings override them; a
 * missing one is drawn by its share from the remaining training samples.
 */
export function splitData(
  targets: TargetArray,
  targetSize: number,
  settings: DataSettings['split'],
  given?: Uint8Array,
): Splits {
  const count = targets.length / targetSize
  const of = (name: 'validation' | 'test') => indicesOf(given, givenSplits[name])
  const own = settings.given && given ? { validation: of('validation'), test: of('test') } : undefined
  const hasOwn = (name: 'validation' | 'test') => own !== undefined && own[name].length > 0
  const taken = new Uint8Array(count)
  if (own) for (const index of [...own.validation, ...own.test]) taken[index] = 1
  const pool = Int32Array.from({ length: count }, (_, i) => i).filter((i) => taken[i] === 0)
  const shares = {
    validation: hasOwn('validation') ? 0 : settings.validation,
    test: hasOwn('test') ? 0 : settings.test,
    seed: settings.seed,
  }
  if (pool.length === 0) failShares(count, shares, 'training')
  if (shares.validation + shares.test >= 1) failShares(pool.length, shares, 'training')
  const stratified = settings.stratify && targets instanceof Int32Array
  const drawn = splitSamples(pool.length, shares, stratified ? pool.map((i) => targets[i]!) : undefined)
  if (shares.validation > 0 && drawn.validation.length === 0) failShares(count, shares, 'validation')
  if (shares.test > 0 && drawn.test.length === 0) failShares(count, shares, 'test')
  const inPool = (indices: Int32Array) => indices.map((i) => pool[i]!)
  return {
    train: inPool(drawn.train),
    validation: hasOwn('validation') ? own!.validation : inPool(drawn.validation),
    test: hasOwn('test') ? own!.test : inPool(drawn.test),
  }
}

/** The splits to which a source assigns at least one sample. */
export function splitsGiven(given: Uint8Array | undefined): (keyof Splits)[] {
  return (['train', 'validation', 'test'] as const).filter((name) => given?.includes(givenSplits[name]) === true)
}

function indicesOf(given: Uint8Array | undefined, code: number): Int32Array {
  const indices: number[] = []
  given?.forEach((split, i) => {
    if (split === code) indices.push(i)
  })
  return Int32Array.from(indices)
}

/** `empty` is the part that has no sample. */
function failShares(
  count: number,
  { validation, test }: { validation: number; test: number },
  empty: 'training' | 'validation' | 'test',
): never {
  return fail('data-split', `shares-${empty}`, { count, validation, test }, { param: 'data.split' })
}

/** One byte per sample: 1 for those of the training split. */
export function trainingMask(splits: Splits, count: number): Uint8Array {
  const mask = new Uint8Array(count)
  for (const index of splits.train) mask[index] = 1
  return mask
}
