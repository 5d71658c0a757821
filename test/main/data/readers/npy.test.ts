import { describe, expect, it } from 'vitest'
import { openNpy, readNpy, readNpySlice } from '../../../../src-main/data/readers/npy'
import { openNpz, openNpzArray } from '../../../../src-main/data/readers/npz'
import { problemsOf, temporaryFolder } from '../temporaryFolder'
import { fixture } from './fixtures'

const array = (name: string) => fixture(`arrays/${name}`)
const counting = (from: number) => Array.from({ length: 24 }, (_, i) => from + i)

describe('reading NumPy arrays', () => {
  it.each([
    ['b1.npy', 'bool', counting(0).map((i) => i % 2)],
    ['u1.npy', 'uint8', counting(0)],
    ['i1.npy', 'int8', counting(-12)],
    ['little-u2.npy', 'uint16', counting(0)],
    ['big-u2.npy', 'uint16', counting(0)],
    ['little-i2.npy', 'int16', counting(-12)],
    ['little-i4.npy', 'int32', counting(-12)],
    ['big-i4.npy', 'int32', counting(-12)],
    ['little-u4.npy', 'uint32', counting(0)],
    ['little-i8.npy', 'int64', counting(-12)],
    ['big-i8.npy', 'int64', counting(-12)],
    ['little-u8.npy', 'uint64', counting(0)],
    ['little-f2.npy', 'float16', counting(-12)],
    ['big-f2.npy', 'float16', counting(-12)],
    ['little-f4.npy', 'float32', counting(-12)],
    ['big-f4.npy', 'float32', counting(-12)],
    ['little-f8.npy', 'float64', counting(-12)],
    ['big-f8.npy', 'float64', counting(-12)],
  ])('gives the numbers that NumPy wrote into %s', async (name, elementType, numbers) => {
    const { shape, elementType: found, data } = await readNpy(array(name))
    expect({ shape, found, data: [...data] }).toEqual({ shape: [4, 3, 2], found: elementType, data: numbers })
  })

  it('returns a slice along the first axis, from a file in C and in Fortran order', async () => {
    for (const name of ['little-i4.npy', 'fortran.npy']) {
      const offset = name === 'fortran.npy' ? 0 : -12
      const { shape, data } = await readNpySlice(await openNpy(array(name)), 1, 2)
      expect(shape).toEqual([2, 3, 2])
      expect([...data]).toEqual(counting(offset).slice(6, 18))
    }
    expect([...(await readNpy(array('fortran.npy'))).data]).toEqual(counting(0))
  })

  it('reads all three versions of the format, and a single number', async () => {
    for (const version of [1, 2, 3]) {
      expect([...(await readNpy(array(`version${version}.npy`))).data]).toEqual([0, 1, 2, 3, 4, 5])
    }
    expect(await readNpy(array('scalar.npy'))).toMatchObject({ shape: [], data: Float64Array.of(2.5) })
  })

  it('reads half precision as IEEE 754 defines it', async () => {
    const folder = await temporaryFolder()
    const halves = [0x0001, 0x03ff, 0x0400, 0x3c01, 0x7bff, 0x7c00, 0xfc00, 0x7e00, 0x8000]
    const header = "{'descr': '<f2', 'fortran_order': False, 'shape': (9,), }".padEnd(117) + '\n'
    const path = await folder.write(
      'half.npy',
      Buffer.concat([
        Buffer.from('\x93NUMPY\x01\x00', 'latin1'),
        Buffer.from([header.length, 0]),
        Buffer.from(header),
        Buffer.from(Uint16Array.from(halves).buffer),
      ]),
    )
    const expected = [2 ** -24, 1023 * 2 ** -24, 2 ** -14, 1 + 1 / 1024, 65504, Infinity, -Infinity, NaN, -0]
    expect([...(await readNpy(path)).data]).toEqual(expected)
  })

  it.each([
    ['objects.npy', /pickled Python objects/],
    ['texts.npy', /U3/],
    ['complex.npy', /c16/],
  ])('rejects %s', async (name, received) => {
    const [problem] = await problemsOf(openNpy(array(name)))
    expect(problem).toMatchObject({ code: 'data-format', place: { file: array(name), byte: 10 } })
    expect(problem!.received).toMatch(received)
  })
})

describe('reading NumPy archives', () => {
  it.each(['stored.npz', 'deflated.npz'])('lists the arrays of %s and reads slices of each', async (name) => {
    const npz = await openNpz(array(name))
    expect(npz.members.map(({ name: member, size }) => [member, size])).toEqual([
      ['x_train', 248],
      ['y_train', 208],
    ])
    const images = await openNpzArray(npz, 'x_train')
    expect(images).toMatchObject({ path: `${array(name)}#x_train`, shape: [10, 3, 4], elementType: 'uint8' })
    expect([...(await readNpySlice(images, 4, 1)).data]).toEqual([48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59])
    // Backward, which requires restarting a deflated stream, and concurrently.
    const slices = await Promise.all([8, 0, 3].map((begin) => readNpySlice(images, begin, 2)))
    expect(slices.map(({ data }) => data[0])).toEqual([96, 0, 36])
    const labels = await openNpzArray(npz, 'y_train')
    expect([...(await readNpySlice(labels, 0, 10)).data]).toEqual([0, 1, 2, 0, 1, 2, 0, 1, 2, 0])
    await images.source.close()
    await labels.source.close()
  })

  it('names the available arrays if one is missing', async () => {
    const npz = await openNpz(array('stored.npz'))
    const [problem] = await problemsOf(openNpzArray(npz, 'X_train'))
    expect(problem).toMatchObject({ code: 'data-missing', expected: 'x_train, y_train', received: 'X_train' })
  })
})
