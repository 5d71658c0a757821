/**
 * Text tables as a stream of rows: CSV, TSV and any other delimiter, in memory bounded by one chunk of the file and one
 * batch.
 */
import { ProblemError, type Problem } from '#core/problems/problem'
import { decodeFile } from './decodeFile'
import { detectDialect, failEmpty, type DialectOptions, type TextTable } from './dialect'
import { failTooLarge, fileSize } from './file'
import { PROBLEM_LIMIT, type RowBatch } from './rows'
import { RowSplitter } from './rowSplitter'
import { dropTrailing, widthProblem } from './rowWidth'

export interface ReadRowsOptions {
  /** Receives the problem of a row of the wrong width, which is skipped; without it, reading fails. */
  readonly onProblem?: (problem: Problem) => void
}

/** A table held completely in memory. */
export interface Table {
  readonly path: string
  readonly delimiter: string
  /** Whether the names are in the file; otherwise they are `column 1`, `column 2`, … */
  readonly hasHeader: boolean
  readonly names: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** 1-based line where each row starts. */
  readonly lines: readonly number[]
}

const BATCH_ROWS = 1024
const BATCH_CELLS = 2 ** 16
/** Maximum file size in bytes for `readTable`; as text, cells take about ten times as much. */
const TABLE_LIMIT = 64 * 2 ** 20

/**
 * The rows of a table in batches, read on demand. Cells are always text.
 * Fails with problems that name line and column.
 */
export async function* readRows(table: TextTable, options: ReadRowsOptions = {}): AsyncGenerator<RowBatch> {
  const fatal = table.problems.filter(({ code }) => code === 'data-column')
  if (fatal.length > 0) throw new ProblemError(fatal)
  const collector = new RowCollector(table, options)
  const splitter = new RowSplitter(table.path, table.dialect, (row, line) => collector.add(row, line))
  splitter.names = table.names
  for await (const text of decodeFile(table.path, table.found)) {
    collector.run(() => splitter.push(text))
    yield* collector.full()
  }
  collector.run(() => splitter.finish())
  yield* collector.full()
  const rest = collector.rest()
  if (rest) yield rest
  if (collector.count === 0) failEmpty(table.path, table.dialect.header ? 'a header without rows' : 'no row')
}

/** Reads a whole table into memory; fails with problems that name the file, the line and the column. */
export async function readTable(path: string, options: DialectOptions = {}): Promise<Table> {
  const size = await fileSize(path)
  if (size > TABLE_LIMIT) failTooLarge(path, size, TABLE_LIMIT)
  const table = await detectDialect(path, options)
  const rows: (readonly string[])[] = []
  const lines: number[] = []
  for await (const batch of readRows(table)) {
    for (const row of batch.rows) rows.push(row)
    for (const line of batch.lines) lines.push(line)
  }
  const { names, dialect } = table
  return { path, delimiter: dialect.delimiter, hasHeader: dialect.header, names, rows, lines }
}

/** Collects rows into batches and row problems into groups. */
class RowCollector {
  count = 0
  private batches: RowBatch[] = []
  private rows: string[][] = []
  private lines: number[] = []
  private problems: Problem[] = []
  private header: boolean

  constructor(
    private readonly table: TextTable,
    private readonly options: ReadRowsOptions,
  ) {
    this.header = table.dialect.header
  }

  add(row: string[], line: number): void {
    if (this.header) {
      this.header = false
      return
    }
    this.count++
    dropTrailing(this.table, row)
    const [problem] = widthProblem(this.table, row, line)
    if (problem) return this.report(problem)
    this.rows.push(row)
    this.lines.push(line)
    if (this.rows.length >= BATCH_ROWS || this.rows.length * row.length >= BATCH_CELLS) this.close()
  }

  /** Lets `split` add rows; if it fails, earlier row problems are reported with the failure. */
  run(split: () => void): void {
    try {
      split()
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      throw new ProblemError([...this.problems, ...error.problems].slice(0, PROBLEM_LIMIT))
    }
    if (this.problems.length > 0) throw new ProblemError(this.problems)
  }

  /** The complete batches. */
  full(): RowBatch[] {
    const batches = this.batches
    this.batches = []
    return batches
  }

  rest(): RowBatch | undefined {
    return this.rows.length > 0 ? { rows: this.rows, lines: this.lines } : undefined
  }

  private close(): void {
    this.batches.push({ rows: this.rows, lines: this.lines })
    this.rows = []
    this.lines = []
  }

  private report(problem: Problem): void {
    if (this.options.onProblem) this.options.onProblem(problem)
    else if (this.problems.length < PROBLEM_LIMIT) this.problems.push(problem)
  }
}
