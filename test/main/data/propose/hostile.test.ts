/**
 * Hostile inputs, chosen or dropped: each yields a proposal or problems, and none crashes the host, hangs it, or fills
 * its memory.
 */
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { proposeData } from '../../../../src-main/data/propose/proposeData'
import { emptyCache, prepare } from '../prepare/preparing'
import { hostileArchives } from '../readers/hostile/archives'
import { hostileArrays } from '../readers/hostile/arrays'
import { hostileFolders } from '../readers/hostile/folders'
import { hostileImages } from '../readers/hostile/images'
import { hostileParquet } from '../readers/hostile/parquet'
import { hostileTables } from '../readers/hostile/tables'
import { npyBytes } from '../readers/npyBytes'
import { pngBytes } from '../readers/pngBytes'
import { problemsOf, temporaryFolder } from '../temporaryFolder'

const MiB = 2 ** 20
const peak = () => process.resourceUsage().maxRSS * 1024

const inputs = [
  ...hostileArrays,
  ...hostileImages,
  ...hostileTables,
  ...hostileParquet,
  ...hostileArchives,
  ...hostileFolders,
]

it('responds to each of them, and to the folder that contains it', async () => {
  const before = peak()
  for (const { what, write } of inputs) {
    const folder = await temporaryFolder()
    const path = await write(folder)
    for (const chosen of [path, folder.path]) {
      const { source, problems } = await proposeData(chosen)
      const texts = problems.flatMap(({ message, expected = '-', received = '-', fix }) => [
        message,
        expected,
        received,
        fix,
      ])
      for (const text of texts) {
        expect(text, what).toMatch(/\S/)
        expect(text, what).not.toMatch(/undefined|NaN|\[object|internal/)
        expect(text.length, what).toBeLessThan(1500)
      }
      if (source === null)
        expect(
          problems.some(({ severity }) => severity === 'error'),
          what,
        ).toBe(true)
    }
  }
  expect(peak() - before).toBeLessThan(512 * MiB)
}, 120_000)

it('leaves out a hostile image when its folder is prepared, and keeps the others', async () => {
  const images = hostileImages.filter(({ place }) => place.column === undefined)
  const folder = await temporaryFolder()
  let hostile = 0
  for (const { write } of images) {
    const path = await write({
      ...folder,
      write: (name, content) => folder.write(join('a', `${hostile}-${name}`), content),
    })
    if ((await stat(path).catch(() => undefined))?.isFile()) hostile++
  }
  const good = hostileImages.length + 10
  for (let i = 0; i < good; i++) await folder.write(join('b', `${i}.png`), pngBytes(4, 4, new Uint8Array(20).fill(0)))
  await folder.write(join('a', 'good.png'), pngBytes(4, 4, new Uint8Array(20)))
  const source = { kind: 'image-folder' as const, path: folder.path }
  const { samples, notes } = await prepare({ source, split: { validation: 0 } }, await emptyCache())
  expect(samples.count).toBe(good + 1)
  expect(notes.at(-1)).toMatchObject({ severity: 'warning', data: { case: 'skipped', count: hostile } })
}, 120_000)

it('rejects arrays with empty samples', async () => {
  const folder = await temporaryFolder()
  const samples = await folder.write('x.npy', npyBytes('<f4', '3, 0', new Uint8Array()))
  const labels = await folder.write('y.npy', npyBytes('|u1', '3,', Uint8Array.of(0, 1, 0)))
  const source = { kind: 'arrays' as const, samples, labels }
  expect(await problemsOf(prepare({ source }, await emptyCache()))).toMatchObject([
    { code: 'data-format', received: '3×0' },
  ])
  expect((await proposeData(samples)).problems).toMatchObject([{ code: 'data-format' }])
})
