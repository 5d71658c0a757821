/** Images with transparency or 16 bits per channel: their content is preserved, both in training and for new files. */
import { cp, mkdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { decideReading, type ImageTraits } from '#core/data/imageReading'
import type { SourceOf } from '#core/graph/dataSettings'
import type { Dataset } from '../../../src-main/data/openDataset'
import { imageSizes } from '../../../src-main/data/look/imageSizes'
import { sampleStages } from '../../../src-main/data/look/sampleStages'
import { expectedSample } from '../../../src-main/data/newSamples/expectedSample'
import { proposeData } from '../../../src-main/data/propose/proposeData'
import { readSample } from '../../../src-main/data/readSample'
import { readImageHeader } from '../../../src-main/data/readers/image'
import { imageLibrary } from '../../../src-main/data/readers/imageLibrary'
import { fittedPreTransformsSchema } from '../../../src-main/data/dataSchemas'
import { emptyCache, prepare } from './prepare/preparing'
import { fixture } from './readers/fixtures'
import { problemsOf, temporaryFolder } from './temporaryFolder'

type Source = SourceOf<'image-folder'>

const open = async (path: string, more: Partial<Source> = {}) =>
  prepare({ source: { kind: 'image-folder', path, ...more }, split: { validation: 0 } }, await emptyCache())

const pixelsOf = ({ samples }: Dataset, index: number) => [...samples.gather(Int32Array.of(index))]
const valuesOf = (data: Dataset, index: number) => new Set(pixelsOf(data, index)).size

/** Reads a new file like a model of this data. */
async function readNew({ facts, preprocess }: Dataset, path: string): Promise<number[]> {
  // After serialization in a run or a model.
  const kept = fittedPreTransformsSchema.parse(JSON.parse(JSON.stringify(preprocess)))
  const expected = await expectedSample({ facts, preprocess: kept, source: { kind: 'none' } })
  return [...(await readSample(path, expected)).data]
}

describe('strokes on transparency', () => {
  const strokes = fixture('images/strokes')

  it('are composited over the background that keeps them, in training, when viewing a sample and for new files alike', async () => {
    const data = await open(strokes)
    expect(data.preprocess.reading).toEqual({ background: 'white' })
    expect(data.readingChoice).toEqual({ isTransparent: true, isDeep: false })
    const pixels = pixelsOf(data, 0)
    expect(Math.max(...pixels)).toBe(255)
    expect(Math.min(...pixels)).toBeLessThan(64)
    expect(await readNew(data, join(strokes, 'one/0.png'))).toEqual(pixels)
    const [first] = await sampleStages(data, 0)
    expect(first!.sample).toMatchObject({ kind: 'image', pixels: Uint8Array.from(pixels) })
  })

  it('are composited over the configured background', async () => {
    const data = await open(strokes, { background: 'black' })
    expect(data.preprocess.reading).toEqual({ background: 'black' })
    expect(new Set(pixelsOf(data, 0))).toEqual(new Set([0]))
    expect(await readNew(data, join(strokes, 'one/0.png'))).toEqual(pixelsOf(data, 0))
  })

  it('are previewed that way before the import, with the findings', async () => {
    const proposal = await proposeData(strokes)
    expect(proposal.reading).toEqual({ background: 'white', levels: null, isTransparent: true, isDeep: false })
    expect(Math.max(...proposal.pictures[0]!.pixels)).toBe(255)
    const black = await proposeData(strokes, { kind: 'image-folder', path: strokes, background: 'black' })
    expect(black.source).toMatchObject({ kind: 'image-folder', background: 'black' })
    expect(Math.max(...black.pictures[0]!.pixels)).toBe(0)
  })

  it('choose white for dark ones, black for light ones, and gray if both occur', () => {
    const dark: ImageTraits = { contrast: { black: 0, white: 60, grey: 30 } }
    const light: ImageTraits = { contrast: { black: 60, white: 0, grey: 30 } }
    const photo: ImageTraits = { contrast: { black: 70, white: 50, grey: 40 } }
    const empty: ImageTraits = { contrast: { black: 0, white: 0, grey: 0 } }
    expect(decideReading([dark, dark, photo, {}, empty]).background).toBe('white')
    expect(decideReading([light, photo]).background).toBe('black')
    expect(decideReading([dark, light, light]).background).toBe('grey')
    expect(decideReading([photo]).background).toBe('black')
    expect(decideReading([{}, empty]).background).toBe('black')
  })
})

describe('12-bit images in 16-bit files', () => {
  const twelve = fixture('images/twelve-bits')

  async function classesOf(files: readonly (readonly [string, string])[]): Promise<string> {
    const { path } = await temporaryFolder()
    for (const [from, to] of files) {
      await mkdir(dirname(join(path, to)), { recursive: true })
      await cp(join(twelve, from), join(path, to))
    }
    return path
  }

  it('keep their levels, both in training and for new files', async () => {
    const path = await classesOf([
      ['0.png', 'a/0.png'],
      ['1.png', 'b/1.png'],
    ])
    const data = await open(path)
    expect(data.preprocess.reading).toEqual({ background: 'black', levels: [0, 4095] })
    expect(valuesOf(data, 0)).toBe(32)
    expect(await readNew(data, join(twelve, '0.png'))).toEqual(pixelsOf(data, 0))
    // A new file may be brighter than all previous ones.
    expect(Math.max(...(await readNew(data, join(twelve, 'full.png'))))).toBe(255)
    expect(valuesOf(await open(path, { levels: [0, 65535] }), 0)).toBe(17)
    expect((await proposeData(path)).reading).toMatchObject({ levels: [0, 4095], isDeep: true })
  })

  it('cause a warning if other images use all 16 bits', async () => {
    const path = await classesOf([
      ['0.png', 'a/0.png'],
      ['full.png', 'b/1.png'],
    ])
    const data = await open(path)
    expect(data.preprocess.reading).toEqual({ background: 'black' })
    expect(data.notes).toMatchObject([
      { code: 'data-suspicious', place: { param: 'data.source.levels' }, data: { case: 'levels', count: 1, deep: 2 } },
    ])
  })

  it('take their range only from the training split', async () => {
    const path = await classesOf([
      ['0.png', 'train/a/0.png'],
      ['1.png', 'train/b/1.png'],
      ['full.png', 'test/a/0.png'],
    ])
    const data = await open(path)
    expect(data.preprocess.reading?.levels).toEqual([0, 4095])
  })
})

describe('colors reported by their real format', () => {
  it('distinguishes CMYK from transparency', async () => {
    expect(await readImageHeader(fixture('images/cmyk.jpg'))).toMatchObject({ channels: 4, alpha: false, cmyk: true })
    expect(await readImageHeader(fixture('images/alpha.png'))).toMatchObject({ channels: 4, alpha: true, cmyk: false })
  })

  it('counts CMYK separately from transparency when inspecting files', async () => {
    const folder = await temporaryFolder()
    const names = ['cmyk.jpg', 'alpha.png', 'rgb.png']
    for (const name of names) await folder.write(`a/${name}`, await readFile(fixture(`images/${name}`)))
    await folder.write('b/cmyk.jpg', await readFile(fixture('images/cmyk.jpg')))
    expect((await imageSizes(await open(folder.path)))?.channels).toEqual({ cmyk: 2, 4: 1, 3: 1 })
  })

  it('reports L*a*b* as unsupported, not as damaged', async () => {
    const [problem] = await problemsOf(readImageHeader(fixture('images/lab.tif')))
    expect(problem).toMatchObject({
      code: 'data-format',
      message: 'This kind of TIFF image is not supported.',
      received: 'CIE L*a*b* colors',
    })
  })

  it('composites 16-bit colors with opacity over their background', async () => {
    const folder = await temporaryFolder()
    const sharp = await imageLibrary()
    const raw = (values: number[]) =>
      sharp(Uint16Array.from(values), { raw: { width: 2, height: 1, channels: 4 } })
        .toColourspace('rgb16')
        .png()
        .toBuffer()
    await folder.write('a/1.png', await raw([1000, 0, 0, 65535, 0, 0, 0, 0]))
    await folder.write('b/1.png', await raw([500, 0, 0, 65535, 0, 0, 0, 0]))
    const data = await open(folder.path, { background: 'white' })
    expect(data.preprocess.reading).toEqual({ background: 'white', levels: [0, 1000] })
    expect(pixelsOf(data, 0)).toEqual([255, 255, 0, 255, 0, 255])
    expect(pixelsOf(data, 1)).toEqual([128, 255, 0, 255, 0, 255])
  })
})
