/** Numbers as written in the file. */
import { expect, it } from 'vitest'
import { shortNumber } from '#core/data/shortNumber'

it('omits the digits that float32 adds, and no others', () => {
  expect(shortNumber(Math.fround(43.9))).toBe(43.9)
  expect(shortNumber(Math.fround(2459800.5))).toBe(2459800.5)
  expect(shortNumber(16777215)).toBe(16777215)
  expect(shortNumber(2459800.123)).toBe(2459800.123)
  expect(shortNumber(NaN)).toBeNaN()
})
