/** The begin of a table file, whatever its format: how it is written, its columns, and the rows that can be read in passing. */
import type { Problem } from '#core/problems/problem'
import type { DataProposal } from '#core/rpc/contract/data'
import { detectDialect, type Dialect } from '../readers/dialect'
import { openParquet, readParquetRows } from '../readers/parquet'
import type { RowBatch } from '../readers/rows'
import { readRows } from '../readers/textTable'
import { isParquet, type DialectSettings } from '../sources/rows'
import { ColumnSample } from './columnSample'
import { problemsOf, type Patience } from './proposal'

export interface TableBegin {
  readonly columns: readonly ColumnSample[]
  readonly first: readonly (readonly string[])[]
  readonly dialect: Dialect | undefined
  /** Rows that were read, and whether they are all. */
  readonly read: number
  readonly whole: boolean
  /** Rows of the file, where it says so or all were read. */
  readonly count: number | null
  readonly problems: readonly Problem[]
}

const SHOWN_ROWS = 20
/** Cells that are shown of a wide table, and characters of each. */
const SHOWN_CELLS = 4000
const SHOWN_CHARACTERS = 200
const PROBLEMS = 10

export async function openTable(path: string, dialect: DialectSettings, patience: Patience): Promise<TableBegin> {
  const table = isParquet(path) ? await parquetTable(path) : await textTable(path, dialect)
  const columns = table.names.map((name, index) => new ColumnSample(name, index))
  const shown = Math.max(1, Math.min(SHOWN_ROWS, Math.floor(SHOWN_CELLS / columns.length)))
  const first: string[][] = []
  const problems = [...table.problems]
  let read = 0
  let whole = true
  try {
    for await (const { rows, lines } of table.batches(
      (problem) => problems.length < PROBLEMS && problems.push(problem),
    )) {
      for (const [i, row] of rows.entries()) for (const column of columns) column.take(row[column.index]!, lines[i]!)
      for (const row of rows.slice(0, shown - first.length))
        first.push(row.map((cell) => cell.slice(0, SHOWN_CHARACTERS)))
      read += rows.length
      if (patience.isOver) {
        whole = false
        break
      }
    }
  } catch (error) {
    whole = false
    problems.push(...problemsOf(error))
  }
  const count = table.count ?? (whole ? read : null)
  return { columns, first, dialect: table.dialect, read, whole, count, problems: distinct(problems) }
}

interface OpenedTable {
  readonly names: readonly string[]
  readonly dialect: Dialect | undefined
  readonly count: number | undefined
  readonly problems: readonly Problem[]
  batches(onProblem: (problem: Problem) => void): AsyncIterable<RowBatch>
}

async function parquetTable(path: string): Promise<OpenedTable> {
  const file = await openParquet(path)
  const names = file.columns.flatMap(({ name, refusal }) => (refusal === undefined ? [name] : []))
  const problems = file.columns.flatMap(({ name, refusal }): Problem[] =>
    refusal === undefined
      ? []
      : [
          {
            code: 'data-column',
            severity: 'warning',
            place: { file: path, column: name },
            message: `Column ${name} will be left out: it holds ${refusal}.`,
            fix: 'Nothing needs to be done, unless the column is needed: then write it as numbers or texts.',
          },
        ],
  )
  return { names, dialect: undefined, count: file.rowCount, problems, batches: () => readParquetRows(file, names) }
}

async function textTable(path: string, { delimiter, quote, encoding, header }: DialectSettings): Promise<OpenedTable> {
  const table = await detectDialect(path, {
    ...(delimiter !== undefined && { delimiter }),
    ...(quote !== undefined && { quote }),
    ...(encoding !== undefined && { encoding }),
    ...(header !== undefined && { header }),
  })
  const { names, dialect, notes, problems } = table
  const fatal = problems.filter(({ code }) => code === 'data-column')
  return {
    names,
    dialect,
    count: undefined,
    problems: [...notes, ...fatal],
    // A header that cannot be used does not keep the rows from being shown.
    async *batches(onProblem) {
      if (fatal.length > 0) yield table.first
      else yield* readRows(table, { onProblem })
    },
  }
}

function distinct(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>()
  return problems.filter((problem) => {
    const key = JSON.stringify([problem.code, problem.place, problem.message])
    return !seen.has(key) && seen.add(key)
  })
}

/** How the table is written, as a project stores it. */
export function dialectSettings({ dialect }: TableBegin): DialectSettings {
  if (!dialect) return {}
  const { delimiter, quote, encoding, header } = dialect
  return { delimiter, ...(quote !== '' && { quote }), encoding, header }
}

export function shownDialect({ dialect }: TableBegin): NonNullable<DataProposal['table']>['dialect'] {
  return dialect ? { ...dialect } : null
}
