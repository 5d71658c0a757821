/** Samples read ahead by workers match the order, for any block sizes. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { permutation } from '#core/base/random'
import { SampleStream } from '../../../../src-main/data/loader/sampleStream'
import { CacheStore } from '../../../../src-main/data/prepare/cacheStore'
import type { SampleArray } from '../../../../src-main/data/samples'
import type { StoredSamples } from '../../../../src-main/data/prepare/preparation'

const COUNT = 5000
const SHAPE = [3, 20, 20]
const SIZE = 1200

let folder: string
let stored: StoredSamples

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'layerloom-样本-'))
  const { entry } = await new CacheStore(folder).findOrBuild('0'.repeat(40), async (writer) => {
    const samples = await writer.file('samples.bin')
    for (let i = 0; i < COUNT; i++) await samples.append(sampleOf(i))
    return { step: 'read', source: 'test', count: COUNT, details: null }
  })
  stored = { entry, form: { dtype: 'uint8', shape: SHAPE } }
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** A sample that encodes its index. */
function sampleOf(index: number): Uint8Array {
  return Uint8Array.from({ length: SIZE }, (_, i) => (i < 2 ? index >> (8 * i) : index + i) & 0xff)
}

/** The indices of samples, after checking all their bytes. */
function indicesOf(samples: SampleArray): number[] {
  return Array.from({ length: samples.length / SIZE }, (_, i) => {
    const one = Buffer.from(samples.slice(i * SIZE, (i + 1) * SIZE))
    const index = one.readUInt16LE()
    expect(one.equals(sampleOf(index)), `all of sample ${index}`).toBe(true)
    return index
  })
}

describe('the samples of an epoch', () => {
  it.each([
    [1, 1],
    [1, 4],
    [2, 2],
  ])('arrive in order from %d workers that read %d blocks ahead', async (workers, prefetch) => {
    const stream = new SampleStream(stored, { workers, prefetch })
    const order = permutation(COUNT, 7)
    stream.follow(order)
    const seen: number[] = []
    for (const count of [1, 64, 640, 64, 3, 2000, 1228, 1000]) {
      const part = order.subarray(seen.length, seen.length + count)
      expect(stream.isNext(part)).toBe(true)
      seen.push(...indicesOf(await stream.take(count)))
    }
    expect(seen).toEqual([...order])
    await stream.close()
  })

  it('can be read from the middle, and a new order can replace the first', async () => {
    const stream = new SampleStream(stored, { workers: 2, prefetch: 2 })
    const first = permutation(COUNT, 1)
    const second = permutation(COUNT, 2)
    stream.follow(first, 4000)
    expect(indicesOf(await stream.take(10))).toEqual([...first.subarray(4000, 4010)])
    expect(stream.isNext(first.subarray(4000, 4010))).toBe(false)
    stream.follow(second)
    expect(stream.isNext(first.subarray(0, 10))).toBe(false)
    expect(indicesOf(await stream.take(10))).toEqual([...second.subarray(0, 10)])
    await stream.close()
  })

  it('fail if the file is gone or the samples do not exist, and never hang', async () => {
    const stream = new SampleStream(stored, { workers: 1, prefetch: 1 })
    stream.follow(Int32Array.of(COUNT + 5))
    await expect(stream.take(1)).rejects.toThrow(`sample ${COUNT + 5} of ${COUNT}`)
    await stream.close()
    const gone = { ...stored, entry: { ...stored.entry, folder: join(folder, 'nowhere') } }
    const other = new SampleStream(gone, { workers: 1, prefetch: 1 })
    other.follow(Int32Array.of(0))
    await expect(other.take(1)).rejects.toThrow('ENOENT')
    await other.close()
  })
})
