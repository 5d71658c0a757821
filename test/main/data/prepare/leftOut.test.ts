/** Unreadable files: intact ones are never rejected, and those left out are tried again. */
import { statSync, utimesSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { plainReading } from '#core/data/imageReading'
import type { Dataset } from '../../../../src-main/data/openDataset'
import { decodeFiles } from '../../../../src-main/data/prepare/decodeFiles'
import { openWork } from '../../../../src-main/data/prepare/work'
import { imageLibrary } from '../../../../src-main/data/readers/imageLibrary'
import { pngBytes } from '../readers/pngBytes'
import { temporaryFolder } from '../temporaryFolder'
import { emptyCache, prepare, type Settings } from './preparing'

const grey = (tone: number) => pngBytes(2, 2, Uint8Array.of(0, tone, tone, 0, tone, tone))

describe('decoding in workers', () => {
  it('leaves the loaders of the process unchanged, so that other decoding does not fail', async () => {
    const drawing = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="2" height="3"/>')
    const sharp = await imageLibrary()
    const sizeOf = () => sharp(drawing).metadata()
    await expect(sizeOf()).rejects.toThrow(/unsupported/)
    const folder = await temporaryFolder()
    const files = Array.from({ length: 32 }, (_, i) => `${i}.png`)
    for (const [i, file] of files.entries()) await folder.write(file, grey(i))
    // A worker that restricts the loaders again would undo this, and for a moment block all of them.
    sharp.unblock({ operation: ['VipsForeignLoadSvgBuffer'] })
    try {
      const tones: (number | undefined)[] = []
      for await (const { decoded } of decodeFiles({ root: folder.path, steps: [], reading: plainReading }, files, 4))
        tones.push('record' in decoded ? new Uint8Array(decoded.record)[0] : undefined)
      expect(tones).toEqual(files.map((_, i) => i))
      expect(await sizeOf()).toMatchObject({ width: 2, height: 3 })
    } finally {
      sharp.block({ operation: ['VipsForeignLoadSvgBuffer'] })
    }
  })
})

describe('a file that was left out', () => {
  /** A time that the file system can store exactly. */
  const TIME = 1_000_000_000

  /** Four files, the last of which cannot be read, and its content when it can. */
  async function brokenSet(extension: string, content: Uint8Array, intact: Uint8Array) {
    const folder = await temporaryFolder()
    for (const name of ['a/1', 'a/2', 'b/1']) await folder.write(`${name}${extension}`, content)
    const file = await folder.write(`b/2${extension}`, new Uint8Array(intact.length))
    utimesSync(file, TIME, TIME)
    /** Other bytes of the same length and time: like a file that was temporarily unreadable. */
    const mend = () => {
      expect(intact.length).toBe(statSync(file).size)
      writeFileSync(file, intact)
      utimesSync(file, TIME, TIME)
    }
    return { path: folder.path, file, mend }
  }

  async function brokenImages() {
    const { path, ...set } = await brokenSet('.png', grey(9), grey(7))
    const settings: Settings = { source: { kind: 'image-folder', path }, split: { validation: 0 } }
    return { ...set, settings, cache: await emptyCache() }
  }

  async function brokenTexts() {
    const { path, ...set } = await brokenSet('', Buffer.from('one two'), Buffer.from('four'))
    const preprocess = [
      { kind: 'vocabulary', minCount: 1 },
      { kind: 'pad', length: 2 },
    ]
    const settings: Settings = { source: { kind: 'text-folder', path }, split: { validation: 0 }, preprocess }
    return { ...set, settings, cache: await emptyCache() }
  }

  const skippedOf = ({ notes }: Dataset) => notes.filter(({ data }) => data?.['case'] === 'skipped')

  it('is tried again the next time an image set is prepared', async () => {
    const { file, mend, settings, cache } = await brokenImages()
    const before = await prepare(settings, cache)
    expect(before.samples.count).toBe(3)
    expect(before.notes).toMatchObject([{ place: { file }, data: { case: 'skipped', count: 1, total: 4 } }])
    mend()
    for (const hit of [false, true]) {
      const after = await prepare(settings, cache)
      expect(after.samples.gather(Int32Array.of(3))[0]).toBe(7)
      expect(after.notes).toEqual([])
      expect(after.steps.map(({ step, hit }) => [step, hit])).toEqual([
        ['read', true],
        ['decode', hit],
      ])
    }
  })

  it('is tried again the next time a set of texts is read', async () => {
    const { mend, settings, cache } = await brokenTexts()
    expect((await prepare(settings, cache)).samples.count).toBe(3)
    mend()
    const after = await prepare(settings, cache)
    expect(after.samples.count).toBe(4)
    expect(skippedOf(after)).toEqual([])
  })

  it.each([
    ['decode', brokenImages],
    ['read', brokenTexts],
  ])('is tried again before the result of the step %s is used', async (leaving, broken) => {
    const { mend, settings, cache } = await broken()
    // The last file is reported once reading it has failed.
    const work = openWork(({ step, done }) => {
      if (step === leaving && done === 3) mend()
    })
    const data = await prepare(settings, cache, { work })
    expect(data.samples.count).toBe(4)
    expect(skippedOf(data)).toEqual([])
  })
})
