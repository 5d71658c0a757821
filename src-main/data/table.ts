/** Turns the cells of a table into samples and targets: roles and types of columns, category codes, missing cells. */
import type { ColumnFacts, DataFacts } from '#core/data/facts'
import type { DataSource } from '#core/graph/dataSettings'
import type { Project } from '#core/graph/project'
import { fail, ProblemError, type Problem } from '#core/problems/problem'
import { isMissing, isNumber } from './readers/cells'
import type { Table } from './readers/textTable'
import type { LoadedSource } from './source'

export type TableSource = Extract<DataSource, { kind: 'table' }>
type ColumnSettings = TableSource['columns'][number]

/** Categories of one column or of the label. */
const CATEGORY_LIMIT = 1000
/** A text column with more than this many values is taken for names or identifiers where they also rarely repeat. */
const IDENTIFIER_VALUES = 20
const PROBLEM_LIMIT = 10

/** One column of the rows that are kept. */
interface Column {
  readonly name: string
  readonly index: number
  readonly cells: readonly string[]
}

/**
 * Reads features and label out of a table. Rows without a label are dropped and counted in the notes; so are columns
 * that are left out by guess. Fails with problems that name line and column.
 */
export function loadTable(
  table: Table,
  source: Pick<TableSource, 'label' | 'columns'>,
  task: Project['task'],
): LoadedSource {
  checkColumns(table, source)
  const labelIndex = table.names.indexOf(source.label)
  const labelled = table.rows.map((row) => !isMissing(row[labelIndex]!))
  const kept: Table = {
    ...table,
    rows: table.rows.filter((_, i) => labelled[i]),
    lines: table.lines.filter((_, i) => labelled[i]),
  }
  if (kept.rows.length === 0) failUnlabelled(table, source.label)
  const notes: Problem[] = []
  if (kept.rows.length < table.rows.length) notes.push(noteDropped(table, source.label, labelled))
  const { target, targets } = readTarget(kept, columnAt(kept, labelIndex), task)
  const facts: ColumnFacts[] = []
  const codes: Float32Array[] = []
  table.names.forEach((name, index) => {
    const settings = source.columns.find((column) => column.name === name)
    if (index === labelIndex || settings?.role === 'ignored') return
    const feature = readFeature(kept, columnAt(kept, index), settings, notes)
    if (!feature) return
    facts.push(feature.facts)
    codes.push(feature.values)
  })
  if (facts.length === 0) failNoFeatures(table, source.label)
  const sample = { dtype: 'float32', shape: [facts.length], columns: facts } as const
  return { facts: { sample, target }, samples: interleave(codes), targets, ownTest: 0, notes }
}

/** One value a cell: the number, the category's code, or NaN where it is missing. Unknown categories are a problem. */
export function encodeColumn(table: Table, column: Column, facts: ColumnFacts): Float32Array {
  const problems: Problem[] = []
  const codeOf =
    facts.type === 'categorical' ? new Map(facts.categories.map((category, code) => [category, code])) : undefined
  const values = Float32Array.from(column.cells, (cell, i) => {
    if (isMissing(cell)) return NaN
    if (!codeOf && isNumber(cell)) return Number(cell)
    const code = codeOf?.get(cell)
    if (code !== undefined) return code
    problems.push(
      facts.type === 'numeric' ? notANumber(table, column, i) : unknownCategory(table, column, i, facts.categories),
    )
    return NaN
  })
  if (problems.length > 0) throw new ProblemError(problems.slice(0, PROBLEM_LIMIT))
  return values
}

/** The cells of column `index`. */
export function columnAt(table: Table, index: number): Column {
  return { name: table.names[index]!, index, cells: table.rows.map((row) => row[index]!) }
}

/** Columns of equal length → row-major [rows, columns]. */
export function interleave(columns: readonly Float32Array[]): Float32Array {
  const width = columns.length
  const rows = columns[0]!.length
  const result = new Float32Array(rows * width)
  columns.forEach((values, c) => {
    for (let row = 0; row < rows; row++) result[row * width + c] = values[row]!
  })
  return result
}

function readTarget(
  table: Table,
  column: Column,
  task: Project['task'],
): Pick<LoadedSource, 'targets'> & Pick<DataFacts, 'target'> {
  if (task === 'regression') {
    const targets = encodeColumn(table, column, { name: column.name, type: 'numeric' })
    return { target: { kind: 'numbers', size: 1, names: [column.name] }, targets }
  }
  const classes = categoriesOf(column.cells)
  if (classes.length < 2 || classes.length > CATEGORY_LIMIT) failClasses(table, column.name, classes)
  const codes = encodeColumn(table, column, { name: column.name, type: 'categorical', categories: classes })
  return { target: { kind: 'classes', classes }, targets: Int32Array.from(codes) }
}

/** A feature's facts and values, or undefined with a note where it is left out. */
function readFeature(table: Table, column: Column, settings: ColumnSettings | undefined, notes: Problem[]) {
  const present = column.cells.filter((cell) => !isMissing(cell))
  const leftOut = settings?.type === undefined ? reasonToLeaveOut(present, column.cells.length) : undefined
  if (leftOut !== undefined) {
    notes.push(noteLeftOut(table, column.name, leftOut))
    return undefined
  }
  const type = settings?.type === 'numeric' || settings?.type === 'categorical' ? settings.type : guessType(present)
  const missing = column.cells.length - present.length
  const facts: ColumnFacts =
    type === 'numeric'
      ? { name: column.name, type, missing }
      : { name: column.name, type, missing, categories: categoriesOf(present) }
  if (facts.type === 'categorical' && facts.categories.length > CATEGORY_LIMIT) failCategories(table, facts)
  return { facts, values: encodeColumn(table, column, facts) }
}

/** Numbers in most cells make a numeric column; a text among them is then a mistake to be shown, not a category. */
function guessType(present: readonly string[]): ColumnFacts['type'] {
  return present.filter(isNumber).length * 2 > present.length ? 'numeric' : 'categorical'
}

function reasonToLeaveOut(present: readonly string[], rows: number): string | undefined {
  if (present.length === 0) return 'every cell is missing'
  if (guessType(present) === 'numeric') return undefined
  const values = new Set(present).size
  if (values > CATEGORY_LIMIT || (values > IDENTIFIER_VALUES && values * 4 > rows)) {
    return `it holds ${values} different texts in ${rows} rows, like names or identifiers`
  }
  return undefined
}

/** The different values in a fixed order: numbers by size, else texts by their UTF-16 code units. */
function categoriesOf(cells: readonly string[]): string[] {
  const values = [...new Set(cells)].sort()
  return values.every(isNumber) ? values.sort((a, b) => Number(a) - Number(b)) : values
}

function checkColumns(table: Table, { label, columns }: Pick<TableSource, 'label' | 'columns'>): void {
  const unknown = [label, ...columns.map(({ name }) => name)].find((name) => !table.names.includes(name))
  if (unknown !== undefined) {
    fail({
      code: 'data-column',
      place: {
        file: table.path,
        column: unknown,
        param: unknown === label ? 'data.source.label' : 'data.source.columns',
      },
      message: `There is no column ${JSON.stringify(unknown)}${table.hasHeader ? '' : '; the first row looks like data, so columns are numbered'}.`,
      expected: table.names.slice(0, 30).join(', '),
      received: unknown,
      fix: 'Correct the name in the project; upper and lower case count.',
    })
  }
  const second = columns.find(({ name, role }) => role === 'label' && name !== label)
  if (second) {
    fail({
      code: 'data-column',
      place: { file: table.path, column: second.name, param: 'data.source.columns' },
      message: 'Two columns have the role "label".',
      expected: `one label, ${label}`,
      received: `${label} and ${second.name}`,
      fix: `Give ${second.name} the role "feature" or "ignored".`,
    })
  }
}

function placeOf(table: Table, column: Column, row: number): Problem['place'] {
  return { file: table.path, line: table.lines[row]!, column: column.name }
}

function notANumber(table: Table, column: Column, row: number): Problem {
  return {
    code: 'data-cell',
    severity: 'error',
    place: placeOf(table, column, row),
    message: 'The column is numeric, but this cell is not a number.',
    expected: 'a decimal number below 3.4e38, or an empty cell',
    received: quoted(column.cells[row]!),
    fix: 'Correct or empty the cell, or give the column the type "categorical" in the project.',
  }
}

function unknownCategory(table: Table, column: Column, row: number, categories: readonly string[]): Problem {
  return {
    code: 'data-cell',
    severity: 'error',
    place: placeOf(table, column, row),
    message: 'The category is not one that the model knows.',
    expected: categories.slice(0, 20).map(quoted).join(', '),
    received: quoted(column.cells[row]!),
    fix: 'Correct the spelling, or leave the cell empty.',
  }
}

/** A cell as it is printed: long ones cut. */
function quoted(cell: string): string {
  return JSON.stringify(cell.length > 60 ? `${cell.slice(0, 60)}…` : cell)
}

function noteDropped(table: Table, label: string, labelled: readonly boolean[]): Problem {
  const count = labelled.filter((is) => !is).length
  return {
    code: 'data-label',
    severity: 'warning',
    place: { file: table.path, line: table.lines[labelled.indexOf(false)]!, column: label },
    message: `${count} of ${table.rows.length} rows have no ${label} and were left out.`,
    fix: 'Nothing, unless the labels are known.',
    data: { count },
  }
}

function noteLeftOut(table: Table, column: string, reason: string): Problem {
  return {
    code: 'data-column',
    severity: 'warning',
    place: { file: table.path, column },
    message: `Column ${column} was left out: ${reason}.`,
    fix: 'Give it a type in the project to use it, or the role "ignored" to silence this.',
  }
}

function failUnlabelled(table: Table, label: string): never {
  return fail({
    code: 'data-empty',
    place: { file: table.path, column: label },
    message: 'No row has a label.',
    expected: `a value in ${label}`,
    received: `${table.rows.length} rows in which it is missing`,
    fix: 'Choose another label column or fill it in.',
  })
}

function failNoFeatures(table: Table, label: string): never {
  return fail({
    code: 'data-column',
    place: { file: table.path },
    message: 'No column is left as a feature.',
    expected: 'at least one column beside the label that is not ignored',
    received: table.names.filter((name) => name !== label).join(', ') || 'only the label',
    fix: 'Check the delimiter, or give a column the role "feature" and a type.',
  })
}

function failClasses(table: Table, label: string, classes: readonly string[]): never {
  const few = classes.length < 2
  return fail({
    code: 'data-label',
    place: { file: table.path, column: label },
    message: few ? 'The label has only one class.' : 'The label has too many classes.',
    expected: `2 to ${CATEGORY_LIMIT} classes`,
    received: few ? `only ${quoted(classes[0]!)}` : `${classes.length} different values`,
    fix: few
      ? 'Choose another label column.'
      : 'For a measurement set the task to regression, else choose another label column.',
  })
}

function failCategories(table: Table, facts: ColumnFacts & { type: 'categorical' }): never {
  return fail({
    code: 'data-too-large',
    place: { file: table.path, column: facts.name },
    message: 'The column has too many categories.',
    expected: `at most ${CATEGORY_LIMIT}`,
    received: `${facts.categories.length}`,
    fix: 'Give the column the role "ignored".',
  })
}
