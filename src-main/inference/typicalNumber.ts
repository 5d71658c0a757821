/** A median or a mean as a person would have written it. */
import type { SampleFacts } from '#core/data/facts'

/** Digits of a float32 that may have been in the file, and those with which any float32 is told from its neighbours. */
const [FEWEST, MOST] = [6, 9]
/** Decimal digits that every float64 keeps. */
const WIDE = 15

/**
 * The shortest decimal that the precision of the data cannot tell from the value. Halfway between two float32 a median has
 * noise of its own, which no float32 is equal to: 7.879999876022339 between 7.87 and 7.89.
 */
export function typicalNumber(value: number, dtype: SampleFacts['dtype']): number {
  if (!Number.isFinite(value) || value === 0) return value
  if (dtype === 'float64') return Number(value.toPrecision(WIDE))
  const halfStep = 2 ** (Math.floor(Math.log2(Math.abs(value))) - 24)
  for (let digits = FEWEST; digits < MOST; digits++) {
    const short = Number(value.toPrecision(digits))
    if (Math.abs(short - value) <= halfStep) return short
  }
  return Number(value.toPrecision(MOST))
}
