/**
 * The cache of prepared data: only complete entries, least recently used evicted first, and concurrent requests share
 * one build.
 */
import { mkdir, readdir, readFile, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { cacheKey, CacheStore, type Built } from '../../../../src-main/data/prepare/cacheStore'
import { entryFile, filePath } from '../../../../src-main/data/prepare/entry'
import type { EntryWriter } from '../../../../src-main/data/prepare/entryWriter'
import { problemsOf } from '../temporaryFolder'
import { emptyCache, leftBehind } from './preparing'

const built: Built = { step: 'read', source: 'test', count: 1, details: { answer: 42 } }
const builder =
  (bytes: number, fill = 7) =>
  async (writer: EntryWriter) => {
    await writer.write('samples.bin', new Uint8Array(bytes).fill(fill))
    return built
  }
const keys = ['a', 'b', 'c', 'd'].map((name) => cacheKey(name)) as [string, string, string, string]

/** Sets the last use of an entry, in hours from now. */
async function usedAgo(cache: CacheStore, key: string, hours: number): Promise<void> {
  const then = new Date(Date.now() - hours * 3_600_000)
  await utimes(entryFile(join(cache.folder, key)), then, then)
}

describe('an entry', () => {
  it('is built once, is then found, by another process too, and holds what was written', async () => {
    const cache = await emptyCache()
    const first = await cache.findOrBuild(keys[0], builder(3_000_000))
    expect(first).toMatchObject({ hit: false, entry: { ...built, files: { 'samples.bin': 3_000_000 } } })
    const again = await new CacheStore(cache.folder).findOrBuild(keys[0], () =>
      Promise.reject(new Error('built again')),
    )
    expect(again).toEqual({ hit: true, entry: first.entry })
    const bytes = await readFile(filePath(again.entry, 'samples.bin'))
    expect(bytes.every((byte) => byte === 7)).toBe(true)
    expect([cache.hits, cache.builds]).toEqual([0, 1])
    expect(await leftBehind(cache)).toEqual([])
  })

  it('has a checksum of its names and contents', async () => {
    const cache = await emptyCache()
    const checksums: string[] = []
    for (const [i, fill] of [1, 1, 2].entries())
      checksums.push((await cache.findOrBuild(keys[i]!, builder(100, fill))).entry.checksum)
    expect(checksums[1]).toBe(checksums[0])
    expect(checksums[2]).not.toBe(checksums[0])
  })

  it('is built once for all concurrent requests', async () => {
    const cache = await emptyCache()
    let builds = 0
    const build = async (writer: EntryWriter) => {
      builds++
      await new Promise((resolve) => setTimeout(resolve, 50))
      return builder(10)(writer)
    }
    const answers = await Promise.all([1, 2, 3].map(() => cache.findOrBuild(keys[0], build)))
    expect(builds).toBe(1)
    expect(answers.map(({ hit }) => hit)).toEqual([false, false, false])
  })

  it('is built by a remaining request if the one that began is canceled', async () => {
    const cache = await emptyCache()
    let begun = (): void => undefined
    let giveUp = (_reason: unknown): void => undefined
    const hasBegun = new Promise<void>((resolve) => (begun = resolve))
    const given = cache.findOrBuild(keys[0], () => {
      begun()
      return new Promise((_, fail) => (giveUp = fail))
    })
    await hasBegun
    const wanted = cache.findOrBuild(keys[0], builder(10))
    // By now, a waiting request has looked for it too.
    expect(await cache.find(keys[0])).toBeUndefined()
    giveUp(new DOMException('canceled', 'AbortError'))
    await expect(given).rejects.toThrow('canceled')
    expect(await wanted).toMatchObject({ hit: false, entry: { key: keys[0] } })
  })

  it('does not exist if its builder failed, and the failure is passed on', async () => {
    const cache = await emptyCache()
    const failing = cache.findOrBuild(keys[0], async (writer) => {
      await writer.write('samples.bin', new Uint8Array(2_000_000))
      throw new Error('no more')
    })
    await expect(failing).rejects.toThrow('no more')
    expect(await cache.find(keys[0])).toBeUndefined()
    expect(await readdir(cache.folder)).toEqual([])
  })

  it.each<[string, (folder: string) => Promise<unknown>]>([
    ['a file is gone', (folder) => rm(join(folder, 'samples.bin'))],
    ['a file is shorter', (folder) => truncate(join(folder, 'samples.bin'), 50)],
    [
      'a file is a folder',
      async (folder) => {
        await rm(join(folder, 'samples.bin'))
        await mkdir(join(folder, 'samples.bin'))
      },
    ],
    ['its record is gone', (folder) => rm(join(folder, 'entry.json'))],
    ['its record is cut off', (folder) => truncate(join(folder, 'entry.json'), 30)],
    ['its record is something else', (folder) => writeFile(join(folder, 'entry.json'), '{"version":1}')],
    [
      'its record is of another version',
      async (folder) => {
        const record = await readFile(join(folder, 'entry.json'), 'utf8')
        await writeFile(join(folder, 'entry.json'), record.replace('"version": 1', '"version": 2'))
      },
    ],
    [
      'its record names files elsewhere',
      async (folder) => {
        const record = await readFile(join(folder, 'entry.json'), 'utf8')
        await writeFile(join(folder, 'entry.json'), record.replace('samples.bin', '../samples.bin'))
      },
    ],
  ])('is built again where %s', async (_, damage) => {
    const cache = await emptyCache()
    const { entry } = await cache.findOrBuild(keys[0], builder(100))
    await damage(entry.folder)
    expect(await cache.find(keys[0])).toBeUndefined()
    expect((await cache.findOrBuild(keys[0], builder(100, 9))).hit).toBe(false)
    const found = (await cache.find(keys[0]))!
    expect([...(await readFile(filePath(found, 'samples.bin')))]).toEqual(Array<number>(100).fill(9))
    expect(await leftBehind(cache)).toEqual([])
  })
})

describe('the limit', () => {
  it('is enforced by evicting the least recently used entries', async () => {
    const cache = await emptyCache()
    for (const key of keys.slice(0, 3)) await cache.findOrBuild(key, builder(400_000))
    await usedAgo(cache, keys[0], 5)
    await usedAgo(cache, keys[1], 9)
    await usedAgo(cache, keys[2], 7)
    await cache.setLimit(1_400_000)
    await cache.findOrBuild(keys[3], builder(400_000))
    expect((await cache.summary()).entries.map(({ key }) => key)).toEqual([keys[3], keys[0], keys[2]])
    await cache.setLimit(1_000_000)
    expect((await cache.summary()).entries.map(({ key }) => key)).toEqual([keys[3], keys[0]])
  })

  it('spares what was used in the last hour, and the entry just built', async () => {
    const cache = await emptyCache()
    await cache.setLimit(1_000_000)
    await cache.findOrBuild(keys[0], builder(800_000))
    await cache.findOrBuild(keys[1], builder(800_000))
    expect((await cache.summary()).entries).toHaveLength(2)
    await usedAgo(cache, keys[0], 2)
    await usedAgo(cache, keys[1], 3)
    // Finding it counts as use.
    await cache.find(keys[1])
    await cache.findOrBuild(keys[2], builder(2_000_000))
    expect((await cache.summary()).entries.map(({ key }) => key).sort()).toEqual([keys[1], keys[2]].sort())
  })

  it('applies to every process that uses the folder', async () => {
    const cache = await emptyCache()
    expect(await cache.limit).toBe(20 * 2 ** 30)
    await cache.setLimit(5e6)
    expect(await new CacheStore(cache.folder).limit).toBe(5e6)
  })
})

describe('purging', () => {
  it('removes one entry or all of them, and reports the bytes freed', async () => {
    const cache = await emptyCache()
    for (const key of keys.slice(0, 3)) await cache.findOrBuild(key, builder(1000))
    const { bytes, entries } = await cache.summary()
    expect(entries.map(({ source, step, count }) => [source, step, count])).toEqual(Array(3).fill(['test', 'read', 1]))
    expect(await cache.clear([keys[1], 'f'.repeat(40), '../..'])).toBe(
      entries.find(({ key }) => key === keys[1])!.bytes,
    )
    expect(await cache.find(keys[1])).toBeUndefined()
    expect(await cache.find(keys[0])).toBeDefined()
    expect(await cache.clear()).toBe(bytes - entries[0]!.bytes)
    expect(await readdir(cache.folder)).toEqual([])
    expect(await cache.summary()).toMatchObject({ bytes: 0, entries: [] })
  })

  it('leaves other files alone', async () => {
    const cache = await emptyCache()
    await mkdir(join(cache.folder, 'photos'), { recursive: true })
    await writeFile(join(cache.folder, 'letter.txt'), 'x')
    await cache.findOrBuild(keys[0], builder(10))
    await cache.clear()
    expect((await readdir(cache.folder)).sort()).toEqual(['letter.txt', 'photos'])
  })

  it('of a folder that does not exist frees nothing', async () => {
    const cache = await emptyCache()
    expect(await cache.clear()).toBe(0)
    expect(await cache.summary()).toMatchObject({ bytes: 0, entries: [] })
  })
})

describe('a cache in a location that is not writable', () => {
  it('is a problem that names the location', async () => {
    const { folder } = await emptyCache()
    await mkdir(join(folder, '..'), { recursive: true })
    await writeFile(folder, 'a file')
    const [problem] = await problemsOf(new CacheStore(folder).findOrBuild(keys[0], builder(10)))
    expect(problem).toMatchObject({ code: 'cache-write', place: { file: expect.stringContaining(folder) as string } })
  })

  it.skipIf(process.platform === 'win32')('is a problem if the folder is a dangling link', async () => {
    const { folder } = await emptyCache()
    await symlink(join(folder, 'not mounted'), `${folder} elsewhere`)
    const [problem] = await problemsOf(new CacheStore(`${folder} elsewhere/cache`).findOrBuild(keys[0], builder(10)))
    expect(problem).toMatchObject({ code: 'cache-write', place: { file: `${folder} elsewhere` } })
  })
})
