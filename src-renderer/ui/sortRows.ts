/** Sorting of table rows by one column, stable, with missing values last in both directions. */

export interface RowOrder {
  readonly column: string
  readonly descending: boolean
}

export type CellValue = string | number | null | undefined

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

function isMissing(value: CellValue): value is null | undefined {
  return value === null || value === undefined || (typeof value === 'number' && Number.isNaN(value))
}

function compareCells(a: CellValue, b: CellValue): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return collator.compare(String(a), String(b))
}

/** Rows in the order of `valueOf`; ties keep their order. */
export function sortRows<Row>(
  rows: readonly Row[],
  valueOf: (row: Row) => CellValue,
  descending: boolean,
): readonly Row[] {
  return [...rows].sort((first, second) => {
    const a = valueOf(first)
    const b = valueOf(second)
    if (isMissing(a) || isMissing(b)) return Number(isMissing(a)) - Number(isMissing(b))
    return descending ? compareCells(b, a) : compareCells(a, b)
  })
}
