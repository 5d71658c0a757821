/** Whether float32, the type networks compute in, preserves enough of the numbers of a column. */

/** Integers up to here are exact in float32. */
const EXACT = 2 ** 24
/**
 * Ratio of magnitude to spread above which float32 is too coarse: it then rounds by up to 2⁻¹² of the standard
 * deviation, which shows in the fourth digit of a standardized value.
 */
const COARSE = 2 ** 12

export interface Spread {
  readonly min: number
  readonly max: number
  readonly deviation: number
}

/** `whole` says whether all values are integers. A constant column has nothing to lose. */
export function isCoarse({ min, max, deviation }: Spread, whole: boolean): boolean {
  const size = Math.max(Math.abs(min), Math.abs(max))
  if (deviation === 0 || (whole && size <= EXACT)) return false
  return size > COARSE * deviation
}

/** Distance between adjacent float32 values around a value. */
export function spacing(value: number): number {
  const size = Math.abs(value)
  return size === 0 ? 2 ** -149 : 2 ** Math.max(-149, Math.floor(Math.log2(size)) - 23)
}
