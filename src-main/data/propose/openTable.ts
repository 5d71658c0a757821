/** The start of a table file of any format: its dialect, its columns, and the rows that can be read quickly. */
import type { Text } from '#core/base/text'
import type { Problem } from '#core/problems/problem'
import { makeProblem } from '#core/problems/wording'
import type { DataProposal } from '#core/rpc/contract/data'
import { missingWords } from '#core/data/missingWords'
import { CellReader } from '../readers/cells'
import { detectDialect, type Dialect } from '../readers/dialect'
import { openParquet, readParquetRows } from '../readers/parquet'
import type { RowBatch } from '../readers/rows'
import { readRows } from '../readers/textTable'
import { dialectOptions, isParquet, isStoredIndex, storedForm, type DialectSettings } from '../sources/rows'
import { ColumnSample } from './columnSample'
import { problemsOfError, type Patience } from './proposal'

export interface TableBegin {
  readonly columns: readonly ColumnSample[]
  readonly first: readonly (readonly string[])[]
  readonly dialect: Dialect | undefined
  /** What the user has specified about its dialect. */
  readonly said: DialectSettings
  /** Rows read, and whether they are all. */
  readonly read: number
  readonly whole: boolean
  /** Rows in the file, if the file says so or all were read. */
  readonly count: number | null
  readonly problems: readonly Problem[]
}

const SHOWN_ROWS = 20
/** Cells to show of a wide table, and characters of each. */
const SHOWN_CELLS = 4000
const SHOWN_CHARACTERS = 200
const PROBLEMS = 10
/** Cells to read without a time limit: a small table is read completely even on a busy computer. */
const ALWAYS = 20_000

export async function openTable(path: string, said: DialectSettings, patience: Patience): Promise<TableBegin> {
  const table = isParquet(path) ? await parquetTable(path, said) : await textTable(path, said)
  const columns = table.names.map((name, index) => new ColumnSample(name, index, table.unnamed.includes(name)))
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
      if (patience.isOver && read * columns.length >= ALWAYS) {
        whole = false
        break
      }
    }
  } catch (error) {
    whole = false
    problems.push(...problemsOfError(error))
  }
  const count = table.count ?? (whole ? read : null)
  return { columns, first, dialect: table.dialect, said, read, whole, count, problems: distinct(problems) }
}

interface OpenedTable {
  readonly names: readonly string[]
  readonly unnamed: readonly string[]
  readonly dialect: Dialect | undefined
  readonly count: number | undefined
  readonly problems: readonly Problem[]
  /** Same as in `RowReader`. */
  batches(onProblem: (problem: Problem) => void): AsyncIterable<RowBatch>
}

async function parquetTable(path: string, settings: DialectSettings): Promise<OpenedTable> {
  const file = await openParquet(path)
  const names = file.columns.flatMap(({ name, refusal }) => (refusal === undefined ? [name] : []))
  const problems = file.columns.flatMap(({ name, refusal }) =>
    refusal === undefined ? [] : [toLeaveOut(path, name, refusal)],
  )
  const cells = new CellReader(names, storedForm(settings))
  const batches = () => cells.batches(readParquetRows(file, names))
  return { names, unnamed: names.filter(isStoredIndex), dialect: undefined, count: file.rowCount, problems, batches }
}

function toLeaveOut(file: string, name: string, refusal: Text): Problem {
  const where = { file, column: name, severity: 'warning' } as const
  return makeProblem('data-column', 'parquet-to-leave-out', { name, refusal }, where)
}

async function textTable(path: string, settings: DialectSettings): Promise<OpenedTable> {
  const table = await detectDialect(path, dialectOptions(settings))
  const { names, unnamed, dialect, notes, problems } = table
  const fatal = problems.filter(({ code }) => code === 'data-column')
  const cells = new CellReader(names, table.cells, table.kept)
  return {
    names,
    unnamed,
    dialect,
    count: undefined,
    problems: [...notes, ...fatal],
    // An unusable header does not prevent showing the rows.
    async *batches(onProblem) {
      if (fatal.length > 0) yield cells.read(table.first)
      else yield* cells.batches(readRows(table, { onProblem }))
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

/** The table's dialect as stored in a project: common defaults are left out unless the user specified them. */
export function dialectSettings({ dialect, said }: TableBegin): DialectSettings {
  const { missing, sentinels } = said
  const cells = { ...(missing && { missing }), ...(sentinels && { sentinels }) }
  if (!dialect) return cells
  const { delimiter, quote, encoding, header, decimal, thousands, comment } = dialect
  return {
    delimiter,
    ...(quote !== '' && { quote }),
    encoding,
    header,
    ...((decimal !== '.' || said.decimal !== undefined) && { decimal }),
    ...((thousands !== '' || said.thousands !== undefined) && { thousands }),
    ...((comment !== '' || said.comment !== undefined) && { comment }),
    ...cells,
  }
}

export function shownDialect({ dialect }: TableBegin): NonNullable<DataProposal['table']>['dialect'] {
  if (!dialect) return null
  const { delimiter, quote, encoding, header, decimal, thousands, comment } = dialect
  return { delimiter, quote, encoding, header, decimal, thousands, comment }
}

/** The values treated as missing. */
export function shownMissing({
  dialect,
  said,
}: TableBegin): Pick<NonNullable<DataProposal['table']>, 'missing' | 'sentinels'> {
  const usual = dialect ? missingWords : storedForm({}).missing!
  return { missing: [...(said.missing ?? usual)], sentinels: [...(said.sentinels ?? [])] }
}
