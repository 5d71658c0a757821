/** Hostile Parquet files. */
import { gzipSync } from 'node:zlib'
import { openParquet, readParquetRows } from '../../../../../src-main/data/readers/parquet'
import { fixture } from '../fixtures'
import { pagesBytes, parquetBytes, structBytes, withDescription, withField } from '../parquetBytes'
import { filesFor, type Hostile } from './hostile'

const read = async (path: string) => {
  for await (const batch of readParquetRows(await openParquet(path))) void batch
}
const numbers = Array.from({ length: 3000 }, (_, i) => (i * 7919) % 3001)
const whole = parquetBytes([
  { name: 'n', data: numbers, type: 'INT32', encoding: 'PLAIN' },
  { name: 't', data: numbers.map((number) => `text ${number}`), type: 'STRING', encoding: 'PLAIN' },
])
const size = whole.length
const end = size - 8 - whole.readUInt32LE(size - 8)
const changed = (change: (bytes: Buffer) => void) => {
  const bytes = Buffer.from(whole)
  change(bytes)
  return bytes
}
/** The metadata of the first column's values. */
const chunk = [4, 0, 1, 0, 3]

/** A page of type 0 (version 1) or 2 (dictionary) with 32-bit numbers; the header may say otherwise. */
interface Said {
  readonly type?: number
  readonly size?: number
  readonly packed?: number
  readonly values?: number
  readonly encoding?: number
}
const page = (
  content: Uint8Array,
  { type = 0, size = content.length, packed = content.length, values = 4, encoding = 0 }: Said = {},
) => {
  const described = { field_1: values, field_2: encoding, field_3: 3, field_4: 3 }
  const header = { field_1: type, field_2: size, field_3: packed, [type === 2 ? 'field_7' : 'field_5']: described }
  return Buffer.concat([structBytes(header), content])
}
const four = new Uint8Array(16)
const integers = (...pages: Uint8Array[]) => pagesBytes({ data: [1, 2, 3, 4], type: 'INT32' }, ...pages)
const texts = (...pages: Uint8Array[]) => pagesBytes({ data: ['a', 'b', 'c', 'd'], type: 'STRING' }, ...pages)
const dictionary = page(four, { type: 2 })
const runOf = (value: number) => Uint8Array.of(8, 4 << 1, value)

export const hostileParquet: readonly Hostile[] = [
  ...filesFor(read, 'a.parquet', [
    ['empty', '', 'data-format', { byte: 0 }],
    ['text', 'a,b\n1,2\n'.repeat(10), 'data-format', { byte: 0 }],
    ['only the magic bytes', 'PAR1PAR1', 'data-format', { byte: 0 }],
    ['cut in half', whole.subarray(0, size / 2), 'data-truncated', { byte: Math.floor(size / 2) }],
    ['without its last byte', whole.subarray(0, -1), 'data-truncated', { byte: size - 1 }],
    ['without its begin', whole.subarray(100), 'data-format', { byte: 0 }],
    ['encrypted', changed((bytes) => bytes.write('PARE', size - 4)), 'data-format', { byte: size - 4 }],
    [
      'a description of 4 GiB',
      changed((bytes) => bytes.writeUInt32LE(2 ** 32 - 1, size - 8)),
      'data-format',
      { byte: size - 8 },
    ],
    [
      'a description of other bytes',
      changed((bytes) => bytes.fill(0xff, end, size - 8)),
      'data-format',
      { byte: end + 1 },
    ],
    [
      'a description that is a list of lists',
      withDescription(whole.subarray(0, end), Buffer.alloc(1_000_000, 0x19)),
      'data-format',
    ],
    ['nothing but stops as description', withDescription(whole.subarray(0, end), Buffer.alloc(1000)), 'data-format'],
  ]),
  ...filesFor(read, 'described.parquet', [
    ['10¹² rows', withField(whole, [3], 10n ** 12n), 'data-format'],
    ['10¹² rows in a group', withField(whole, [4, 0, 3], 10n ** 12n), 'data-format'],
    ['a negative number of rows', withField(whole, [4, 0, 3], -1n), 'data-format'],
    ['no rows', parquetBytes([{ name: 'n', data: [], type: 'INT32' }]), 'data-empty'],
    ['a column beyond the end', withField(whole, [...chunk, 9], 10n ** 9n), 'data-format'],
    ['a column of 10¹² bytes', withField(whole, [...chunk, 7], 10n ** 12n), 'data-format'],
    ['a column before the begin', withField(whole, [...chunk, 9], -5n), 'data-format'],
    ['a column in another file', withField(whole, [4, 0, 1, 0, 1], '/etc/passwd'), 'data-format'],
    ['an unknown compression', withField(whole, [...chunk, 4], 77), 'data-format'],
    ['another compression', withField(whole, [...chunk, 4], 6), 'data-format', { column: 'n' }],
    ['values of another type', withField(whole, [...chunk, 1], 2), 'data-format'],
    ['a column that the schema lacks', withField(whole, [...chunk, 3], ['q']), 'data-format'],
    ['a column that is nowhere', withField(whole, [4, 0, 1, 1, 3, 3], ['n']), 'data-format'],
    ['2 million columns', withField(whole, [2, 0, 5], 2_000_000), 'data-format'],
    ['a schema that is no tree', withField(whole, [2, 2, 5], 3), 'data-format'],
    ['two columns of one name', withField(whole, [2, 2, 4], 'n'), 'data-column', { column: 'n' }],
    ['a column without a name', withField(whole, [2, 1, 4], ''), 'data-column', { column: '1' }],
    ['numbers where names should be', withField(whole, [2, 1, 4], 7), 'data-format'],
  ]),
  ...filesFor(read, 'pages.parquet', [
    ['no page', integers(), 'data-truncated', { column: 'n', byte: 4 }],
    [
      'other bytes in place of pages',
      changed((bytes) => bytes.fill(0xff, 4, 200)),
      'data-format',
      { column: 'n', byte: 4 },
    ],
    ['a page of 2 GiB', integers(page(four, { size: 2 ** 31 - 1 })), 'data-too-large', { column: 'n', byte: 4 }],
    [
      'a page beyond its column',
      integers(page(four, { packed: 2 ** 31 - 1 })),
      'data-truncated',
      { column: 'n', byte: 4 },
    ],
    ['a page of negative length', integers(page(four, { packed: -16 })), 'data-truncated', { column: 'n', byte: 4 }],
    ['2³¹ − 1 values', integers(page(four, { values: 2 ** 31 - 1 })), 'data-format', { column: 'n', byte: 4 }],
    ['more values than bytes', integers(page(four.subarray(4))), 'data-format', { column: 'n', byte: 4 }],
    ['fewer values than rows', integers(page(four, { values: 3 })), 'data-truncated', { column: 'n' }],
    ['a page of an unknown encoding', integers(page(four, { encoding: 99 })), 'data-format', { column: 'n', byte: 4 }],
    [
      'a page without its dictionary',
      integers(page(runOf(0), { encoding: 8 })),
      'data-format',
      { column: 'n', byte: 4 },
    ],
    ['two dictionaries', integers(dictionary, dictionary), 'data-format', { column: 'n' }],
    [
      'a dictionary of 2³¹ − 1 values',
      integers(page(four, { type: 2, values: 2 ** 31 - 1 })),
      'data-format',
      { column: 'n', byte: 4 },
    ],
    [
      'a place outside of the dictionary',
      integers(dictionary, page(runOf(200), { encoding: 8 })),
      'data-cell',
      { column: 'n', line: 1 },
    ],
    [
      'runs without values',
      integers(dictionary, page(Uint8Array.of(8, 0, 0), { encoding: 8 })),
      'data-format',
      { column: 'n' },
    ],
    [
      'values of 200 bits',
      integers(dictionary, page(Uint8Array.of(200, 8, 0), { encoding: 8 })),
      'data-format',
      { column: 'n' },
    ],
    ['deltas without blocks', integers(page(new Uint8Array(8), { encoding: 5 })), 'data-format', { column: 'n' }],
    ['texts as deltas of numbers', integers(page(four, { encoding: 7 })), 'data-format', { column: 'n' }],
    ['a text of 2 GiB', texts(page(Buffer.alloc(64, 0x7f))), 'data-format', { column: 'n', byte: 4 }],
    [
      'a text that is not UTF-8',
      texts(page(Buffer.from('\x01\0\0\0\xff'.repeat(4), 'latin1'))),
      'data-cell',
      { column: 'n', line: 1 },
    ],
    [
      '100 MiB zipped into a page of 16 bytes',
      withField(integers(page(gzipSync(Buffer.alloc(100 * 2 ** 20)), { size: 16 })), [...chunk, 4], 2),
      'data-format',
      { column: 'n', byte: 4 },
    ],
    [
      'a length of another page as snappy',
      withField(integers(page(Buffer.from('\xff\xff\xff\x7f\0\0', 'latin1'), { size: 16 })), [...chunk, 4], 1),
      'data-format',
      { column: 'n', byte: 4 },
    ],
  ]),
  {
    what: 'a.parquet: lists in place of cells',
    write: async () => fixture('parquet/nonnullable.impala.parquet'),
    read,
    code: 'data-column',
    place: { column: 'Int_Array' },
  },
]
