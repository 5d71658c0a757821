/** Rows of a table as samples of a model: its columns are found by their names. */
import type { ColumnFacts } from '#core/data/facts'
import { listed } from '#core/data/listed'
import { fail, ProblemError, type Problem } from '#core/problems/problem'
import { makeProblem } from '#core/problems/wording'
import { isMissing } from '../readers/cells'
import { cellCode, type ProblemSink } from '../sources/cellCodes'
import { openRows, type RowReader } from '../sources/rows'
import { asWritten, type ExpectedSample, type ReadSamples } from './expectedSample'

/** Problems of cells that are shown where no row can be used. */
const SHOWN = 10

/**
 * Others may be there and the order is free; without a header all columns must be there in their order, or all of the training
 * table where that had no header either. A row with a cell that the model cannot take is unusable and keeps the others from
 * nothing.
 * @throws ProblemError where columns are not there, or no row can be used
 */
export async function readNewRows(path: string, expected: ExpectedSample): Promise<ReadSamples> {
  const { columns = [], dtype } = expected.sample
  const table = await openNewRows(path, expected)
  const places = placesOf(table, expected)
  const problems = new RowProblems()
  const coders = columns.map((facts) => cellCode(facts, problems))
  const values: number[] = []
  let count = 0
  for await (const { rows, lines } of table.batches()) {
    rows.forEach((row, r) => {
      problems.row = count++
      columns.forEach(({ name }, c) => {
        const cell = row[places[c]!]!
        const place = { file: path, line: lines[r]!, column: name }
        const isRefused = isMissing(cell) && expected.acceptsMissing?.[c] === false
        if (isRefused) problems.add(missingCell(place))
        values.push(isRefused ? NaN : coders[c]!(cell, () => place))
      })
    })
  }
  const { first: unusable } = problems
  if (count > 0 && unusable.size === count) throw new ProblemError([...unusable.values()].slice(0, SHOWN))
  const data = dtype === 'float64' ? Float64Array.from(values) : Float32Array.from(values)
  return { count, data, ...(unusable.size > 0 && { unusable }) }
}

/** The first problem of every row that has some. */
class RowProblems implements ProblemSink {
  row = 0
  readonly first = new Map<number, Problem>()

  add(problem: Problem): void {
    if (!this.first.has(this.row)) this.first.set(this.row, problem)
  }
}

/** The file as the table of the training was written, as far as it cannot be told from the file itself. */
async function openNewRows(path: string, expected: ExpectedSample): Promise<RowReader> {
  const { columns = [] } = expected.sample
  const { cells, known } = asWritten(expected)
  const names = columns.map(({ name }) => name)
  const table = await openRows(path, cells, { names, kept: categoriesOf(columns), ...known })
  if (!table.hasHeader && table.names.length !== columns.length && table.names.length !== expected.width)
    failWidth(path, names, table.names.length)
  return table
}

/** A category that the model knows is never taken for a missing cell. */
function categoriesOf(columns: readonly ColumnFacts[]): Map<string, Set<string>> {
  return new Map(
    columns.flatMap((column) => (column.type === 'categorical' ? [[column.name, new Set(column.categories)]] : [])),
  )
}

/** Index in the table of every column of the model. @throws ProblemError that names all columns that are not there */
function placesOf(table: RowReader, { sample: { columns = [] }, width }: ExpectedSample): number[] {
  // Numbers are the names of columns in a table that is as wide as that of the training.
  const isNamed = table.hasHeader || table.names.length === width
  const absent = isNamed ? columns.filter(({ name }) => !table.names.includes(name)) : []
  if (absent.length > 0) throw new ProblemError(absent.map(({ name }) => missingColumn(table, name)))
  return columns.map(({ name }, position) => (isNamed ? table.names.indexOf(name) : position))
}

function missingColumn({ path, names }: RowReader, column: string): Problem {
  const values = { quoted: JSON.stringify(column), expected: column, received: listed(names) }
  return makeProblem('data-column', 'model-column', values, { file: path, column })
}

function failWidth(file: string, columns: readonly string[], found: number): never {
  return fail('model-input', 'table-width', { count: columns.length, columns: columns.join(', '), found }, { file })
}

export function missingCell(place: Problem['place']): Problem {
  return makeProblem('data-cell', 'missing', {}, place)
}
