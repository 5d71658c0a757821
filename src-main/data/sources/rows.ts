/** A table file as a stream of rows, whatever its format. */
import type { SourceOf } from '#core/graph/dataSettings'
import type { Problem } from '#core/problems/problem'
import { detectDialect } from '../readers/dialect'
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

/** `expectedNames` are columns that the project uses: a first row that holds one of them is a header. */
export async function openRows(
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
