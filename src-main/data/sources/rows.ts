/** A table file as a stream of rows, whatever its format. */
import { extname } from 'node:path'
import type { SourceOf } from '#core/graph/dataSettings'
import type { Problem } from '#core/problems/problem'
import { detectDialect } from '../readers/dialect'
import { openParquet, readParquetRows } from '../readers/parquet'
import type { RowBatch } from '../readers/rows'
import { readRows } from '../readers/textTable'

export interface RowReader {
  readonly path: string
  /** Whether the names stand in the file; otherwise they are `column 1`, `column 2`, … */
  readonly hasHeader: boolean
  readonly names: readonly string[]
  /** Warnings: what was guessed about the file. */
  readonly notes: readonly Problem[]
  /** All rows from the first one; may be called again. */
  batches(): AsyncIterable<RowBatch>
}

/** How a table is written, as far as the project says so. */
export type DialectSettings = Pick<SourceOf<'table'>, 'delimiter' | 'quote' | 'encoding' | 'header'>

export const isParquet = (path: string): boolean => ['.parquet', '.pq'].includes(extname(path).toLowerCase())

/** `expectedNames` are columns that the project uses: a first row that holds one of them is a header. */
export async function openRows(
  path: string,
  dialect: DialectSettings,
  expectedNames: readonly string[],
): Promise<RowReader> {
  return isParquet(path) ? openParquetRows(path) : openTextRows(path, dialect, expectedNames)
}

/** Columns that no table cell can hold are left out; the project has to do without them. */
async function openParquetRows(path: string): Promise<RowReader> {
  const table = await openParquet(path)
  const names = table.columns.flatMap(({ name, refusal }) => (refusal === undefined ? [name] : []))
  const notes = table.columns.flatMap(({ name, refusal }) =>
    refusal === undefined ? [] : [refused(path, name, refusal)],
  )
  return { path, names, notes, hasHeader: true, batches: () => readParquetRows(table, names) }
}

function refused(path: string, column: string, refusal: string): Problem {
  return {
    code: 'data-column',
    severity: 'warning',
    place: { file: path, column },
    message: `Column ${column} was left out: it holds ${refusal}.`,
    fix: 'Nothing needs to be done, unless the column is needed: then write it as numbers or texts.',
  }
}

async function openTextRows(
  path: string,
  { delimiter, quote, encoding, header }: DialectSettings,
  expectedNames: readonly string[],
): Promise<RowReader> {
  const table = await detectDialect(path, {
    ...(delimiter !== undefined && { delimiter }),
    ...(quote !== undefined && { quote }),
    ...(encoding !== undefined && { encoding }),
    ...(header !== undefined && { header }),
    expectedNames,
  })
  const { names, notes, dialect } = table
  return { path, names, notes, hasHeader: dialect.header, batches: () => readRows(table) }
}
