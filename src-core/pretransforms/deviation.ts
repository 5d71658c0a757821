/** The divisor used by standardization. */
import type { ColumnStatistics } from '../data/facts'

/** Resolution of float32: smaller differences, relative to the values, are rounding and not spread. */
const resolution = 2 ** -23
/** Resolution of float64, with a margin for the rounding of sums. */
const wideResolution = 2 ** -46
/** The reciprocal of a smaller spread does not fit a float32. */
export const SMALLEST_SPREAD = 2 ** -100

/** The standard deviation, or 1 for a constant column, which is then only shifted. */
export function divisorOf({
  deviation,
  min,
  max,
  wide = false,
}: Pick<ColumnStatistics, 'deviation' | 'min' | 'max' | 'wide'>): number {
  const rounding = (wide ? wideResolution : resolution) * Math.max(Math.abs(min), Math.abs(max))
  return deviation > Math.max(SMALLEST_SPREAD, rounding) ? deviation : 1
}
