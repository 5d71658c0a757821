/**
 * The seal of test sets. A test set measures a network only as long as it does not influence choices, so every look at
 * it is counted: a user viewing its samples, a run that ends on it, an evaluation. Keyed by the test set's content.
 */
import { createHash } from 'node:crypto'
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { fail } from '#core/problems/problem'
import { KeptFile } from '../disk/keptFile'
import type { Dataset } from './openDataset'
import { FILES, readImageFiles } from './prepare/imageFiles'
import { readWhole } from './prepare/records'
import { readSomeTexts } from './prepare/texts'

const countsSchema = z.object({
  views: z.int().min(0),
  runs: z.int().min(0),
  evaluations: z.int().min(0),
  last: z.iso.datetime(),
})
type Counts = z.infer<typeof countsSchema>
export type Look = 'views' | 'runs' | 'evaluations'

/** Maximum number of test sets to remember; those with the oldest look are dropped first. */
const MOST = 1000
/** Texts per read. */
const BATCH = 1000
/** Files to read without yielding, and the part of a large one to read. */
const FILES_AT_ONCE = 16
const PIECES = 16
const PIECE = 1 << 16

export class TestSeal {
  readonly #kept: KeptFile<Record<string, Counts>>
  /** Test sets that may be shown, because a look at them was counted here. */
  readonly #open = new Set<string>()

  constructor(dataFolder: string) {
    const schema = z.record(z.string(), countsSchema)
    this.#kept = new KeptFile<Record<string, Counts>>(join(dataFolder, 'test-looks.json'), schema, {}, true)
  }

  /** Total looks at the test set, of all kinds. */
  async looks(dataset: Dataset): Promise<number> {
    return sum((await this.#kept.read())[await testSetKey(dataset)])
  }

  /** Counts a look at a test set by its key; returns the total. */
  async count(key: string, look: Look): Promise<number> {
    const kept = await this.#kept.change((all) => {
      const before = all[key] ?? { views: 0, runs: 0, evaluations: 0 }
      return newest({ ...all, [key]: { ...before, [look]: before[look] + 1, last: new Date().toISOString() } })
    })
    return sum(kept[key])
  }

  /** Counts a look by the user, who may then see the samples. */
  async open(dataset: Dataset): Promise<number> {
    const key = await testSetKey(dataset)
    const looks = await this.count(key, 'views')
    this.#open.add(key)
    return looks
  }

  /** @throws ProblemError `data-sealed` where no look has been counted yet */
  async check(dataset: Dataset): Promise<void> {
    if (!this.#open.has(await testSetKey(dataset))) failSealed(dataset.splits.test.length)
  }
}

function sum(counts: Counts | undefined): number {
  return counts ? counts.views + counts.runs + counts.evaluations : 0
}

function newest(all: Record<string, Counts>): Record<string, Counts> {
  const entries = Object.entries(all)
  if (entries.length <= MOST) return all
  return Object.fromEntries(entries.sort(([, a], [, b]) => b.last.localeCompare(a.last)).slice(0, MOST))
}

const keys = new WeakMap<Dataset, Promise<string>>()

/** Identifies a test set by its content, independent of later processing. */
export function testSetKey(dataset: Dataset): Promise<string> {
  const known = keys.get(dataset)
  if (known) return known
  const key = hashTestSet(dataset)
  keys.set(dataset, key)
  return key
}

async function hashTestSet({ source, splits, targets, raw }: Dataset): Promise<string> {
  const { entry, places, root } = source
  const hash = createHash('sha256')
  const read = places ? splits.test.map((index) => places[index]!) : splits.test
  const { files } = entry
  if (FILES in files) {
    const names = await readImageFiles(entry)
    const paths = Array.from(read, (place) => join(root ?? '', names[place]!))
    for (let at = 0; at < paths.length; at += FILES_AT_ONCE)
      hash.update(await digestsOf(paths.slice(at, at + FILES_AT_ONCE)))
  } else if ('texts.bin' in files) {
    for (let at = 0; at < read.length; at += BATCH)
      for (const text of await readSomeTexts(entry, read.subarray(at, at + BATCH))) hash.update(`${text}\0`)
  } else {
    const hashes = await readWhole(entry, 'hashes.bin', Uint32Array)
    for (const place of read) hash.update(hashes.subarray(2 * place, 2 * place + 2))
  }
  const size = targets.length / raw.count
  for (const index of splits.test) hash.update(targets.subarray(index * size, (index + 1) * size))
  return hash.digest('hex')
}

/** Reads small files synchronously, since awaiting each would take four times as long; yields in between. */
async function digestsOf(paths: readonly string[]): Promise<string> {
  await new Promise(setImmediate)
  return paths.map(digestOf).join('')
}

/**
 * Hash of a file's content, independent of name and location: other datasets have files with the same names. For a
 * large file, its length and chunks spread over it: in a compressed image a change affects everything after it.
 */
function digestOf(path: string): string {
  const hash = createHash('sha256')
  try {
    const file = openSync(path, 'r')
    try {
      const { size } = fstatSync(file)
      hash.update(`${size}\n`)
      const pieces = size <= PIECES * PIECE ? 1 : PIECES
      const bytes = Buffer.alloc(pieces === 1 ? size : PIECE)
      for (let i = 0; i < pieces; i++) {
        const at = pieces === 1 ? 0 : Math.floor((i * (size - PIECE)) / (PIECES - 1))
        const bytesRead = readSync(file, bytes, 0, bytes.length, at)
        hash.update(bytes.subarray(0, bytesRead))
      }
    } finally {
      closeSync(file)
    }
  } catch {
    // Deleted since the preparation: a set without it is a different one, not a failure.
    hash.update('gone')
  }
  return hash.digest('hex')
}

function failSealed(count: number): never {
  return fail('data-sealed', 'any', { count }, { param: 'data.split.test' })
}
