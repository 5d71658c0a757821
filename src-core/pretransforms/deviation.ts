/** The number that standardisation divides by. */
import type { ColumnStatistics } from '../data/facts'

/** Resolution of float32: differences below it, relative to the values, are rounding and not spread. */
const resolution = 2 ** -23
/** Of float64, with some room for the rounding of sums. */
const wideResolution = 2 ** -46
/** Smaller spreads have no reciprocal that a float32 can hold. */
export const SMALLEST_SPREAD = 2 ** -100

/** The standard deviation, or 1 for a column that never changes, which is then only shifted. */
export function divisorOf({
  deviation,
  min,
  max,
  wide = false,
}: Pick<ColumnStatistics, 'deviation' | 'min' | 'max' | 'wide'>): number {
  const rounding = (wide ? wideResolution : resolution) * Math.max(Math.abs(min), Math.abs(max))
  return deviation > Math.max(SMALLEST_SPREAD, rounding) ? deviation : 1
}
