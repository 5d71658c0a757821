/** Hostile text tables. */
import { detectDialect, type DialectOptions } from '../../../../../src-main/data/readers/dialect'
import { readRows } from '../../../../../src-main/data/readers/textTable'
import { filesFor, type Hostile } from './hostile'

const MiB = 2 ** 20

const readAll =
  (options?: DialectOptions) =>
  async (path: string): Promise<void> => {
    for await (const batch of readRows(await detectDialect(path, options))) void batch
  }

export const hostileTables: readonly Hostile[] = [
  ...filesFor(readAll(), 'a.csv', [
    ['empty', '', 'data-empty'],
    ['only white space', ' \n\t\n'.repeat(1000), 'data-empty'],
    ['only a header', 'a,b\n', 'data-empty'],
    ['a NUL byte', 'a,b\n1,2\n3,\0\n', 'data-format', { line: 3, byte: 10 }],
    ['a NUL byte far behind', `a,b\n${'1,2\n'.repeat(100_000)}\0,3\n`, 'data-format', { line: 100_002, byte: 400_004 }],
    ['a quote that is never closed', 'a,b\n1,"2\n3,4\n', 'data-format', { line: 2, column: 'b' }],
    ['a quote inside a cell', 'a,b\n1,2"3\n', 'data-format', { line: 2, column: 'b' }],
    ['something behind a quote', 'a,b\n"1"x,2\n', 'data-format', { line: 2, column: 'a' }],
    ['a short row', 'a,b,c\n1,2,3\n4,5\n', 'data-row', { line: 3 }],
    ['a long row', 'a,b\n1,2\n4,5,6\n', 'data-row', { line: 3 }],
    ['a short row far behind', `a,b\n${'1,2\n'.repeat(100_000)}3\n`, 'data-row', { line: 100_002 }],
    ['a cell of 10 MiB', `a,b\n1,${'x'.repeat(10 * MiB)}\n`, 'data-too-large', { line: 2, column: 'b' }],
    ['a quoted cell of 10 MiB', `a,b\n1,"${'x'.repeat(10 * MiB)}"\n`, 'data-too-large', { line: 2, column: 'b' }],
    ['a header cell of 10 MiB', `${'x'.repeat(10 * MiB)},b\n1,2\n`, 'data-too-large', { line: 1 }],
    ['a row of 20 MiB', `a,b\n${'x'.repeat(1000).concat(',').repeat(20_000)}\n`, 'data-too-large', { line: 2 }],
    ['20,001 columns', `${'x,'.repeat(20_000)}x\n`, 'data-too-large', { line: 1 }],
    ['two columns of one name', 'a,b,a\n1,2,3\n', 'data-column', { line: 1, column: 'a' }],
    ['one wrong byte in UTF-8', damaged(), 'data-encoding', { line: 101 }],
    [
      'half a character at the end',
      Buffer.from(`名,b\n${'写真,1\n'.repeat(10)}写`).subarray(0, -1),
      'data-encoding',
      { line: 12 },
    ],
    [
      'UTF-16 with half a letter',
      Buffer.from([0xff, 0xfe, 0x61, 0, 0x2c, 0, 0x0a, 0, 0, 0xd8, 0x0a, 0]),
      'data-encoding',
    ],
    ['a NUL in UTF-16', Buffer.from('\ufeffa,b\n1,\0\n', 'utf16le'), 'data-format', { byte: 14 }],
    ['an Excel workbook', Buffer.from('PK\x03\x04 and so on'), 'data-format', { byte: 0 }],
    ['a Parquet file', Buffer.from('PAR1\x15\x04'), 'data-format', { byte: 0 }],
    [
      'random bytes',
      Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * i * 31 + i * 7) % 256)),
      'data-format',
      { line: 1 },
    ],
  ]),
  ...filesFor(readAll({ encoding: 'utf-8' }), 'latin1.csv', [
    [
      'not the encoding that was chosen',
      Buffer.from('a,b\nM\xfcller,1\n', 'latin1'),
      'data-encoding',
      { line: 2, byte: 4 },
    ],
  ]),
  ...filesFor(readAll({ encoding: 'shift_jis' }), 'sjis.csv', [
    [
      'not the encoding that was chosen',
      Buffer.from('a,b\nab\xff\xff,1\n', 'latin1'),
      'data-encoding',
      { line: 2, byte: 4 },
    ],
  ]),
  {
    what: 'a folder in place of a table',
    write: async (folder) => folder.path,
    read: readAll(),
    code: 'data-missing',
    place: {},
  },
  {
    what: 'a table that is not there',
    write: async (folder) => `${folder.path}/nowhere.csv`,
    read: readAll(),
    code: 'data-missing',
    place: {},
  },
]

function damaged(): Buffer {
  const text = Buffer.from(`名,n\n${'北京,1\n'.repeat(200)}`)
  text[text.indexOf('北京') + 99 * Buffer.byteLength('北京,1\n')] = 0xff
  return text
}
