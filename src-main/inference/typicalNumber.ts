/** A median or mean as a user would have written it. */
import type { SampleFacts } from '#core/data/facts'

/** Digits of a float32 that may have been in the file, and those that distinguish any float32 from its neighbors. */
const [FEWEST, MOST] = [6, 9]
/** Decimal digits that every float64 preserves. */
const WIDE = 15

/**
 * The shortest decimal that the data's precision cannot distinguish from the value. Halfway between two float32 values,
 * a median has noise of its own and equals no float32: 7.879999876022339 between 7.87 and 7.89.
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
