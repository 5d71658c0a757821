/**
 * The cache of prepared data on disk. An entry's key is a hash of everything it depends on, so an entry never has to be
 * invalidated: a changed setting has another key. The least recently used entries are evicted when the cache exceeds
 * its limit.
 */
import { createHash, randomBytes } from 'node:crypto'
import { readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { fail, ProblemError } from '#core/problems/problem'
import { makeFolder } from '../../disk/makeFolder'
import { cacheFolder } from './cacheFolder'
import { readLimit, writeLimit } from './cacheLimit'
import { ENTRY_VERSION, entryFile, formatEntry, readEntry, type Entry, type EntryRecord } from './entry'
import { EntryWriter } from './entryWriter'

/** An entry used within the last hour is not evicted: a run may be reading it. */
const SAFE_FOR = 3_600_000

const BUILDING = '.building-'

export interface CacheSummary {
  readonly folder: string
  readonly limit: number
  readonly bytes: number
  readonly entries: readonly CachedEntry[]
}

export interface CachedEntry {
  readonly key: string
  readonly step: string
  readonly source: string
  readonly count: number
  readonly bytes: number
  readonly created: string
  readonly lastUsed: string
}

/** What a builder returns besides the files it has written. */
export type Built = Pick<EntryRecord, 'step' | 'source' | 'count' | 'details'>

/** The key of anything derived from `parts`, which are plain JSON. */
export function cacheKey(...parts: readonly unknown[]): string {
  return createHash('sha256')
    .update(JSON.stringify([ENTRY_VERSION, ...parts]))
    .digest('hex')
    .slice(0, 40)
}

export class CacheStore {
  readonly #building = new Map<string, Promise<Entry>>()
  /** Entries found, and entries built, through this object. */
  hits = 0
  builds = 0

  constructor(readonly folder: string = cacheFolder()) {}

  /** Maximum size of the cache in bytes. */
  get limit(): Promise<number> {
    return readLimit(this.folder)
  }

  /** Stores the limit and enforces it immediately. @throws ProblemError `file-write` */
  async setLimit(bytes: number): Promise<void> {
    await writeLimit(this.folder, bytes)
    await this.#shrink()
  }

  /** The entry of a key; undefined if it has to be built. Finding it counts as a use. */
  async find(key: string): Promise<Entry | undefined> {
    const folder = join(this.folder, key)
    const entry = await readEntry(folder, key)
    if (entry) {
      const now = new Date()
      await utimes(entryFile(folder), now, now).catch(() => undefined)
    }
    return entry
  }

  /**
   * The entry of a key, built if missing. Concurrent requests for a key in one process share one build; two processes
   * may both build, and the first to finish wins.
   * @throws ProblemError `cache-write`, and any error of `build`; nothing of the entry remains then
   */
  async findOrBuild(
    key: string,
    build: (writer: EntryWriter) => Promise<Built>,
  ): Promise<{ entry: Entry; hit: boolean }> {
    const found = await this.find(key)
    if (found) {
      this.hits++
      return { entry: found, hit: true }
    }
    const known = this.#building.get(key)
    if (known) {
      const entry = await known.catch(unlessGivenUp)
      return entry ? { entry, hit: false } : this.findOrBuild(key, build)
    }
    const building = this.#build(key, build).finally(() => this.#building.delete(key))
    this.#building.set(key, building)
    const entry = await building
    this.builds++
    return { entry, hit: false }
  }

  async #build(key: string, build: (writer: EntryWriter) => Promise<Built>): Promise<Entry> {
    const temporary = join(this.folder, `${BUILDING}${hostname()}-${process.pid}-${randomBytes(6).toString('hex')}`)
    let writer: EntryWriter | undefined
    try {
      // The cache folder itself may be a dead link; the folder that cannot be created is then above it.
      await makeFolder(temporary).catch((error: unknown) => {
        throw this.#writeProblem(error, true)
      })
      await this.#sweep()
      writer = new EntryWriter(temporary)
      const built = await build(writer)
      const written = await writer.finish()
      const record: EntryRecord = { version: ENTRY_VERSION, ...built, created: new Date().toISOString(), ...written }
      await writeFile(entryFile(temporary), formatEntry(record), { flush: true })
      const entry = await this.#publish(temporary, key)
      await this.#shrink(key)
      return entry
    } catch (error) {
      await writer?.abandon()
      await rm(temporary, { recursive: true, force: true }).catch(() => undefined)
      throw error instanceof ProblemError ? error : this.#writeProblem(error)
    }
  }

  /** Renames the finished entry; if another process was faster, its entry is used. */
  async #publish(temporary: string, key: string): Promise<Entry> {
    const folder = join(this.folder, key)
    for (let tries = 0; tries < 2; tries++) {
      try {
        await rename(temporary, folder)
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException
        if (!['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(code ?? '')) throw error
      }
      const entry = await readEntry(folder, key)
      if (entry) {
        await rm(temporary, { recursive: true, force: true })
        return entry
      }
      // A damaged entry is in the way.
      await rm(folder, { recursive: true, force: true })
    }
    throw new Error(`internal: entry ${key} cannot be put in its place`)
  }

  #writeProblem(error: unknown, isOfFolder = false): unknown {
    const { code, message, path } = error as NodeJS.ErrnoException
    const isFull = code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG'
    const isForbidden = code === 'EACCES' || code === 'EPERM' || code === 'EROFS'
    const isOurs = code !== undefined && (isOfFolder || path?.startsWith(this.folder) === true)
    if (!isFull && !isForbidden && !isOurs) return error
    try {
      return fail(
        'cache-write',
        isFull ? 'full' : code === 'EROFS' ? 'read-only' : 'forbidden',
        { received: message },
        { file: path ?? this.folder },
      )
    } catch (problem) {
      return problem
    }
  }

  async summary(): Promise<CacheSummary> {
    const entries: CachedEntry[] = []
    for (const { entry, used } of await this.#all()) {
      const { key, step, source, count, bytes, created } = entry
      entries.push({ key, step, source, count, bytes, created, lastUsed: new Date(used).toISOString() })
    }
    entries.sort((a, b) => (a.lastUsed < b.lastUsed ? 1 : -1))
    return { folder: this.folder, limit: await this.limit, bytes: sumBytes(entries), entries }
  }

  /** Removes entries, or all of them without keys; returns the bytes freed. */
  async clear(keys?: readonly string[]): Promise<number> {
    const all = await this.#all()
    const going = keys === undefined ? all : all.filter(({ entry }) => keys.includes(entry.key))
    const gone: Entry[] = []
    for (const { entry } of going) {
      // On Windows, files that a run has open cannot be removed; the rest can.
      const removing = rm(entry.folder, { recursive: true, force: true })
      await removing.then(
        () => gone.push(entry),
        () => undefined,
      )
    }
    if (keys === undefined) await this.#sweep(true)
    return sumBytes(gone)
  }

  async #all(): Promise<{ entry: Entry; used: number }[]> {
    const names = await readdir(this.folder).catch(() => [])
    const all: { entry: Entry; used: number }[] = []
    for (const key of names) {
      if (!/^[0-9a-f]{40}$/.test(key)) continue
      const entry = await readEntry(join(this.folder, key), key)
      const info = entry && (await stat(entryFile(entry.folder)).catch(() => undefined))
      if (entry && info) all.push({ entry, used: info.mtimeMs })
    }
    return all
  }

  /** Evicts the least recently used entries until the limit holds; never the one just built. */
  async #shrink(keep?: string): Promise<void> {
    const limit = await this.limit
    const all = (await this.#all()).sort((a, b) => a.used - b.used)
    let bytes = sumBytes(all.map(({ entry }) => entry))
    for (const { entry, used } of all) {
      if (bytes <= limit) return
      if (entry.key === keep || Date.now() - used < SAFE_FOR) continue
      await rm(entry.folder, { recursive: true, force: true }).catch(() => undefined)
      bytes -= entry.bytes
    }
  }

  /** Removes leftovers of killed processes; with `all`, also entries that other computers are building. */
  async #sweep(all = false): Promise<void> {
    for (const name of await readdir(this.folder).catch(() => [])) {
      if (!name.startsWith(BUILDING)) continue
      const [, host, pid] = new RegExp(`^\\${BUILDING}(.*)-(\\d+)-[0-9a-f]+$`).exec(name) ?? []
      const isOurs = host === hostname()
      if (isOurs ? isAlive(Number(pid)) : !all) continue
      await rm(join(this.folder, name), { recursive: true, force: true }).catch(() => undefined)
    }
  }
}

/** Another request started the work and canceled it; this one still needs it and has to do it. */
function unlessGivenUp(error: unknown): undefined {
  if (!(error instanceof Error && error.name === 'AbortError')) throw error
}

function sumBytes(entries: readonly { readonly bytes: number }[]): number {
  return entries.reduce((sum, { bytes }) => sum + bytes, 0)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
