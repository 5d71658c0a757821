/** The fuzzing targets: files of every format, and how to read each of them to the end. */
import { readFileSync } from 'node:fs'
import { crc32, gunzipSync, gzipSync } from 'node:zlib'
import { readCifarBatches } from '../../../../../src-main/data/readers/cifar'
import { detectDialect } from '../../../../../src-main/data/readers/dialect'
import { openIdx, readIdxNumbers, streamIdxBytes } from '../../../../../src-main/data/readers/idx'
import { decodePixels } from '../../../../../src-main/data/readers/image'
import { openNpy, readNpySlice, type NpyFile } from '../../../../../src-main/data/readers/npy'
import { openNpz, openNpzArray } from '../../../../../src-main/data/readers/npz'
import { openParquet, readParquetRows } from '../../../../../src-main/data/readers/parquet'
import { readTextFile } from '../../../../../src-main/data/readers/textFolder'
import { readRows } from '../../../../../src-main/data/readers/textTable'
import { fixture } from '../fixtures'
import { idxBytes } from '../idxBytes'
import { parquetBytes } from '../parquetBytes'
import { pngBytes } from '../pngBytes'

export interface Subject {
  readonly name: string
  readonly files: readonly Uint8Array[]
  /** Reads the whole file; for images, the bytes suffice. */
  readonly read: (path: string, bytes: Buffer) => Promise<unknown>
  /** Whether the file has to be on disk. */
  readonly onDisk: boolean
  /** Recomputes checksums, so that damage is not caught there. */
  readonly repair?: (bytes: Buffer) => Buffer
}

const files = (...names: string[]) => names.map((name) => readFileSync(fixture(name)))
const image = (path: string, bytes: Buffer) => decodePixels({ file: path, bytes })
const images = (name: string, ...names: string[]): Subject => ({
  name,
  files: files(...names.map((file) => `images/${file}`)),
  read: image,
  onDisk: false,
})

async function readAll(array: NpyFile): Promise<void> {
  const count = array.shape[0] ?? 1
  for (let at = 0; at < count; at += 1000) await readNpySlice(array, at, Math.min(1000, count - at))
}

async function readIdx(path: string): Promise<void> {
  const file = await openIdx(path)
  for await (const _ of streamIdxBytes(file)) continue
  await readIdxNumbers(file)
}

async function readTextTable(path: string): Promise<void> {
  for await (const _ of readRows(await detectDialect(path))) continue
}

export const subjects: readonly Subject[] = [
  {
    name: 'IDX',
    files: [
      idxBytes(
        'uint8',
        [3, 4, 4],
        Array.from({ length: 48 }, (_, i) => i),
      ),
      idxBytes('int32', [5], [1, 2, 3, -4, 5]),
      idxBytes('float64', [2, 2], [0.5, 1, -2, 1e9]),
    ],
    read: readIdx,
    onDisk: true,
  },
  {
    name: 'IDX in gzip',
    files: [
      gzipSync(
        idxBytes(
          'uint8',
          [3, 4, 4],
          Array.from({ length: 48 }, (_, i) => i),
        ),
      ),
    ],
    read: readIdx,
    onDisk: true,
  },
  {
    name: 'NPY',
    files: files(
      'arrays/little-f4.npy',
      'arrays/big-i8.npy',
      'arrays/fortran.npy',
      'arrays/version3.npy',
      'arrays/u1.npy',
    ),
    read: async (path) => readAll(await openNpy(path)),
    onDisk: true,
  },
  {
    name: 'NPZ',
    files: files('arrays/deflated.npz', 'arrays/stored.npz'),
    read: async (path) => {
      const archive = await openNpz(path)
      for (const { name } of archive.members) await readAll(await openNpzArray(archive, name))
    },
    onDisk: true,
  },
  {
    ...images('PNG', 'alpha.png', 'bits.png', 'grey16.png', 'palette.png'),
    files: [
      ...files('images/alpha.png', 'images/bits.png', 'images/grey16.png', 'images/palette.png'),
      pngBytes(4, 4, new Uint8Array(20)),
    ],
    repair: repairPng,
  },
  images('JPEG', 'photo.jpg', 'photo-progressive.jpg', 'cmyk.jpg', 'turned.jpg'),
  images('WebP', 'rgb.webp', 'alpha.webp'),
  images('BMP', 'bits.bmp', 'grey.bmp', 'palette.bmp', 'rgb.bmp'),
  images('TIFF', 'bits.tif', 'grey.tif', 'grey16.tif', 'float.tif'),
  images('GIF', 'frames.gif'),
  images('PNM', 'grey.pgm', 'rgb.ppm'),
  {
    name: 'text tables',
    files: [
      ...files(
        'text/chinese-gb18030.csv',
        'text/german-cp1252.csv',
        'text/chinese-utf-16-bom.csv',
        'text/korean-utf-8.csv',
      ),
      Buffer.from('a;b;c\n1;"x\ny";3\n4;"with ""quotes""";6\n7;;8\n'),
    ],
    read: readTextTable,
    onDisk: true,
  },
  {
    name: 'texts',
    files: files('text/japanese-shift_jis.csv', 'text/korean-utf-8.csv'),
    read: (path) => readTextFile(path),
    onDisk: true,
  },
  {
    name: 'Parquet',
    files: [
      ...files(
        'parquet/datapage_v2.snappy.parquet',
        'parquet/duckdb_delta_binary_packed.parquet',
        'parquet/boolean_rle.parquet',
        'parquet/lz4_raw_compressed.parquet',
        'parquet/uuid.parquet',
      ),
      parquetBytes([
        { name: 'n', data: [1.5, null, 3, 4] },
        { name: 'kind', data: ['a', 'b', 'a', 'b'] },
      ]),
    ],
    read: async (path) => {
      const table = await openParquet(path)
      const names = table.columns.flatMap(({ name, refusal }) => (refusal === undefined ? [name] : []))
      for await (const _ of readParquetRows(table, names)) continue
    },
    onDisk: true,
  },
  {
    name: 'CIFAR',
    files: [gunzipSync(readFileSync(fixture('cifar/cifar-10-binary.tar.gz')))],
    read: async (path) => {
      for await (const _ of readCifarBatches(path)) continue
    },
    onDisk: true,
    repair: (bytes) => gzipSync(bytes, { level: 1 }),
  },
]

/** The same chunks with correct checksums. */
function repairPng(bytes: Buffer): Buffer {
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = bytes.readUInt32BE(at)
    const end = at + 8 + length
    if (end + 4 > bytes.length) break
    bytes.writeUInt32BE(crc32(bytes.subarray(at + 4, end)), end)
    at = end + 4
  }
  return bytes
}
