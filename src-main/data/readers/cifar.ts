/**
 * Reader for `cifar-10-binary.tar.gz`: five training batches and one test batch, each a sequence of a label byte and
 * 3072 bytes of red, green and blue planes. Nothing is unpacked to disk.
 */
import { posix } from 'node:path'
import { fail } from '#core/problems/problem'
import { fileSize } from './file'
import { gunzipFile } from './gunzip'
import { readTar, type TarMember } from './tar'

export const cifarClasses = [
  'airplane',
  'automobile',
  'bird',
  'cat',
  'deer',
  'dog',
  'frog',
  'horse',
  'ship',
  'truck',
] as const

export interface CifarBatch {
  readonly split: 'train' | 'test'
  /** 0 to 4 for training batches, 0 for the test batch; in archive order. */
  readonly index: number
  /** One class code per image. */
  readonly labels: Uint8Array
  /** [images, 3, 32, 32] */
  readonly images: Uint8Array
}

const names = [1, 2, 3, 4, 5].map((number) => `data_batch_${number}.bin`).concat('test_batch.bin')
const IMAGE = 3 * 32 * 32
const RECORD = 1 + IMAGE
const RECORD_LIMIT = 10_000
/** The archive is 180 MB when unzipped. */
const ARCHIVE_LIMIT = 2 ** 30

/** The batches in sequence; fails if one is missing, damaged or duplicated. */
export async function* readCifarBatches(path: string): AsyncGenerator<CifarBatch> {
  await fileSize(path)
  const seen = new Set<string>()
  for await (const member of readTar(path, gunzipFile(path), ARCHIVE_LIMIT)) {
    const name = posix.basename(member.name)
    const place = names.indexOf(name)
    if (place < 0) continue
    if (seen.has(name)) fail('data-format', 'cifar-repeated', { name }, { file: path })
    seen.add(name)
    const test = name === names.at(-1)
    yield { split: test ? 'test' : 'train', index: test ? 0 : place, ...(await readBatch(path, member)) }
  }
  const missing = names.filter((name) => !seen.has(name))
  if (missing.length > 0)
    fail('data-format', 'cifar-missing', { expected: names.join(', '), names: missing.join(', ') }, { file: path })
}

async function readBatch(
  path: string,
  { name, size, pieces }: TarMember,
): Promise<Pick<CifarBatch, 'labels' | 'images'>> {
  const count = size / RECORD
  if (!Number.isInteger(count) || count < 1 || count > RECORD_LIMIT) {
    fail('data-format', 'cifar-records', { most: RECORD_LIMIT, record: RECORD, name, size }, { file: path })
  }
  const labels = new Uint8Array(count)
  const images = new Uint8Array(count * IMAGE)
  let at = 0
  for await (const piece of pieces) {
    for (let from = 0; from < piece.length;) {
      const record = Math.floor(at / RECORD)
      const inside = at % RECORD
      if (inside === 0) {
        const label = piece[from]!
        if (label >= cifarClasses.length) failLabel(path, name, record, label)
        labels[record] = label
        from++
        at++
      } else {
        const part = piece.subarray(from, from + RECORD - inside)
        images.set(part, record * IMAGE + inside - 1)
        from += part.length
        at += part.length
      }
    }
  }
  return { labels, images }
}

function failLabel(file: string, name: string, record: number, label: number): never {
  return fail('data-label', 'cifar', { received: label }, { file, column: `${name}, record ${record + 1}` })
}
