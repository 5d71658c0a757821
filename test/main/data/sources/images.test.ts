/** Image folders and image lists as datasets: classes, splits, what is left out, what is rejected. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Dataset } from '../../../../src-main/data/openDataset'
import { emptyCache, prepare, type Settings } from '../prepare/preparing'
import { fixture } from '../readers/fixtures'
import { pngBytes } from '../readers/pngBytes'
import { problemsOf, temporaryFolder } from '../temporaryFolder'

/** A gray image of one tone, one byte per pixel. */
const grey = (tone: number, width = 3, height = 2) =>
  pngBytes(
    width,
    height,
    Uint8Array.from({ length: (width + 1) * height }, (_, i) => (i % (width + 1) === 0 ? 0 : tone)),
  )

type Files = Readonly<Record<string, string | Uint8Array>>

async function folderOf(files: Files): Promise<string> {
  const folder = await temporaryFolder()
  for (const [name, content] of Object.entries(files)) await folder.write(name, content)
  return folder.path
}

/** The first pixel of every sample. */
const tonesOf = ({ samples }: Dataset) =>
  Array.from({ length: samples.count }, (_, i) => samples.gather(Int32Array.of(i))[0])

describe('a folder of images', () => {
  const open = async (files: Files, more: Partial<Settings> = { split: { validation: 0 } }) => {
    const path = await folderOf(files)
    const dataset = prepare({ source: { kind: 'image-folder', path }, ...more }, await emptyCache())
    return { path, dataset }
  }

  it('uses its folders as classes, in natural order, and its files in that order', async () => {
    const files = { 'c10/1.png': grey(1), 'c2/10.png': grey(2), 'c2/9.png': grey(3), 'c1/深い/x.png': grey(4) }
    const dataset = await (await open(files)).dataset
    expect(dataset.facts).toEqual({
      sample: { dtype: 'uint8', shape: [1, 2, 3] },
      target: { kind: 'classes', classes: ['c1', 'c2', 'c10'] },
    })
    expect(tonesOf(dataset)).toEqual([4, 3, 2, 1])
    expect([...dataset.targets]).toEqual([0, 1, 1, 2])
    expect(dataset.notes).toEqual([])
  })

  it('keeps the splits of its folders, or draws them if those are disabled', async () => {
    const files = Object.fromEntries(
      ['train', 'val', 'test'].flatMap((split, s) =>
        ['a', 'b'].flatMap((name, c) =>
          Array.from({ length: 3 - s }, (_, i) => [`${split}/${name}/${i}.png`, grey(100 * c + 10 * s + i)] as const),
        ),
      ),
    )
    const kept = await (await open(files, {})).dataset
    const tones = tonesOf(kept)
    const of = (split: Int32Array) => Array.from(split, (index) => tones[index])
    expect(of(kept.splits.train)).toEqual([0, 1, 2, 100, 101, 102])
    expect(of(kept.splits.validation)).toEqual([10, 11, 110, 111])
    expect(of(kept.splits.test)).toEqual([20, 120])
    expect(kept.given).toEqual(['train', 'validation', 'test'])
    const drawn = await (await open(files, { split: { given: false, validation: 0.25, test: 0 } })).dataset
    expect([drawn.splits.train.length, drawn.splits.validation.length, drawn.splits.test.length]).toEqual([9, 3, 0])
  })

  it('draws a validation split from training if the folders have none', async () => {
    const files = Object.fromEntries(
      ['train/a', 'train/b', 'test/a'].flatMap((name) =>
        Array.from({ length: 10 }, (_, i) => [`${name}/${i}.png`, grey(i)] as const),
      ),
    )
    const dataset = await (await open(files, { split: { validation: 0.2 } })).dataset
    expect([dataset.splits.train.length, dataset.splits.validation.length]).toEqual([16, 4])
    expect(dataset.splits.test.every((index) => index >= 20)).toBe(true)
  })

  it('leaves out a class that training never sees, with a warning', async () => {
    const files = {
      'train/a/1.png': grey(1),
      'train/b/1.png': grey(2),
      'test/b/1.png': grey(3),
      'test/新/1.png': grey(4),
    }
    const { path, dataset } = await open(files)
    const { facts, notes, splits } = await dataset
    expect(facts.target).toEqual({ kind: 'classes', classes: ['a', 'b'] })
    expect(splits.test).toHaveLength(1)
    expect(notes).toContainEqual(
      expect.objectContaining({
        code: 'data-label',
        severity: 'warning',
        place: { file: join(path, 'test/新/1.png') },
        received: '1 images of 新',
      }),
    )
  })

  it('leaves out damaged images and names the first, and is rejected if most are damaged', async () => {
    const few = { 'a/1.png': grey(1), 'a/2.png': 'damaged', 'b/1.png': grey(2), 'b/2.png': grey(3) }
    const { path, dataset } = await open(few)
    const { samples, notes, targets } = await dataset
    expect([samples.count, ...targets]).toEqual([3, 0, 1, 1])
    expect(notes).toMatchObject([
      { severity: 'warning', place: { file: join(path, 'a/2.png') }, data: { case: 'skipped', count: 1, total: 4 } },
    ])
    const most = { ...few, 'b/1.png': 'damaged', 'b/2.png': 'damaged' }
    const [problem] = await problemsOf((await open(most)).dataset)
    expect(problem).toMatchObject({ severity: 'error', message: expect.stringMatching(/^3 of 4 files/) as string })
  })

  it('is rejected with several sizes or colors unless a step unifies them', async () => {
    const mixed = {
      'a/1.png': grey(1),
      'b/1.png': grey(2, 5, 4),
      'b/2.png': readFileSync(fixture('images/rgb.png')),
    }
    const [problem] = await problemsOf((await open(mixed)).dataset)
    expect(problem).toMatchObject({ code: 'data-preprocess', expected: expect.stringContaining('1×2×3') as string })
    const preprocess = [
      { kind: 'color', mode: 'grayscale' },
      { kind: 'resize', size: 4, mode: 'fill' },
    ]
    const dataset = await (await open(mixed, { split: { validation: 0 }, preprocess })).dataset
    expect(dataset.facts.sample.shape).toEqual([1, 4, 4])
  })

  it('can contain every format, with 8 and 16 bits, with a palette, with alpha', async () => {
    const names = ['rgb.png', 'rgb.webp', 'rgb.bmp', 'rgb.tif', 'rgb.ppm', 'photo.jpg', 'frames.gif', 'palette.png']
    const others = ['alpha.png', 'grey16.png', 'grey16.tif', 'grey.pgm', 'bits.bmp', 'cmyk.jpg', 'turned.jpg']
    const files = Object.fromEntries(
      [...names, ...others].map((name, i) => [`${i % 2 ? 'a' : 'b'}/${name}`, readFileSync(fixture(`images/${name}`))]),
    )
    const preprocess = [
      { kind: 'color', mode: 'rgb' },
      { kind: 'resize', size: 8, mode: 'fit' },
    ]
    const dataset = await (await open(files, { split: { validation: 0 }, preprocess })).dataset
    expect(dataset.samples.count).toBe(15)
    expect(dataset.notes).toEqual([])
  })
})

describe('a list of images', () => {
  const list = async (rows: readonly string[], more: object = {}, task?: 'classification' | 'regression') => {
    const files = { '絵/1.png': grey(1), '絵/2.png': grey(2), '絵/3.png': grey(3), '絵/4.png': grey(4) }
    const path = await folderOf({ ...files, 'リスト.csv': rows.join('\n') })
    const source = {
      kind: 'image-list' as const,
      path: join(path, 'リスト.csv'),
      image: 'file',
      label: 'class',
      ...more,
    }
    const settings: Settings = { source, split: { validation: 0 } }
    return prepare(settings, await emptyCache(), task ? { task } : {})
  }

  it('has its images in the order of its rows, and its splits from a column', async () => {
    const rows = ['file,class,set', '絵/3.png,b,train', '絵/1.png,a,test', '絵/2.png,b,', '絵/4.png,a,train']
    const dataset = await list(rows, { split: 'set' })
    expect(tonesOf(dataset)).toEqual([3, 1, 2, 4])
    expect([...dataset.targets]).toEqual([1, 0, 1, 0])
    expect([...dataset.splits.test]).toEqual([1])
    expect([...dataset.splits.train]).toEqual([0, 2, 3])
  })

  it('has numbers as targets for regression', async () => {
    const rows = ['file,class', '絵/1.png,1.5', '絵/2.png,-2']
    const dataset = await list(rows, {}, 'regression')
    expect(dataset.facts.target).toEqual({ kind: 'numbers', size: 1, names: ['class'] })
    expect([...dataset.targets]).toEqual([1.5, -2])
  })

  it('leaves out rows without a label, and images that do not exist', async () => {
    const rows = ['file,class', '絵/1.png,a', '絵/2.png,', '絵/9.png,b', '絵/3.png,b', '絵/4.png,a']
    const dataset = await list(rows)
    expect(tonesOf(dataset)).toEqual([1, 3, 4])
    expect(dataset.notes).toMatchObject([
      { code: 'data-label', severity: 'warning', place: { line: 3 } },
      { code: 'data-missing', severity: 'warning', data: { case: 'skipped', count: 1, total: 4 } },
    ])
  })

  it.each<[string, string[], object, object]>([
    ['a column that is not there', ['file,class', '絵/1.png,a'], { image: 'path' }, { code: 'data-column' }],
    ['a label without an image', ['file,class', ',a', '絵/1.png,b'], {}, { code: 'data-cell', place: { line: 2 } }],
    [
      'a split that is none',
      ['file,class,set', '絵/1.png,a,often', '絵/2.png,b,train'],
      { split: 'set' },
      { code: 'data-cell', received: '"often"' },
    ],
    ['one class', ['file,class', '絵/1.png,a', '絵/2.png,a'], {}, { code: 'data-label' }],
    ['no row', ['file,class'], {}, { code: 'data-empty' }],
  ])('is refused with %s', async (_, rows, more, expected) => {
    expect(await problemsOf(list(rows, more))).toMatchObject([expected])
  })
})
