import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { cifarClasses, readCifarBatches, type CifarBatch } from '../../../../src-main/data/readers/cifar'
import { readTar } from '../../../../src-main/data/readers/tar'
import { problemsOf, temporaryFolder } from '../temporaryFolder'
import { fixture } from './fixtures'
import { tarBytes, type Member } from './tarBytes'

async function batchesOf(path: string): Promise<CifarBatch[]> {
  const batches: CifarBatch[] = []
  for await (const batch of readCifarBatches(path)) batches.push(batch)
  return batches
}

const record = (label: number) => Buffer.concat([Buffer.from([label]), Buffer.alloc(3072, label)])
const names = ['data_batch_1', 'data_batch_2', 'data_batch_3', 'data_batch_4', 'data_batch_5', 'test_batch']
const members = (): Member[] => names.map((name) => ({ name: `cifar/${name}.bin`, content: record(1) }))

async function refused(archive: readonly Member[]) {
  const folder = await temporaryFolder()
  const path = await folder.write('cifar.tar.gz', gzipSync(tarBytes(...archive)))
  const [problem] = await problemsOf(batchesOf(path))
  expect(problem!.place.file).toBe(path)
  return problem!
}

describe('reading CIFAR-10', () => {
  it('returns labels and planes of all batches of an archive written by Python', async () => {
    const batches = await batchesOf(fixture('cifar/cifar-10-binary.tar.gz'))
    expect(batches.map(({ split, index, labels }) => [split, index, ...labels])).toEqual([
      ['train', 0, 0, 1],
      ['train', 1, 2, 3],
      ['train', 2, 4, 5],
      ['train', 3, 6, 7],
      ['train', 4, 8, 9],
      ['test', 0, 0, 1],
    ])
    const second = batches[0]!.images.subarray(3072)
    expect(second).toEqual(Uint8Array.from({ length: 3072 }, (_, p) => (p + 7) % 256))
    expect(cifarClasses[batches[4]!.labels[1]!]).toBe('truck')
  })

  it('accepts the batches in any order', async () => {
    const folder = await temporaryFolder()
    const path = await folder.write('x.tar.gz', gzipSync(tarBytes(...members().reverse())))
    expect((await batchesOf(path)).map(({ split, index }) => [split, index])).toEqual([
      ['test', 0],
      ['train', 4],
      ['train', 3],
      ['train', 2],
      ['train', 1],
      ['train', 0],
    ])
  })

  it('rejects an archive without a batch, with a duplicate one, and with half a record', async () => {
    expect(await refused(members().slice(1))).toMatchObject({
      code: 'data-format',
      received: 'an archive without data_batch_1.bin',
    })
    expect(await refused([...members(), members()[5]!])).toMatchObject({ received: 'test_batch.bin twice' })
    const half = [{ name: 'data_batch_1.bin', content: Buffer.alloc(3000) }, ...members().slice(1)]
    expect(await refused(half)).toMatchObject({ code: 'data-format', received: '3000 bytes' })
    const label = [{ name: 'data_batch_1.bin', content: record(10) }, ...members().slice(1)]
    expect(await refused(label)).toMatchObject({ code: 'data-label', received: '10' })
  })

  it('rejects names that escape from the archive', async () => {
    for (const name of ['../data_batch_1.bin', '/etc/data_batch_1.bin', 'C:\\data_batch_1.bin', 'a\\..\\..\\b']) {
      const problem = await refused([{ name, content: record(1) }, ...members()])
      expect(problem).toMatchObject({ code: 'data-format', received: JSON.stringify(name) })
    }
  })
})

describe('reading tar archives', () => {
  it('reads long names as written by GNU and POSIX tar, and skips everything but files', async () => {
    const long = `${'long/'.repeat(30)}name.bin`
    const pax = ` path=${long}\n`
    const archive = tarBytes(
      { name: '././@LongLink', type: 'L', content: Buffer.from(`${long}\0`) },
      { name: 'cut', content: Buffer.from('GNU') },
      { name: 'pax', type: 'x', content: Buffer.from(`${pax.length + 3}${pax}`) },
      { name: 'cut', content: Buffer.from('POSIX') },
      { name: 'folder/', type: '5' },
      { name: 'link', type: '2' },
      { name: 'last', content: Buffer.from('x') },
    )
    async function* stream() {
      for (let at = 0; at < archive.length; at += 700) yield archive.subarray(at, at + 700)
    }
    const found: unknown[] = []
    for await (const { name, size, pieces } of readTar('x.tar', stream(), 2 ** 20)) {
      const content: Buffer[] = []
      if (name !== 'last') for await (const piece of pieces) content.push(piece)
      found.push([name, size, Buffer.concat(content).toString()])
    }
    expect(found).toEqual([
      [long, 3, 'GNU'],
      [long, 5, 'POSIX'],
      ['last', 1, ''],
    ])
  })
})
