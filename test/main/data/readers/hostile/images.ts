/** Hostile images. */
import { readFileSync } from 'node:fs'
import { deflateSync } from 'node:zlib'
import { decodeImage } from '../../../../../src-main/data/readers/image'
import { fixture } from '../fixtures'
import { pngBytes, pngChunk } from '../pngBytes'
import { filesFor, type Hostile } from './hostile'

const read = (path: string) => decodeImage(path, { channels: 'rgb' })
const image = (name: string) => readFileSync(fixture(`images/${name}`))
const half = (name: string) => image(name).subarray(0, image(name).length / 2)
const changed = (name: string, change: (bytes: Buffer) => void) => {
  const bytes = Buffer.from(image(name))
  change(bytes)
  return bytes
}

/** A minimal TIFF: a directory of entries of type, count and value. */
function tiff(entries: readonly (readonly [number, number, number, number])[], next = 0): Buffer {
  const bytes = Buffer.alloc(14 + 12 * entries.length + 256)
  bytes.write('II*\0', 0, 'latin1')
  bytes.writeUInt32LE(8, 4)
  bytes.writeUInt16LE(entries.length, 8)
  entries.forEach(([tag, type, count, value], i) => {
    bytes.writeUInt16LE(tag, 10 + 12 * i)
    bytes.writeUInt16LE(type, 12 + 12 * i)
    bytes.writeUInt32LE(count, 14 + 12 * i)
    bytes.writeUInt32LE(value, 18 + 12 * i)
  })
  bytes.writeUInt32LE(next, 10 + 12 * entries.length)
  return bytes
}

/** A frame as large as its canvas, without pixels. */
function gif(side: number): Buffer {
  const bytes = Buffer.from('GIF89a\0\0\0\0\0\0\0,\0\0\0\0\0\0\0\0\0\x02\x01\x44\0;', 'latin1')
  for (const at of [6, 8, 18, 20]) bytes.writeUInt16LE(side, at)
  return bytes
}

const size = (width: number, height: number) =>
  [
    [256, 4, 1, width],
    [257, 4, 1, height],
    [258, 3, 1, 8],
    [259, 3, 1, 1],
    [262, 3, 1, 1],
    [277, 3, 1, 1],
    [278, 4, 1, height],
  ] as const
const strips = [
  [273, 4, 1, 122],
  [279, 4, 1, 256],
] as const

export const hostileImages: readonly Hostile[] = [
  ...filesFor(read, 'a.png', [
    ['empty', '', 'data-empty', { byte: 0 }],
    ['text', 'Hello, I am an image.', 'data-format', { byte: 0 }],
    ['an SVG drawing', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', 'data-format', { byte: 0 }],
    [
      'an SVG that names a file',
      '<?xml version="1.0"?><svg><image href="file:///etc/passwd"/></svg>',
      'data-format',
      { byte: 0 },
    ],
    ['a web page', '<!DOCTYPE html><html></html>', 'data-format', { byte: 0 }],
    ['a ZIP archive', 'PK\x03\x04', 'data-format', { byte: 0 }],
    ['random bytes', Buffer.from([1, 2, 3, 250, 251, 252]), 'data-format', { byte: 0 }],
    ['half a PNG', half('rgb.png'), 'data-truncated', { byte: half('rgb.png').length }],
    ['only the signature of a PNG', image('rgb.png').subarray(0, 8), 'data-truncated', { byte: 8 }],
    ['a bomb of 60,000 × 60,000 pixels', pngBytes(60_000, 60_000, Buffer.alloc(4096)), 'data-too-large'],
    ['a bomb of 2³¹ − 1 pixels in a row', pngBytes(2 ** 31 - 1, 1, Buffer.alloc(4096)), 'data-format'],
    ['fewer pixels than the header says', pngBytes(3000, 3000, Buffer.alloc(1000)), 'data-format'],
    ['no pixels at all', pngBytes(0, 0, Buffer.alloc(1)), 'data-format'],
    ['a wrong checksum', changed('rgb.png', (bytes) => (bytes[bytes.indexOf('IDAT') + 30]! ^= 255)), 'data-format'],
    ['a header of another length', changed('rgb.png', (bytes) => bytes.writeUInt32BE(0x7fffffff, 8)), 'data-truncated'],
  ]),
  {
    what: 'a.png: a comment of 512 MiB in 512 KiB',
    write: (folder) => {
      const bomb = Buffer.concat([Buffer.from('Comment\0\0'), deflateSync(Buffer.alloc(512 * 2 ** 20), { level: 9 })])
      return folder.write('a.png', pngBytes(3000, 3000, Buffer.alloc(1000), pngChunk('zTXt', bomb)))
    },
    read,
    code: 'data-format',
    place: {},
  },
  ...filesFor(read, 'a.jpg', [
    ['half a JPEG', half('photo.jpg'), 'data-truncated', { byte: half('photo.jpg').length }],
    ['half a progressive JPEG', half('photo-progressive.jpg'), 'data-truncated'],
    ['only the begin of a JPEG', image('photo.jpg').subarray(0, 4), 'data-truncated', { byte: 4 }],
    ['damage in the middle', changed('photo.jpg', (bytes) => bytes.fill(0xff, 700, 720)), 'data-format'],
    [
      'a size of 65,535 × 65,535',
      changed('photo.jpg', (bytes) =>
        bytes.fill(255, bytes.indexOf(Buffer.from([0xff, 0xc0])) + 5, bytes.indexOf(Buffer.from([0xff, 0xc0])) + 9),
      ),
      'data-too-large',
    ],
    ['a PDF document', '%PDF-1.7\n', 'data-format', { byte: 0 }],
    ['a HEIC image', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0', 'latin1'), 'data-format', { byte: 0 }],
  ]),
  ...filesFor(read, 'a.gif', [
    ['half a GIF', image('frames.gif').subarray(0, 400), 'data-truncated', { byte: 400 }],
    ['a frame of 65,535 × 65,535', gif(65_535), 'data-too-large'],
  ]),
  ...filesFor(read, 'a.webp', [
    ['half a WebP', half('rgb.webp'), 'data-truncated', { byte: half('rgb.webp').length }],
    ['a RIFF of another kind', Buffer.from('RIFF\x04\0\0\0WAVE', 'latin1'), 'data-format', { byte: 0 }],
  ]),
  ...filesFor(read, 'a.tif', [
    ['half a TIFF', half('rgb.tif'), 'data-truncated', { byte: half('rgb.tif').length }],
    ['floating-point numbers', image('float.tif'), 'data-format'],
    ['a size of 2³¹ × 2³¹', tiff([...size(2 ** 31, 2 ** 31), ...strips]), 'data-format'],
    ['a size of 60,000 × 60,000', tiff([...size(60_000, 60_000), ...strips]), 'data-too-large'],
    ['pixels outside of the file', tiff([...size(16, 16), [273, 4, 1, 2 ** 31], [279, 4, 1, 256]]), 'data-format'],
    ['a directory that leads to itself', tiff([...size(16, 16), ...strips], 8), 'data-format'],
    ['a directory outside of the file', Buffer.from('II*\0\xff\xff\xff\x7f', 'latin1'), 'data-truncated', { byte: 8 }],
  ]),
  ...filesFor(read, 'a.bmp', [
    ['half a BMP', half('rgb.bmp'), 'data-truncated', { byte: half('rgb.bmp').length }],
    ['a size of 2³¹ − 1 × 2³¹ − 1', changed('rgb.bmp', (bytes) => bytes.fill(0x7f, 18, 26)), 'data-too-large'],
    ['no width', changed('rgb.bmp', (bytes) => bytes.fill(0, 18, 22)), 'data-format', { byte: 18 }],
    ['run lengths', changed('rgb.bmp', (bytes) => bytes.writeUInt32LE(1, 30)), 'data-format', { byte: 30 }],
    [
      'pixels outside of the palette',
      changed('palette.bmp', (bytes) => bytes.writeUInt32LE(2, 46)),
      'data-format',
      { byte: 46 },
    ],
  ]),
  ...filesFor(read, 'a.pgm', [
    ['a size that is not there', 'P5 999999999 999999999 255\n', 'data-too-large'],
    ['half of the pixels', 'P5 4 4 255\n12345678', 'data-truncated', { byte: 19 }],
    ['no largest value', 'P5 4 4 0\n', 'data-format', { byte: 2 }],
    ['text pixels', 'P2 1 1 255 0', 'data-format', { byte: 0 }],
  ]),
]
