/** What a step did to the cells of one row: the columns whose cell changed, is new, or was removed. */

/** Maximum number of cells shown per step. */
export const MOST_CELLS = 6

type Cell = number | string | null

interface Row {
  readonly columns: readonly string[]
  readonly cells: readonly Cell[]
}

export interface ChangedCell {
  readonly name: string
  /** Undefined if the column did not exist, or no longer does. */
  readonly before: Cell | undefined
  readonly after: Cell | undefined
}

/** The first changed cells; without a previous row, the first cells of the row. */
export function changedCells(
  before: Row | undefined,
  after: Row,
): { readonly cells: readonly ChangedCell[]; readonly hidden: number } {
  const was = new Map(before?.columns.map((name, c) => [name, before.cells[c]!]))
  const is = new Map(after.columns.map((name, c) => [name, after.cells[c]!]))
  const names = before === undefined ? after.columns : [...new Set([...before.columns, ...after.columns])]
  const changed = names
    .map((name): ChangedCell => ({ name, before: was.get(name), after: is.get(name) }))
    .filter((cell) => before === undefined || cell.before !== cell.after)
  return { cells: changed.slice(0, MOST_CELLS), hidden: Math.max(0, changed.length - MOST_CELLS) }
}
