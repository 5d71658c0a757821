/** Row cells as the user reads and types them: numbers, category names, empty if missing. */
import type { ColumnFacts } from '#core/data/facts'
import { shortNumber } from '#core/data/shortNumber'

export type Cell = number | string | null

/** The cell for a stored number: the number itself, or the category with this code; NaN is a missing cell. */
export function cellOf(column: ColumnFacts, value: number | undefined): Cell {
  if (value === undefined || Number.isNaN(value)) return null
  return column.type === 'numeric' ? shortNumber(value) : (column.categories[value] ?? null)
}
