/** Columns of text in a terminal: numbers to the right, words to the left, nothing between but space. */
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
 * Every line is indented by two and has no space at its end; columns without alignment are left. Rows may be short: what stands
 * last in one runs on, over columns that it does not have, and makes none of them wider.
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
