/** Parquet tables as a stream of rows: per row group and page, in memory bounded by one page per column. */
import { fail } from '#core/problems/problem'
import { openFile } from './file'
import { Budget, ColumnReader } from './parquet/columnReader'
import { readLayout, type ParquetColumn, type ParquetFile } from './parquet/layout'
import { shortened, type RowBatch } from './rows'

export type { ParquetFile } from './parquet/layout'

const BATCH_ROWS = 1024

/**
 * Names, types and row count. Columns that cannot be table cells are listed with their actual type, and rejected by
 * name only when read.
 */
export async function openParquet(path: string): Promise<ParquetFile> {
  return readLayout(path)
}

/**
 * Rows in batches with cells as text: integers and decimals exactly, floats as the shortest round-trip decimal, dates
 * and times in ISO 8601, missing values empty. Reads the named columns, or all of them.
 */
export async function* readParquetRows(table: ParquetFile, names?: readonly string[]): AsyncGenerator<RowBatch> {
  const columns = names?.map((name) => findColumn(table, name)) ?? table.columns
  columns.forEach((column) => refuse(table, column))
  const file = await openFile(table.path)
  try {
    let first = 1
    for (const group of table.groups) {
      const budget = new Budget()
      const readers = columns.map(
        (column) =>
          new ColumnReader(table.path, file, column, group.chunks.get(column.name)!, first, group.rows, budget),
      )
      for (let begin = 0; begin < group.rows; begin += BATCH_ROWS) {
        const count = Math.min(BATCH_ROWS, group.rows - begin)
        const rows = Array.from({ length: count }, () => new Array<string>(columns.length))
        for (const [c, reader] of readers.entries()) await reader.read(count, (i, text) => (rows[i]![c] = text))
        yield { rows, lines: rows.map((_, i) => first + begin + i) }
      }
      first += group.rows
    }
  } finally {
    await file.close()
  }
}

function findColumn(table: ParquetFile, name: string): ParquetColumn {
  const column = table.columns.find((candidate) => candidate.name === name)
  if (column) return column
  return fail(
    'data-column',
    'absent',
    {
      quoted: JSON.stringify(name),
      expected: table.columns
        .slice(0, 30)
        .map((each) => shortened(each.name))
        .join(', '),
      received: name,
    },
    { file: table.path, column: name },
  )
}

function refuse({ path }: ParquetFile, { name, refusal }: ParquetColumn): void {
  if (refusal === undefined) return
  fail('data-column', 'parquet-nested', { name: shortened(name), refusal }, { file: path, column: name })
}
