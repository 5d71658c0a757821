/** What a cell of a table says: a number, a text, or that nothing is known. */
import { CELL_LIMIT } from '#core/data/facts'

const missingWords = new Set(['', 'na', 'n/a', 'nan', 'null', '?'])
const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/** Empty, NA, N/A, NaN, null and ? in any case. */
export function isMissing(cell: string): boolean {
  return missingWords.has(cell.toLowerCase())
}

/** A decimal number that a float32 can hold. */
export function isNumber(cell: string): boolean {
  return decimal.test(cell) && Math.abs(Number(cell)) < CELL_LIMIT
}
