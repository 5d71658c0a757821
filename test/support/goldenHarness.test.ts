/** The test support itself: comparisons that must fail do fail, and report where. */
import { describe, expect, it } from 'vitest'
import { expectClose } from './expectClose'
import { checksum, deviation } from './checksum'
import { expectGradients } from './finiteDifferences'
import { goldenCases } from './goldens'
import { hashedNumbers } from './hashedNumbers'
import { array64, type Array64 } from './reference/array'
import { erf } from './reference/elementwise'
import { parseSafetensors } from './safetensors'

const numbers = (...data: number[]) => ({ shape: [data.length], data })

describe('expectClose', () => {
  it('accepts errors up to the tolerance times the scale of the expected tensor', () => {
    expectClose(numbers(1.0005, 100), numbers(1, 100), { relative: 1e-5 })
  })

  it('reports the worst element, its error and the tolerance', () => {
    const actual = { shape: [2, 2], data: [1, 2, 3.5, 4.2] }
    const expected = { shape: [2, 2], data: [1, 2, 3, 4] }
    expect(() => expectClose(actual, expected, { absolute: 0.1 }, 'weights')).toThrow(
      'weights: 2 of 4 elements are off; the worst is [1, 0]: received 3.5, expected 3, error 5.00e-1, allowed 1.00e-1',
    )
  })

  it('never accepts NaN', () => {
    expect(() => expectClose(numbers(NaN, 1), numbers(0, 1), { absolute: 10 })).toThrow('received NaN')
    expect(() => expectClose(numbers(1, 1), numbers(NaN, 1), { absolute: 1 })).toThrow('1 of 2 elements are off')
  })

  it('does not let an infinite expected value excuse other elements', () => {
    expectClose(numbers(Infinity, 1), numbers(Infinity, 1), { relative: 1e-6 })
    expect(() => expectClose(numbers(Infinity, 2), numbers(Infinity, 1), { relative: 1e-6 })).toThrow(
      'the worst is [1]',
    )
    expect(() => expectClose(numbers(3, 1), numbers(Infinity, 1), { relative: 1e-6 })).toThrow('the worst is [0]')
  })

  it('rejects a different shape with the same elements', () => {
    expect(() => expectClose({ shape: [1, 2], data: [1, 2] }, numbers(1, 2), { absolute: 1 })).toThrow('shape')
  })
})

describe('expectGradients', () => {
  const x = array64('float32', [40], Float64Array.from(hashedNumbers('x', 40)))
  const cubes = (inputs: Readonly<Record<string, Array64>>) =>
    inputs.x!.data.reduce((sum, value) => sum + value ** 3, 0)
  const gradient = array64(
    'float32',
    [40],
    x.data.map((value) => 3 * value ** 2),
  )

  it('accepts the exact gradient', () => {
    expectGradients(cubes, { x }, { x: gradient })
  })

  it.each([0, 17, 39])('detects one wrong element at index %i, also between the sampled ones', (place) => {
    const wrong = array64('float32', [40], gradient.data.slice())
    wrong.data[place]! += 1e-4
    expect(() => expectGradients(cubes, { x }, { x: wrong })).toThrow('gradient of x')
  })

  it('detects a gradient that is a millionth too large', () => {
    const wrong = array64(
      'float32',
      [40],
      gradient.data.map((value) => value * (1 + 3e-6)),
    )
    expect(() => expectGradients(cubes, { x }, { x: wrong })).toThrow('gradient of x')
  })
})

describe('checksums', () => {
  it('contain the sums and both ends', () => {
    expect([...checksum(Float32Array.of(1, -2, 3, -4, 5, -6))]).toEqual([-3, 21, 1, -2, 3, -4, 3, -4, 5, -6])
  })

  it('show a deviation in a sum or in an end element relative to the size of the tensor', () => {
    const golden = checksum(Float32Array.of(1, -2, 3, -4, 5, -6))
    expect(deviation(golden, golden, 6)).toBe(0)
    expect(deviation(checksum(Float32Array.of(1, -2, 3, -4, 5, -6.6)), golden, 6)).toBeCloseTo(0.1, 6)
  })
})

describe('the golden files', () => {
  it("provide a case's tensors, groups and parameters", () => {
    const item = goldenCases('layers', 'linear').find(({ name }) => name === 'matrix')!
    expect(item.params).toEqual({ outFeatures: 4, bias: true })
    expect(Object.keys(item.group('weight')).sort()).toEqual(['bias', 'weight'])
    expect(item.get('input/0').shape).toEqual([5, 7])
    expect(() => item.get('no such role')).toThrow('golden layers/linear, case matrix, has no no such role')
  })

  it('are rejected if a tensor does not fill its shape', () => {
    const header = JSON.stringify({ x: { dtype: 'F32', shape: [3], data_offsets: [0, 8] } })
    const bytes = new Uint8Array(8 + header.length + 8)
    new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true)
    bytes.set(new TextEncoder().encode(header), 8)
    expect(() => parseSafetensors(bytes)).toThrow('x holds 8 bytes, not 12')
  })
})

describe('the float64 interpreter', () => {
  it('computes the error function to fifteen digits', () => {
    for (const [x, value] of [
      [0.1, 0.1124629160182849],
      [0.5, 0.5204998778130465],
      [1, 0.8427007929497149],
      [-2, -0.9953222650189527],
      [4, 0.9999999845827421],
    ] as const)
      expect(Math.abs(erf(x) - value)).toBeLessThan(2e-15)
  })
})
