/** Text columns in a terminal: numbers right-aligned, words left-aligned, separated by spaces only. */
import { cellWidth, padEnd, padStart } from './text'

export type Align = 'left' | 'right'

export interface TextColumn {
  readonly title: string
  readonly align: Align
}

/** Lines of the table: the head, then the rows. */
export function formatTable(columns: readonly TextColumn[], rows: readonly (readonly string[])[]): string[] {
  const head = columns.map(({ title }) => title)
  const aligns = columns.map(({ align }) => align)
  return alignRows([head, ...rows], aligns)
}

/**
 * Every line is indented by two spaces and has no trailing spaces; columns without an alignment are left-aligned. Rows
 * may be short: the last cell of a short row extends over the missing columns and widens none.
 */
export function alignRows(rows: readonly (readonly string[])[], aligns: readonly Align[] = []): string[] {
  const widths: number[] = []
  const longest = Math.max(0, ...rows.map((row) => row.length))
  for (const row of rows)
    row.forEach((cell, c) => {
      const runsOn = c === row.length - 1 && row.length < longest
      widths[c] = Math.max(widths[c] ?? 0, runsOn ? 0 : cellWidth(cell))
    })
  return rows.map((row) => {
    const cells = row.map((cell, c) => (aligns[c] === 'right' ? padStart : padEnd)(cell, widths[c]!))
    return `  ${cells.join('   ').trimEnd()}`
  })
}
