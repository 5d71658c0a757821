/** Profile of a table: the content of every column, from one pass over its rows in bounded memory. */
import { isMissing, isNumber } from '../readers/cells'
import type { RowReader } from './rows'
import { RunningSpread } from './spread'

/** Distinct texts of a column to remember; a column with more is not categorical. */
export const CATEGORY_LIMIT = 1000

export class ColumnProfile {
  /** Cells with and without a value. */
  present = 0
  missing = 0
  readonly #numbers = new RunningSpread()
  /** Total characters of all present cells. */
  length = 0
  /** Distinct cells, while there are at most CATEGORY_LIMIT of them. */
  readonly values = new Set<string>()
  /** Whether there are more distinct cells than `values` holds. */
  overflows = false

  constructor(
    readonly name: string,
    readonly index: number,
  ) {}

  take(cell: string): void {
    if (isMissing(cell)) {
      this.missing++
      return
    }
    this.present++
    this.length += cell.length
    if (isNumber(cell)) this.#numbers.take(Number(cell))
    if (this.overflows || this.values.has(cell)) return
    if (this.values.size < CATEGORY_LIMIT) this.values.add(cell)
    else this.overflows = true
  }

  get numbers(): number {
    return this.#numbers.count
  }

  /** Whether float32 would lose too much precision for its numbers. */
  get isCoarse(): boolean {
    return this.#numbers.isCoarse
  }

  /** A column of mostly numbers is numeric; a text among them is then an error to report, not a category. */
  get type(): 'numeric' | 'categorical' {
    return this.numbers * 2 > this.present ? 'numeric' : 'categorical'
  }

  /** The distinct values in a fixed order: numbers by value, otherwise texts by UTF-16 code unit. */
  get categories(): string[] {
    const values = [...this.values].sort()
    return values.every(isNumber) ? values.sort((a, b) => Number(a) - Number(b)) : values
  }
}

export interface TableProfile {
  readonly columns: readonly ColumnProfile[]
  /** Labeled rows; only these count in the columns. */
  readonly rows: number
  readonly unlabelled: number
  /** Line of the first row without a label. */
  readonly firstUnlabeled: number | undefined
}

/** Profiles the rows that have a value in column `label`. */
export async function profileTable(
  reader: RowReader,
  label: number,
  advance: (rows: number) => Promise<void>,
): Promise<TableProfile> {
  const columns = reader.names.map((name, index) => new ColumnProfile(name, index))
  let rows = 0
  let unlabelled = 0
  let firstUnlabeled: number | undefined
  for await (const batch of reader.batches()) {
    batch.rows.forEach((row, i) => {
      if (isMissing(row[label]!)) {
        unlabelled++
        firstUnlabeled ??= batch.lines[i]!
        return
      }
      rows++
      for (const column of columns) column.take(row[column.index]!)
    })
    await advance(rows)
  }
  return { columns, rows, unlabelled, firstUnlabeled }
}
