/** A table file as a stream of rows, whatever its format. */
import { readTable, type CsvOptions } from '../readers/csv'

export interface RowBatch {
  /** Cells as text; as many as there are names. */
  readonly rows: readonly (readonly string[])[]
  /** 1-based line (or row, for formats without lines) on which each row begins. */
  readonly lines: readonly number[]
}

export interface RowReader {
  readonly path: string
  /** Whether the names stand in the file; otherwise they are `column 1`, `column 2`, … */
  readonly hasHeader: boolean
  readonly names: readonly string[]
  /** All rows from the first one; may be called again. */
  batches(): AsyncIterable<RowBatch>
}

/** Rows of a batch. */
const BATCH = 4096

export async function openRows(path: string, options: CsvOptions): Promise<RowReader> {
  const { names, hasHeader, rows, lines } = await readTable(path, options)
  return {
    path,
    names,
    hasHeader,
    async *batches() {
      for (let at = 0; at < rows.length; at += BATCH)
        yield { rows: rows.slice(at, at + BATCH), lines: lines.slice(at, at + BATCH) }
    },
  }
}
