/** Numbers as ARIA takes them. */
import { describe, expect, it } from 'vitest'
import { ariaNumber } from '../../../src-renderer/ui/numberSteps'

describe('a number for ARIA', () => {
  it.each([
    [1e-8, '0.00000001'],
    [-2.5e-7, '-0.00000025'],
    [0.1, '0.1'],
    [1e21, '1000000000000000000000'],
    [12345.5, '12345.5'],
    [0, '0'],
  ])('%s has no exponent', (value, text) => expect(ariaNumber(value)).toBe(text))

  it('is left out where there is none', () => {
    expect([ariaNumber(null), ariaNumber(undefined), ariaNumber(Infinity)]).toEqual([undefined, undefined, undefined])
  })
})
