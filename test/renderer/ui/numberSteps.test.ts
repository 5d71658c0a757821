/** Numbers of fields: their limits and steps, and how ARIA takes them. */
import { describe, expect, it } from 'vitest'
import { ariaNumber, findRangeFault, stepNumber } from '../../../src-renderer/ui/numberSteps'

describe('a number for ARIA', () => {
  it.each([
    [1e-8, '0.00000001'],
    [-2.5e-7, '-0.00000025'],
    [0.1, '0.1'],
    [1e21, '1000000000000000000000'],
    [12345.5, '12345.5'],
    [0, '0'],
  ])('%s has no exponent', (value, text) => expect(ariaNumber(value)).toBe(text))

  it('is omitted if there is none', () => {
    expect([ariaNumber(null), ariaNumber(undefined), ariaNumber(Infinity)]).toEqual([undefined, undefined, undefined])
  })
})

describe('a range without its lower end', () => {
  const range = { min: 0, max: 1000, above: true }

  it.each([
    [0, 'notAbove'],
    [-1, 'notAbove'],
    [1e-300, null],
    [1000, null],
    [1001, 'tooLarge'],
  ])('takes %s: %s', (value, fault) => expect(findRangeFault(value, range)).toBe(fault))

  it('is not left by steps', () => {
    expect(stepNumber(0.001, -1, 0.0001, range)).toBe(0.0009)
    expect(stepNumber(0.001, -10, 0.0001, range)).toBe(0.001)
    expect(stepNumber(0.001, -10, 0.0001, { ...range, above: false })).toBe(0)
  })
})
