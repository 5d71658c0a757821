/** The input that a number field understands, and its stepping. */
import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { parseNumberExpression } from '../../../src-renderer/ui/numberExpression'
import { clampNumber, findRangeFault, stepNumber, writeNumber } from '../../../src-renderer/ui/numberSteps'

describe('a number expression', () => {
  it('is a number or simple arithmetic, with commonly typed signs', () => {
    expect(
      [
        '64',
        '1e-3',
        ' 2 * 64 ',
        '2×64',
        '(28+4)/2',
        '2^7',
        '-2^2',
        '2^-1',
        '1,024',
        '−.5',
        '8-3-2',
        '100/5÷2',
        '.5e1',
      ].map(parseNumberExpression),
    ).toEqual([64, 0.001, 128, 128, 16, 128, -4, 0.5, 1024, -0.5, 3, 10, 5])
  })

  it('is rejected if it is anything else', () => {
    const refused = ['', ' ', 'abc', '2*', '(1', '1)', '1 2 +', '1/0', '0/0', '2**3', '1e', 'Infinity', '0x10', '1e400']
    expect(refused.map(parseNumberExpression)).toEqual(refused.map(() => null))
  })

  it('reads back every number the field writes', () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        (value) => parseNumberExpression(writeNumber(value)) === value + 0 || Object.is(value, -0),
      ),
    )
  })
})

describe('stepping', () => {
  it('keeps decimals exact', () => {
    expect([
      stepNumber(0.1, 1, 0.1, {}),
      stepNumber(0.3, -3, 0.1, {}),
      stepNumber(0.001, 0.1, 0.0001, {}),
      stepNumber(1e-5, 1, 1e-5, {}),
    ]).toEqual([0.2, 0, 0.00101, 0.00002])
  })

  it('moves an integer by at least one and stays inside the range', () => {
    expect([
      stepNumber(3, 0.1, 1, { integer: true }),
      stepNumber(3, -0.1, 1, { integer: true }),
      stepNumber(60, 10, 1, { max: 64 }),
      stepNumber(2, -10, 1, { min: 1 }),
    ]).toEqual([4, 2, 64, 1])
  })

  it('never leaves the range, for any step', () => {
    const number = fc.double({ min: -1e6, max: 1e6, noNaN: true })
    fc.assert(
      fc.property(number, number, fc.integer({ min: -100, max: 100 }), (a, b, count) => {
        const range = { min: Math.min(a, b), max: Math.max(a, b) }
        const value = stepNumber(clampNumber(0, range), count, 0.37, range)
        return value >= range.min && value <= range.max
      }),
    )
  })

  it('describes what is wrong with a value', () => {
    const range = { min: 1, max: 8, integer: true }
    expect([null, 0, 9, 2.5, 4].map((value) => findRangeFault(value, range))).toEqual([
      'notNumber',
      'tooSmall',
      'tooLarge',
      'notInteger',
      null,
    ])
  })
})

it('accepts commas only as thousands separators, so that a decimal comma is not misread', () => {
  const typed = ['1,024', '2*1,024', '12,345,678.5', '0,5', '1,5', '0,001', '1,0245', '1,24', ',5']
  expect(typed.map(parseNumberExpression)).toEqual([1024, 2048, 12345678.5, null, null, null, null, null, null])
})
