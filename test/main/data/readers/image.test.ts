import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { decodeImage, readImageHeader, type DecodeOptions } from '../../../../src-main/data/readers/image'
import { problemsOf, temporaryFolder } from '../temporaryFolder'
import { fixture, savedBytes } from './fixtures'

const image = (name: string) => fixture(`images/${name}`)
const decode = (name: string, options: DecodeOptions) => decodeImage(image(name), options)
/** Pixels in a row: gray by value. */
const grey = (...rows: number[][]) => ({
  file: 'grey.pgm',
  bytes: Buffer.concat([Buffer.from(`P5 ${rows[0]!.length} ${rows.length} 255\n`), Buffer.from(rows.flat())]),
})

describe('decoding images', () => {
  it.each([
    ['rgb.png', 'rgb'],
    ['rgb.webp', 'rgb'],
    ['rgb.bmp', 'rgb'],
    ['rgb.tif', 'rgb'],
    ['rgb.ppm', 'rgb'],
    ['photo.jpg', 'photo'],
    ['photo-progressive.jpg', 'photo-progressive'],
    ['cmyk.jpg', 'cmyk'],
    ['turned.jpg', 'turned'],
    ['palette.png', 'palette'],
    ['palette.bmp', 'palette'],
    ['alpha.png', 'alpha'],
    ['alpha.webp', 'alpha'],
    ['frames.gif', 'frames'],
  ])('gives the same pixels as Pillow for %s', async (name, expected) => {
    const { shape, data } = await decode(name, { channels: 'rgb' })
    expect({ shape, data }).toEqual(savedBytes(`images/${expected}.npy`))
  })

  it.each([
    ['grey.png', 'grey'],
    ['grey.bmp', 'grey'],
    ['grey.tif', 'grey'],
    ['grey.pgm', 'grey'],
    ['rgb.png', 'grey'],
    ['bits.png', 'bits'],
    ['bits.bmp', 'bits'],
    ['bits.tif', 'bits'],
  ])('gives the same grays as Pillow for %s', async (name, expected) => {
    const { shape, data } = await decode(name, { channels: 'grayscale' })
    expect({ shape, data }).toEqual(savedBytes(`images/${expected}.npy`))
  })

  it.each(['grey16.png', 'grey16.tif'])('takes the upper eight of the sixteen bits of %s', async (name) => {
    const { shape, data } = await decode(name, { channels: 'as-is' })
    expect({ shape, data }).toEqual(savedBytes('images/grey16.npy'))
  })

  it('keeps gray images gray and color images in color by default, without alpha', async () => {
    expect((await decode('grey-alpha.png', { channels: 'as-is' })).shape).toEqual([1, 24, 40])
    expect((await decode('alpha.png', { channels: 'as-is' })).shape).toEqual([3, 24, 40])
    const { shape, data } = await decode('grey.png', { channels: 'rgb' })
    expect(shape).toEqual([3, 24, 40])
    expect(data.subarray(0, 960)).toEqual(data.subarray(1920))
  })

  it('composites transparency over black', async () => {
    const { data } = await decode('grey-alpha.png', { channels: 'grayscale' })
    const opaque = savedBytes('images/grey.npy').data
    expect([0, 20, 39].map((x) => data[x])).toEqual([0, Math.round((opaque[20]! * 131) / 255), opaque[39]])
  })

  it('reads bytes as well as paths', async () => {
    const source = { file: 'from memory', bytes: await readFile(image('rgb.png')) }
    expect((await decodeImage(source, { channels: 'rgb' })).data).toEqual(savedBytes('images/rgb.npy').data)
  })
})

describe('resizing images', () => {
  it.each([
    [28, 28],
    [10, 33],
    [100, 80],
    [61, 20],
    [1, 1],
  ])('gives Pillow’s antialiased bilinear pixels for %i × %i, every one of them', async (width, height) => {
    const { shape, data } = await decode('odd.png', { channels: 'rgb', resize: { width, height, mode: 'stretch' } })
    expect({ shape, data }).toEqual(savedBytes(`images/odd-${width}x${height}.npy`))
  })

  it('converts to gray before resizing, like torchvision', async () => {
    const resize = { width: 28, height: 28, mode: 'stretch' } as const
    const { data } = await decode('odd.png', { channels: 'grayscale', resize })
    expect(data).toEqual(savedBytes('images/odd-grey-28x28.npy').data)
  })

  it('fits the whole image between black bars', async () => {
    const fit = (width: number, height: number) =>
      decodeImage(grey([100, 100, 100, 100], [200, 200, 200, 200]), {
        channels: 'as-is',
        resize: { width, height, mode: 'fit' },
      })
    expect([...(await fit(4, 4)).data]).toEqual([0, 0, 0, 0, 100, 100, 100, 100, 200, 200, 200, 200, 0, 0, 0, 0])
    expect([...(await fit(2, 3)).data]).toEqual([0, 0, 150, 150, 0, 0])
    expect((await fit(6, 2)).data).toEqual(Uint8Array.of(0, 100, 100, 100, 100, 0, 0, 200, 200, 200, 200, 0))
  })

  it('fills the size and crops the excess on both sides', async () => {
    const source = grey([10, 20, 30, 40], [50, 60, 70, 80])
    const fill = { width: 2, height: 2, mode: 'fill' } as const
    expect([...(await decodeImage(source, { channels: 'as-is', resize: fill })).data]).toEqual([20, 30, 60, 70])
    const { data } = await decode('odd.png', { channels: 'rgb', resize: { width: 20, height: 20, mode: 'fill' } })
    expect(data).toHaveLength(1200)
  })

  it('crops the center without scaling, with black around smaller images', async () => {
    const source = grey([10, 20, 30], [40, 50, 60], [70, 80, 90])
    const crop = async (width: number, height: number) => [
      ...(await decodeImage(source, { channels: 'as-is', resize: { width, height, mode: 'crop' } })).data,
    ]
    expect(await crop(1, 1)).toEqual([50])
    expect(await crop(1, 3)).toEqual([20, 50, 80])
    expect(await crop(5, 3)).toEqual([0, 10, 20, 30, 0, 0, 40, 50, 60, 0, 0, 70, 80, 90, 0])
  })

  it('crops the center after resizing', async () => {
    const resize = { width: 100, height: 80, mode: 'stretch' } as const
    const { shape, data } = await decode('odd.png', { channels: 'rgb', resize, centerCrop: { width: 3, height: 2 } })
    expect(shape).toEqual([3, 2, 3])
    const whole = savedBytes('images/odd-100x80.npy').data
    // (100 − 3) / 2 = 48.5 rounds to the even 48.
    const expected = [0, 1, 2].flatMap((c) =>
      [39, 40].flatMap((y) => [48, 49, 50].map((x) => whole[c * 8000 + y * 100 + x]!)),
    )
    expect([...data]).toEqual(expected)
  })
})

describe('image headers', () => {
  it.each([
    ['rgb.png', { format: 'png', width: 40, height: 24, channels: 3, depth: 8, frames: 1, alpha: false, cmyk: false }],
    [
      'grey16.png',
      { format: 'png', width: 40, height: 24, channels: 1, depth: 16, frames: 1, alpha: false, cmyk: false },
    ],
    ['alpha.png', { format: 'png', width: 40, height: 24, channels: 4, depth: 8, frames: 1, alpha: true, cmyk: false }],
    [
      'palette.png',
      { format: 'png', width: 40, height: 24, channels: 3, depth: 4, frames: 1, alpha: false, cmyk: false },
    ],
    [
      'turned.jpg',
      { format: 'jpeg', width: 24, height: 40, channels: 3, depth: 8, frames: 1, alpha: false, cmyk: false },
    ],
    [
      'frames.gif',
      { format: 'gif', width: 40, height: 24, channels: 3, depth: 8, frames: 3, alpha: false, cmyk: false },
    ],
    ['cmyk.jpg', { format: 'jpeg', width: 40, height: 24, channels: 4, depth: 8, frames: 1, alpha: false, cmyk: true }],
    [
      'rgb.webp',
      { format: 'webp', width: 40, height: 24, channels: 3, depth: 8, frames: 1, alpha: false, cmyk: false },
    ],
    [
      'bits.tif',
      { format: 'tiff', width: 40, height: 24, channels: 1, depth: 1, frames: 1, alpha: false, cmyk: false },
    ],
    [
      'palette.bmp',
      { format: 'bmp', width: 40, height: 24, channels: 3, depth: 8, frames: 1, alpha: false, cmyk: false },
    ],
    ['grey.pgm', { format: 'pnm', width: 40, height: 24, channels: 1, depth: 8, frames: 1, alpha: false, cmyk: false }],
  ])('describe %s', async (name, expected) => {
    expect(await readImageHeader(image(name))).toEqual({ file: image(name), ...expected, notes: [] })
  })

  it('are read despite a wrong file extension, with a note', async () => {
    const folder = await temporaryFolder()
    const path = await folder.write('写真.png', await readFile(image('photo.jpg')))
    const { data, notes } = await decodeImage(path, { channels: 'rgb' })
    expect(data).toEqual(savedBytes('images/photo.npy').data)
    expect(notes).toMatchObject([{ severity: 'warning', place: { file: path }, expected: 'PNG', received: 'JPEG' }])
  })

  it('reject floating-point images by type', async () => {
    const [problem] = await problemsOf(readImageHeader(image('float.tif')))
    expect(problem).toMatchObject({ code: 'data-format', received: 'b-w with channels of the type float' })
  })
})
