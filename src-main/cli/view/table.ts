/** Columns of text in a terminal: numbers to the right, words to the left, nothing between but space. */
import { cellWidth, padEnd, padStart } from './text'

export type Align = 'left' | 'right'

export interface TableColumn {
  readonly title: string
  readonly align: Align
}

/** Lines of the table: the head, then the rows. */
export function formatTable(columns: readonly TableColumn[], rows: readonly (readonly string[])[]): string[] {
  const head = columns.map(({ title }) => title)
  const aligns = columns.map(({ align }) => align)
  return alignRows([head, ...rows], aligns)
}

/** Every line is indented by two and has no space at its end; rows may be short, columns without alignment are left. */
export function alignRows(rows: readonly (readonly string[])[], aligns: readonly Align[] = []): string[] {
  const widths: number[] = []
  for (const row of rows) row.forEach((cell, c) => (widths[c] = Math.max(widths[c] ?? 0, cellWidth(cell))))
  return rows.map((row) => {
    const cells = row.map((cell, c) => (aligns[c] === 'right' ? padStart : padEnd)(cell, widths[c]!))
    return `  ${cells.join('   ').trimEnd()}`
  })
}
