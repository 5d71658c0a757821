/** Cells of a row as a person reads and types them: numbers, names of categories, nothing where one is missing. */
import type { ColumnFacts } from '#core/data/facts'
import { shortNumber } from '#core/data/shortNumber'

export type Cell = number | string | null

/** The cell that a stored number stands for: the number itself, or the category with this code; NaN is a missing cell. */
export function cellOf(column: ColumnFacts, value: number | undefined): Cell {
  if (value === undefined || Number.isNaN(value)) return null
  return column.type === 'numeric' ? shortNumber(value) : (column.categories[value] ?? null)
}
