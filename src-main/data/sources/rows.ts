/** A table file of any format as a stream of rows. */
import { extname } from 'node:path'
import type { Text } from '#core/base/text'
import { missingWords } from '#core/data/missingWords'
import type { SourceOf } from '#core/graph/dataSettings'
import type { Problem } from '#core/problems/problem'
import { makeProblem } from '#core/problems/wording'
import { CellReader, plainNumbers, type CellForm, type NumberForm } from '../readers/cells'
import { detectDialect, type DialectOptions } from '../readers/dialect'
import { openParquet, readParquetRows } from '../readers/parquet'
import type { RowBatch } from '../readers/rows'
import { readRows } from '../readers/textTable'

export interface RowReader {
  readonly path: string
  /** Whether the names are in the file; otherwise they are `column 1`, `column 2`, … */
  readonly hasHeader: boolean
  readonly names: readonly string[]
  /** Columns without a name in the file: row names, or a data frame index. */
  readonly unnamed: readonly string[]
  /** Warnings about guesses. */
  readonly notes: readonly Problem[]
  /** Normalizes cells; reports which words meant missing in the batches so far. */
  readonly cells: CellReader
  /**
   * All rows from the first; may be called again. A missing cell is empty, and a number has a decimal point and no
   * other marks, regardless of the file's format.
   */
  batches(): AsyncIterable<RowBatch>
}

const dialectKeys = ['delimiter', 'quote', 'encoding', 'header', 'decimal', 'thousands', 'comment'] as const
const cellKeys = ['missing', 'sentinels'] as const

/** A table's dialect, as far as the project specifies it. */
export type DialectSettings = Pick<SourceOf<'table'>, (typeof dialectKeys)[number] | (typeof cellKeys)[number]>

/** The dialect specified by a project, without unspecified parts. */
export function dialectOptions(settings: DialectSettings): DialectOptions {
  const said = [...dialectKeys, ...cellKeys].flatMap((key) =>
    settings[key] === undefined ? [] : [[key, settings[key]]],
  )
  return Object.fromEntries(said) as DialectOptions
}

/** What is known about the columns before the file is read. */
export interface KnownColumns {
  /** Column names used by the project: a first row with one of them is a header. */
  readonly names: readonly string[]
  /** Per column, words that are values there, regardless of their meaning elsewhere. */
  readonly kept?: ReadonlyMap<string, ReadonlySet<string>>
  /** The number format if the rows are ambiguous. */
  readonly numbers?: NumberForm
  /** The delimiter if the rows do not show it. */
  readonly delimiter?: string | undefined
}

/** A stored table represents missing cells explicitly; marks in it are values. */
export const storedForm = ({ missing, sentinels }: Pick<CellForm, 'missing' | 'sentinels'>): CellForm => ({
  ...plainNumbers,
  missing: missing ?? missingWords.filter((word) => /\w/.test(word) || word === '?'),
  sentinels,
})

/** The index pandas stores with the columns of a data frame. */
export const isStoredIndex = (name: string): boolean => /^__index_level_\d+__$/.test(name)

export const isParquet = (path: string): boolean => ['.parquet', '.pq'].includes(extname(path).toLowerCase())

export async function openRows(path: string, dialect: DialectSettings, known: KnownColumns): Promise<RowReader> {
  return isParquet(path) ? openParquetRows(path, dialect, known) : openTextRows(path, dialect, known)
}

/** Columns that cannot be table cells are left out; the project has to do without them. */
async function openParquetRows(path: string, dialect: DialectSettings, { kept }: KnownColumns): Promise<RowReader> {
  const table = await openParquet(path)
  const names = table.columns.flatMap(({ name, refusal }) => (refusal === undefined ? [name] : []))
  const notes = table.columns.flatMap(({ name, refusal }) =>
    refusal === undefined ? [] : [refused(path, name, refusal)],
  )
  const cells = new CellReader(names, storedForm(dialect), kept)
  const batches = () => cells.batches(readParquetRows(table, names))
  return { path, names, unnamed: names.filter(isStoredIndex), notes, cells, hasHeader: true, batches }
}

function refused(file: string, column: string, refusal: Text): Problem {
  const where = { file, column, severity: 'warning' } as const
  return makeProblem('data-column', 'parquet-left-out', { name: column, refusal }, where)
}

async function openTextRows(
  path: string,
  settings: DialectSettings,
  { names: expectedNames, kept = new Map(), numbers, delimiter: expectedDelimiter }: KnownColumns,
): Promise<RowReader> {
  const table = await detectDialect(path, {
    ...dialectOptions(settings),
    expectedNames,
    expectedDelimiter,
    ...(numbers && { expectedNumbers: numbers }),
  })
  const { names, unnamed, notes, dialect } = table
  const cells = new CellReader(names, table.cells, new Map([...table.kept, ...kept]))
  const batches = () => cells.batches(readRows(table))
  return { path, names, unnamed, notes, cells, hasHeader: dialect.header, batches }
}
