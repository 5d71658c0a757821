/** Preparations that do not finish: killed, canceled, out of disk space, or concurrent with an identical one. */
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CacheStore } from '../../../../src-main/data/prepare/cacheStore'
import { openWork, type Work } from '../../../../src-main/data/prepare/work'
import { canMount, smallDisk } from '../../../support/smallDisk'
import { pngBytes } from '../readers/pngBytes'
import { problemsOf, temporaryFolder } from '../temporaryFolder'
import { emptyCache, leftBehind, prepare, preparingProcess, tableSteps, tableText } from './preparing'

const ROWS = 80_000

async function largeTable(rows = ROWS) {
  const path = await (await temporaryFolder()).write('rows.csv', tableText(rows))
  return { source: { kind: 'table' as const, path, label: 'class' }, preprocess: tableSteps }
}

/** Images of noise, so that their files have a realistic size. */
async function images(count: number) {
  const folder = await temporaryFolder()
  for (let i = 0; i < count; i++) {
    const pixels = Uint8Array.from({ length: 65 * 64 }, (_, at) => (at % 65 === 0 ? 0 : (at * 7919 + i * 31) & 255))
    await folder.write(`${i % 2}/${i}.png`, pngBytes(64, 64, pixels))
  }
  const preprocess = [{ kind: 'resize', size: 64, mode: 'stretch' }]
  return { source: { kind: 'image-folder' as const, path: folder.path }, preprocess }
}

describe('a preparation that is killed', () => {
  it('leaves nothing that is reused: the next one gives the same result as an undisturbed one', async () => {
    const settings = await largeTable()
    const whole = await prepare(settings, await emptyCache())
    const cache = await emptyCache()
    let begun = 0
    for (const place of ['read 1', 'read 5', 'fill-missing', 'standardize']) {
      const child = await preparingProcess(settings, cache.folder)
      const killed = once(child, 'exit')
      child.stdout!.on('data', (text) => `${text}`.includes(place) && child.kill('SIGKILL'))
      expect(await killed).toEqual([null, 'SIGKILL'])
      begun += (await leftBehind(cache)).length
    }
    expect(begun).toBeGreaterThan(0)
    const next = await prepare(settings, cache)
    expect(next.fingerprint).toBe(whole.fingerprint)
    expect(next.samples.inMemory).toEqual(whole.samples.inMemory)
    expect(await leftBehind(cache)).toEqual([])
  })
})

describe('two processes that prepare the same data', () => {
  it('do not interfere, and one entry per step is kept', async () => {
    const settings = await largeTable(40_000)
    const cache = await emptyCache()
    const children = await Promise.all([1, 2].map(() => preparingProcess(settings, cache.folder)))
    const outputs = await Promise.all(
      children.map(async (child) => {
        let output = ''
        for await (const text of child.stdout!) output += `${text}`
        return output
      }),
    )
    const fingerprints = outputs.map((output) => /fingerprint (\w+)/.exec(output)?.[1])
    const here = await prepare(settings, cache)
    expect(fingerprints).toEqual([here.fingerprint, here.fingerprint])
    expect(here.steps.every(({ hit }) => hit)).toBe(true)
    expect(await leftBehind(cache)).toEqual([])
    const { entries } = await cache.summary()
    expect(entries.filter(({ step }) => step !== 'describe')).toHaveLength(4)
  })
})

describe('a canceled preparation', () => {
  const aborting = (after: number): { work: Work; controller: AbortController } => {
    const controller = new AbortController()
    let reports = 0
    const work = openWork(() => {
      if (++reports >= after) controller.abort()
    }, controller.signal)
    return { work, controller }
  }

  it('does nothing if canceled before it begins', async () => {
    const [settings, cache] = [await largeTable(1000), await emptyCache()]
    const { work, controller } = aborting(Infinity)
    controller.abort()
    await expect(prepare(settings, cache, { work })).rejects.toMatchObject({ name: 'AbortError' })
    expect(await readdir(cache.folder).catch(() => [])).toEqual([])
  })

  it.each([1, 3, 100])('after %i reports ends immediately and leaves complete entries alone', async (after) => {
    const [settings, cache] = [await largeTable(), await emptyCache()]
    await expect(prepare(settings, cache, { work: aborting(after).work })).rejects.toMatchObject({ name: 'AbortError' })
    expect(await leftBehind(cache)).toEqual([])
    const next = await prepare(settings, cache)
    expect(next.samples.count).toBe(ROWS)
  })

  it('while decoding images leaves no workers or files behind', async () => {
    const [settings, cache] = [await images(200), await emptyCache()]
    await expect(prepare(settings, cache, { work: aborting(20).work })).rejects.toMatchObject({ name: 'AbortError' })
    expect(await leftBehind(cache)).toEqual([])
    expect((await cache.summary()).entries.map(({ step }) => step)).toEqual(['read'])
    expect((await prepare(settings, cache)).samples.count).toBe(200)
  })
})

describe.skipIf(!canMount)('a full disk (skipped if no file system can be mounted)', () => {
  it.each([
    ['a table', 'samples of a table', () => largeTable(60_000)],
    ['images', 'decoded images', () => images(400)],
  ])('is a problem when preparing %s, and nothing is left on it', async (_, __, make) => {
    const settings = await make()
    const disk = smallDisk(900)
    const cache = new CacheStore(join(disk, 'cache'))
    const [problem] = await problemsOf(prepare(settings, cache))
    expect(problem).toMatchObject({
      code: 'cache-write',
      severity: 'error',
      message: 'The disk is full: the prepared data could not be kept.',
    })
    expect(problem!.place.file).toContain(disk)
    expect(await leftBehind(cache)).toEqual([])
    const { entries } = await cache.summary()
    for (const { key } of entries) expect(await cache.find(key)).toBeDefined()
    expect(await prepare(settings, await emptyCache())).toBeDefined()
  })

  it('is detected by a cache whose limit cannot be stored, and reported', async () => {
    const disk = smallDisk(64)
    const cache = new CacheStore(join(disk, 'cache'))
    await expect(cache.findOrBuild('0'.repeat(40), (writer) => fillUp(writer))).rejects.toMatchObject({
      problems: [{ code: 'cache-write' }],
    })
    expect(await readdir(cache.folder)).toEqual([])
  })
})

async function fillUp(writer: { write(name: string, data: Uint8Array): Promise<void> }): Promise<never> {
  for (let i = 0; ; i++)
    await writer.write(`${i}.bin`, await readFile(process.execPath).then((bytes) => bytes.subarray(0, 2 ** 21)))
}
