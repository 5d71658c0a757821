/** Hostile tar archives and CIFAR-10 archives. */
import { createReadStream, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { readCifarBatches } from '../../../../../src-main/data/readers/cifar'
import { readTar } from '../../../../../src-main/data/readers/tar'
import { fixture } from '../fixtures'
import { tarBytes } from '../tarBytes'
import { filesFor, type Hostile, type HostileFile } from './hostile'

const MiB = 2 ** 20

const readMembers = async (path: string) => {
  for await (const { pieces } of readTar(path, createReadStream(path), 64 * MiB))
    for await (const piece of pieces) void piece
}
const readBatches = async (path: string) => {
  for await (const batch of readCifarBatches(path)) void batch
}
const published = readFileSync(fixture('cifar/cifar-10-binary.tar.gz'))
const content = Buffer.alloc(700, 1)
const changed = (bytes: Buffer, change: (bytes: Buffer) => void) => {
  change(bytes)
  return bytes
}
const pax = (record: string) =>
  tarBytes({ name: 'pax', type: 'x', content: Buffer.from(record) }, { name: 'a', content })

const escapes = ['../a', 'b/../../a', '/etc/passwd', 'C:\\a', '..\\a'].map((name): HostileFile => [
  `the name ${name}`,
  tarBytes({ name, content }),
  'data-format',
  { byte: 0 },
])

export const hostileArchives: readonly Hostile[] = [
  ...filesFor(readMembers, 'a.tar', [
    ...escapes,
    [
      'an escape in a long name',
      tarBytes({ name: 'long', type: 'L', content: Buffer.from('../a\0') }, { name: 'a', content }),
      'data-format',
      { byte: 1024 },
    ],
    ['an escape in an extended header', pax('13 path=../a\n'), 'data-format'],
    ['an extended header of a wrong length', pax('99 path=a\n'), 'data-format'],
    ['an extended header without a length', pax('path=a\n'), 'data-format'],
    ['an extended size that is none', pax('13 size=-100\n'), 'data-format'],
    ['a name of 100 MiB', tarBytes({ name: 'long', type: 'L', size: 100 * MiB }), 'data-format'],
    ['a member of 8 GiB', tarBytes({ name: 'a', size: 8 ** 11 - 1 }), 'data-format', { byte: 0 }],
    [
      'a negative size',
      changed(tarBytes({ name: 'a' }), (bytes) => bytes.fill(255, 124, 136)),
      'data-format',
      { byte: 0 },
    ],
    [
      'a wrong checksum',
      changed(tarBytes({ name: 'a' }), (bytes) => bytes.fill(0x42, 0, 1)),
      'data-format',
      { byte: 0 },
    ],
    ['half a header', tarBytes({ name: 'a' }).subarray(0, 300), 'data-truncated', { byte: 300 }],
    ['half a member', tarBytes({ name: 'a', content }).subarray(0, 900), 'data-truncated', { byte: 900 }],
    ['text', 'no archive at all, '.repeat(100), 'data-format', { byte: 0 }],
  ]),
  ...filesFor(readBatches, 'cifar.tar.gz', [
    ['empty', '', 'data-truncated'],
    ['not zipped', tarBytes({ name: 'data_batch_1.bin', content: Buffer.alloc(3073) }), 'data-format'],
    ['cut in half', published.subarray(0, published.length / 2), 'data-truncated'],
    ['the archive of the Python version', gzipSync(tarBytes({ name: 'data_batch_1', content })), 'data-format'],
    ['half a record', gzipSync(tarBytes({ name: 'data_batch_1.bin', content })), 'data-format'],
    ['a label of 200', gzipSync(tarBytes({ name: 'test_batch.bin', content: Buffer.alloc(3073, 200) })), 'data-label'],
    ['a batch of 8 GiB', gzipSync(tarBytes({ name: 'test_batch.bin', size: 8 ** 11 - 1 })), 'data-format'],
    ['2 GiB of zeros in 2 MB', bomb(), 'data-format'],
  ]),
]

/** Unrelated members of 64 MiB. */
function bomb(): Buffer {
  const zeros = gzipSync(Buffer.alloc(64 * MiB))
  const header = gzipSync(tarBytes({ name: 'zeros', size: 64 * MiB }).subarray(0, 512))
  return Buffer.concat(Array.from({ length: 32 }, () => [header, zeros]).flat())
}
