/** Medians as displayed and sent. */
import { describe, expect, it } from 'vitest'
import { typicalNumber } from '../../../src-main/inference/typicalNumber'

describe('a median of float32 numbers', () => {
  it('has no digits beyond those of the data', () => {
    for (const [below, above, middle] of [
      [7.87, 7.89, 7.88],
      [0.1, 0.2, 0.15],
      [-44.4, -44.5, -44.45],
      [3750, 3775, 3762.5],
      [20_140_103, 20_140_104, 20_140_104],
    ] as const)
      expect(typicalNumber((Math.fround(below) + Math.fround(above)) / 2, 'float32')).toBe(middle)
    expect(typicalNumber(7.879999876022339, 'float32')).toBe(7.88)
    expect(typicalNumber(Math.fround(0.3), 'float32')).toBe(0.3)
  })

  it('round-trips to the same float32 if it is one', () => {
    for (const value of [1 / 3, 1e-7, 123_456.7, 16_777_215, -2.5e30, 0].map(Math.fround))
      expect(Math.fround(typicalNumber(value, 'float32'))).toBe(value)
  })
})

it('a median of float64 numbers keeps their full precision', () => {
  expect(typicalNumber((0.1 + 0.2) / 2, 'float64')).toBe(0.15)
  expect(typicalNumber(20_140_103.25, 'float64')).toBe(20_140_103.25)
})
