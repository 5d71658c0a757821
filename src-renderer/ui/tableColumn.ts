/** A column of a DataTable. */
import type { CellValue } from './sortRows'

export interface TableColumn<Row> {
  readonly id: string
  readonly label: string
  /** What sorting compares and, without `text`, what is shown. */
  readonly value: (row: Row) => CellValue
  readonly text?: (row: Row) => string
  /** Numbers stand right. */
  readonly align?: 'left' | 'right'
  readonly sortable?: boolean
  readonly mono?: boolean
  /** Marks the lowest number of the column: bold and underlined. */
  readonly markLowest?: boolean
  /** Gives way on small windows. */
  readonly secondary?: boolean
}
