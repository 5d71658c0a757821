/** The number that standardisation divides by. */
import type { ColumnStatistics } from '../data/facts'

/** Resolution of float32: differences below it, relative to the values, are rounding and not spread. */
const resolution = 2 ** -23
/** Smaller spreads have no reciprocal that a float32 can hold. */
export const SMALLEST_SPREAD = 2 ** -100

/** The standard deviation, or 1 for a column that never changes, which is then only shifted. */
export function divisorOf({ deviation, min, max }: Pick<ColumnStatistics, 'deviation' | 'min' | 'max'>): number {
  return deviation > Math.max(SMALLEST_SPREAD, resolution * Math.max(Math.abs(min), Math.abs(max))) ? deviation : 1
}
