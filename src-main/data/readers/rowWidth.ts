/** Row widths of a text table, compared with its column names. */
import type { Problem } from '#core/problems/problem'
import { makeProblem } from '#core/problems/wording'

/** The problem of a row that is longer or shorter than the header: a missing quote would shift every later cell. */
export function widthProblem(
  { path, names, dialect }: { path: string; names: readonly string[]; dialect: { delimiter: string } },
  row: readonly string[],
  line: number,
): Problem[] {
  if (row.length === names.length) return []
  const values = { cells: names.length, count: row.length, delimiter: JSON.stringify(dialect.delimiter) }
  return [makeProblem('data-row', row.length < names.length ? 'short' : 'long', values, { file: path, line })]
}

type Rows = readonly (readonly string[])[]

/** Whether every row has a trailing delimiter, so that an empty cell without a name follows the last column. */
export function endsInDelimiters(head: readonly string[] | undefined, rows: Rows): boolean {
  if (head && (head.length < 2 || (head.at(-1) !== '' && !rows.every(({ length }) => length === head.length + 1))))
    return false
  return rows.length > 0 && rows.every((row) => row.length > 1 && row.at(-1) === '')
}

/** Removes the empty cell after a trailing delimiter. */
export function dropTrailing(
  { names, trailing }: { names: readonly string[]; trailing: boolean },
  row: string[],
): string[] {
  if (trailing && row.length === names.length + 1 && row.at(-1) === '') row.pop()
  return row
}

/** Whether the header lacks a name for the first column, as in R's row names: every row has one more cell. */
export function lacksFirstName(head: readonly string[], rows: Rows): boolean {
  if (rows.length < 2 || rows.some(({ length }) => length !== head.length + 1)) return false
  return new Set(rows.map(([first]) => first)).size === rows.length
}
