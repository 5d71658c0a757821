/** Files that cannot be read: intact ones are never refused, and what was left out is tried again. */
import { stat, utimes, writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { plainReading } from '#core/data/imageReading'
import { decodeFiles } from '../../../../src-main/data/prepare/decodeFiles'
import { imageLibrary } from '../../../../src-main/data/readers/imageLibrary'
import { pngBytes } from '../readers/pngBytes'
import { temporaryFolder } from '../temporaryFolder'
import { emptyCache, prepare } from './preparing'

const grey = (tone: number) => pngBytes(2, 2, Uint8Array.of(0, tone, tone, 0, tone, tone))

describe('decoding in workers', () => {
  it('leaves the loaders of the process as they are, so that images which others decode do not fail', async () => {
    const drawing = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="2" height="3"/>')
    const sharp = await imageLibrary()
    const sizeOf = () => sharp(drawing).metadata()
    await expect(sizeOf()).rejects.toThrow(/unsupported/)
    const folder = await temporaryFolder()
    const files = Array.from({ length: 32 }, (_, i) => `${i}.png`)
    for (const [i, file] of files.entries()) await folder.write(file, grey(i))
    // A worker that restricts the loaders anew takes this one off again, and for a moment all of them.
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
  /** A time that the system can keep exactly. */
  const TIME = 1_000_000_000

  /** Other bytes of the same length and time: what a file is like that could not be read for a moment. */
  async function exchange(file: string, content: Uint8Array): Promise<void> {
    expect(content.length).toBe((await stat(file)).size)
    await writeFile(file, content)
    await utimes(file, TIME, TIME)
  }

  it('is tried again when an image set is prepared the next time', async () => {
    const folder = await temporaryFolder()
    const intact = grey(7)
    for (const name of ['a/1.png', 'a/2.png', 'b/1.png']) await folder.write(name, grey(9))
    const file = await folder.write('b/2.png', new Uint8Array(intact.length))
    await utimes(file, TIME, TIME)
    const cache = await emptyCache()
    const open = () => prepare({ source: { kind: 'image-folder', path: folder.path }, split: { validation: 0 } }, cache)
    const before = await open()
    expect(before.samples.count).toBe(3)
    expect(before.notes).toMatchObject([{ place: { file }, data: { case: 'skipped', count: 1, total: 4 } }])
    await exchange(file, intact)
    for (const builds of [1, 0]) {
      cache.builds = 0
      const after = await open()
      expect(after.samples.gather(Int32Array.of(3))[0]).toBe(7)
      expect(after.notes).toEqual([])
      expect(after.steps.map(({ step, hit }) => [step, hit])).toEqual([
        ['read', true],
        ['decode', builds === 0],
      ])
    }
  })

  it('is tried again when a set of texts is read the next time', async () => {
    const folder = await temporaryFolder()
    for (const name of ['a/1', 'a/2', 'b/1']) await folder.write(name, 'one two')
    const file = await folder.write('b/2', new Uint8Array(4))
    await utimes(file, TIME, TIME)
    const cache = await emptyCache()
    const preprocess = [
      { kind: 'vocabulary', minCount: 1 },
      { kind: 'pad', length: 2 },
    ]
    const open = () =>
      prepare({ source: { kind: 'text-folder', path: folder.path }, split: { validation: 0 }, preprocess }, cache)
    expect((await open()).samples.count).toBe(3)
    await exchange(file, Buffer.from('four'))
    const after = await open()
    expect(after.samples.count).toBe(4)
    expect(after.notes.filter(({ data }) => data?.['case'] === 'skipped')).toEqual([])
  })
})
