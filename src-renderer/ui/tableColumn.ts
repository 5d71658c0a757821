/** A column of a DataTable. */
import type { CellValue } from './sortRows'

export interface TableColumn<Row> {
  readonly id: string
  readonly label: string
  /** The sort key and, without `text`, the displayed value. */
  readonly value: (row: Row) => CellValue
  readonly text?: (row: Row) => string
  /** Numbers are right-aligned. */
  readonly align?: 'left' | 'right'
  readonly sortable?: boolean
  readonly mono?: boolean
  /** Marks the lowest number of the column: bold and underlined. */
  readonly markLowest?: boolean
  /** Hidden on small windows. */
  readonly secondary?: boolean
}
