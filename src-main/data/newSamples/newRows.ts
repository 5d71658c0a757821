/** Table rows as model samples: columns are matched by name. */
import type { ColumnFacts } from '#core/data/facts'
import { listed } from '#core/data/listed'
import { fail, ProblemError, type Problem } from '#core/problems/problem'
import { makeProblem } from '#core/problems/wording'
import { isMissing } from '../readers/cells'
import { cellCode, type ProblemSink } from '../sources/cellCodes'
import { openRows, type RowReader } from '../sources/rows'
import { asWritten, type ExpectedSample, type ReadSamples } from './expectedSample'

/** Number of cell problems to show if no row can be used. */
const SHOWN = 10

/**
 * Extra columns are allowed and the order is free. Without a header, all columns must be present in order, or the whole
 * training table if that had no header either. A row with a cell the model cannot take is unusable, without affecting
 * the others.
 * @throws ProblemError where columns are missing, or no row can be used
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

/** The first problem of every row that has any. */
class RowProblems implements ProblemSink {
  row = 0
  readonly first = new Map<number, Problem>()

  add(problem: Problem): void {
    if (!this.first.has(this.row)) this.first.set(this.row, problem)
  }
}

/** The file in the format of the training table, where the file itself does not show its own. */
async function openNewRows(path: string, expected: ExpectedSample): Promise<RowReader> {
  const { columns = [] } = expected.sample
  const { cells, known } = asWritten(expected)
  const names = columns.map(({ name }) => name)
  const table = await openRows(path, cells, { names, kept: categoriesOf(columns), ...known })
  if (!table.hasHeader && table.names.length !== columns.length && table.names.length !== expected.width)
    failWidth(path, names, table.names.length)
  return table
}

/** A category the model knows is never treated as a missing cell. */
function categoriesOf(columns: readonly ColumnFacts[]): Map<string, Set<string>> {
  return new Map(
    columns.flatMap((column) => (column.type === 'categorical' ? [[column.name, new Set(column.categories)]] : [])),
  )
}

/** Table index of every model column. @throws ProblemError with the names of all missing columns */
function placesOf(table: RowReader, { sample: { columns = [] }, width }: ExpectedSample): number[] {
  // Numbers are column names in a table as wide as the training table.
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
