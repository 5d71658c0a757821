/** Hostile IDX files, NumPy arrays and archives. */
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { openIdx, readIdxNumbers } from '../../../../../src-main/data/readers/idx'
import { openNpy, readNpySlice } from '../../../../../src-main/data/readers/npy'
import { openNpz, openNpzArray } from '../../../../../src-main/data/readers/npz'
import { fixture } from '../fixtures'
import { idxBytes, idxHeader } from '../idxBytes'
import { npyBytes } from '../npyBytes'
import { zipBytes, type Member } from '../zipBytes'
import { filesFor, type Hostile } from './hostile'

const readIdx = async (path: string) => readIdxNumbers(await openIdx(path))
const readNpy = async (path: string) => {
  const array = await openNpy(path)
  return readNpySlice(array, 0, array.shape[0] ?? 1)
}
const readNpz = async (path: string) => {
  const npz = await openNpz(path)
  for (const { name } of npz.members) {
    const array = await openNpzArray(npz, name)
    try {
      await readNpySlice(array, 0, array.shape[0] ?? 1)
    } finally {
      await array.source.close()
    }
  }
}
const small = npyBytes('|u1', '4,', Uint8Array.of(1, 2, 3, 4))
const member = (change: Partial<Member>): Member => ({ name: 'x.npy', content: small, ...change })
const whole = Buffer.concat([idxHeader(8, [1000]), Buffer.alloc(1000)])
const stored = readFileSync(fixture('arrays/stored.npz'))

export const hostileArrays: readonly Hostile[] = [
  ...filesFor(readIdx, 'x.idx', [
    ['empty', '', 'data-format', { byte: 0 }],
    ['a wrong magic number', 'not an idx file', 'data-format', { byte: 0 }],
    ['a rank of 200', Buffer.concat([Buffer.from([0, 0, 8, 200]), Buffer.alloc(800)]), 'data-format', { byte: 0 }],
    ['half a header', idxHeader(8, [2, 3, 4]).subarray(0, 10), 'data-truncated', { byte: 10 }],
    ['half of the elements', idxBytes('int32', [4], [1, 2, 3, 4]).subarray(0, 16), 'data-truncated', { byte: 16 }],
    ['2⁹⁶ elements that are not there', idxHeader(8, [2 ** 32 - 1, 2 ** 32 - 1, 2 ** 32 - 1]), 'data-truncated'],
    ['more bytes than elements', Buffer.concat([whole, Buffer.alloc(9)]), 'data-format', { byte: 1008 }],
  ]),
  ...filesFor(readIdx, 'x.gz', [
    ['2³² zipped elements that are not there', gzipSync(idxHeader(14, [2 ** 32 - 1])), 'data-truncated'],
    ['a gzip file cut in half', gzipSync(whole).subarray(0, 20), 'data-truncated'],
    ['a damaged gzip file', Buffer.concat([gzipSync(whole).subarray(0, 12), Buffer.alloc(40, 255)]), 'data-format'],
    [
      '100 MiB behind 10 elements',
      gzipSync(Buffer.concat([idxHeader(8, [10]), Buffer.alloc(100 * 2 ** 20)])),
      'data-format',
      { byte: 18 },
    ],
  ]),
  ...filesFor(readNpy, 'x.npy', [
    ['empty', '', 'data-format', { byte: 0 }],
    ['a wrong magic string', 'numpy array', 'data-format', { byte: 0 }],
    ['pickled objects', readFileSync(fixture('arrays/objects.npy')), 'data-format', { byte: 10 }],
    ['texts', readFileSync(fixture('arrays/texts.npy')), 'data-format', { byte: 10 }],
    ['complex numbers', readFileSync(fixture('arrays/complex.npy')), 'data-format', { byte: 10 }],
    ['records', npyBytes("|V8', 'x': '", '4,', new Uint8Array(32)), 'data-format', { byte: 10 }],
    ['a shape that is not there', npyBytes('<f8', '99999999, 99999999', new Uint8Array(8)), 'data-truncated'],
    ['a shape beyond all numbers', npyBytes('<f8', '9'.repeat(100), new Uint8Array(8)), 'data-truncated'],
    ['more bytes than elements', npyBytes('|u1', '3,', new Uint8Array(8)), 'data-format', { byte: 131 }],
    ['a header of 4 GiB', Buffer.from('\x93NUMPY\x02\x00\xff\xff\xff\xff', 'latin1'), 'data-format', { byte: 8 }],
    ['a header that is cut off', small.subarray(0, 40), 'data-truncated', { byte: 40 }],
    ['a number beyond 2⁵³', npyBytes('<i8', '1,', Buffer.alloc(8, 0x7f)), 'data-cell', { column: 'entry 0' }],
    ['forty axes', npyBytes('|u1', '1,'.repeat(40), new Uint8Array(1)), 'data-format', { byte: 10 }],
  ]),
  ...filesFor(readNpz, 'x.npz', [
    ['empty', '', 'data-truncated'],
    ['no archive', 'this is no archive'.repeat(10), 'data-truncated'],
    ['an archive without arrays', zipBytes({ name: 'x.txt', content: small }), 'data-empty'],
    ['a directory that is cut off', stored.subarray(0, -30), 'data-truncated'],
    ['half an archive', stored.subarray(0, stored.length / 2), 'data-truncated'],
    ['a name that leads out', zipBytes(member({ name: '../x.npy' })), 'data-format'],
    ['a name from the root', zipBytes(member({ name: '/etc/x.npy' })), 'data-format'],
    ['a name with a drive', zipBytes(member({ name: 'C:/x.npy' })), 'data-format'],
    ['a name with backslashes', zipBytes(member({ name: '..\\x.npy' })), 'data-format'],
    ['two arrays of one name', zipBytes(member({}), member({})), 'data-format', { column: 'x' }],
    [
      'an encrypted member',
      zipBytes(member({ flags: 1, compressedSize: small.length + 12 })),
      'data-format',
      { column: 'x' },
    ],
    ['an unknown compression', zipBytes(member({ method: 14 })), 'data-format', { column: 'x' }],
    ['a stored member of another size', zipBytes(member({ size: 4_000_000_000 })), 'data-format'],
    [
      'a size that deflate cannot reach',
      zipBytes(member({ deflated: true, size: 4_000_000_000 })),
      'data-format',
      { column: 'x' },
    ],
    [
      'a member longer than it says',
      zipBytes(member({ content: npyBytes('|u1', '300000,', new Uint8Array(300_000)), deflated: true, size: 132 })),
      'data-format',
      { byte: 132 },
    ],
    ['a member beyond the end', zipBytes(member({ compressedSize: 5000, size: 5000 })), 'data-format', { column: 'x' }],
    ['a member of no bytes', zipBytes(member({ content: Buffer.alloc(0), deflated: true })), 'data-format'],
    ['a member of no bytes, stored', zipBytes(member({ content: Buffer.alloc(0) })), 'data-format'],
    [
      'a member that deflates to nothing',
      zipBytes(member({ packed: Buffer.alloc(0), method: 8, size: 0 })),
      'data-truncated',
    ],
    ['a wrong checksum', zipBytes(member({ deflated: true, checksum: 7 })), 'data-checksum'],
    ['damage in a member', zipBytes(member({ deflated: true, packed: Buffer.alloc(100, 255) })), 'data-format'],
    [
      'an array that is longer than its header',
      zipBytes(member({ content: Buffer.concat([small, small]) })),
      'data-format',
    ],
    [
      'pickled objects',
      zipBytes(member({ content: readFileSync(fixture('arrays/objects.npy')) })),
      'data-format',
      { byte: 10 },
    ],
  ]),
  {
    what: 'x.npz: a bomb of 3 GiB in 3 MB',
    write: (folder) => {
      const packed = Buffer.alloc(3_200_000)
      return folder.write('x.npz', zipBytes(member({ packed, method: 8, size: 3 * 2 ** 30 })))
    },
    read: readNpz,
    code: 'data-format',
    place: { column: 'x' },
  },
]
