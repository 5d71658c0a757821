/**
 * Dialect of a text table: encoding, delimiter, quotes, header, numbers. Detected from its first rows, unless
 * specified.
 */
import type { Text } from '#core/base/text'
import { fail, type Problem } from '#core/problems/problem'
import type { CaseOf } from '#core/problems/sentences/index'
import { makeProblem } from '#core/problems/wording'
import { isNumber, numberReader, signColumns, type CellForm, type NumberForm } from './cells'
import {
  findComment,
  findDelimiter,
  findQuote,
  sampleOf,
  saidDelimiter,
  splitSample,
  withoutComments,
  type FoundDelimiter,
  type Sample,
} from './delimiter'
import { detectEncoding, encodingNote, type Encoding, type FoundEncoding } from './encoding'
import { fileSize, readAt, withFile } from './file'
import { columnNames, looksLikeHeader, textAboveNumbers } from './header'
import { findNumbers, type FoundNumbers } from './numberForm'
import { FIRST_ROWS, nameProblems, PROBLEM_LIMIT, shortened, type RowBatch } from './rows'
import { dropTrailing, endsInDelimiters, lacksFirstName, widthProblem } from './rowWidth'
import type { SplitDialect } from './rowSplitter'

export interface Dialect extends SplitDialect, NumberForm {
  readonly encoding: Encoding
  /** Whether the first row names the columns. */
  readonly header: boolean
  readonly comment: string
}

/** Specified properties, which are not detected, and hints for cases of doubt. */
export interface DialectOptions extends Partial<Omit<Dialect, 'skip'>>, Pick<CellForm, 'missing' | 'sentinels'> {
  /** Column names used by the project: a first row with one of them is a header. */
  readonly expectedNames?: readonly string[]
  /** The delimiter if the rows do not show it. */
  readonly expectedDelimiter?: string | undefined
  /** The number format if the rows are ambiguous. */
  readonly expectedNumbers?: NumberForm
}

export interface TextTable {
  readonly path: string
  /** Bytes of the file. */
  readonly size: number
  readonly dialect: Dialect
  readonly found: FoundEncoding
  /** Column names; without a header they are `column 1`, `column 2`, … */
  readonly names: readonly string[]
  /** Columns without a name in the header, such as the row names of pandas and R. */
  readonly unnamed: readonly string[]
  /** Whether rows have a trailing delimiter without a column. */
  readonly trailing: boolean
  /** How to read cells, and words that are values in a column. */
  readonly cells: CellForm
  readonly kept: ReadonlyMap<string, ReadonlySet<string>>
  /** The first rows as written, without the header; rows of the wrong width are skipped. */
  readonly first: RowBatch
  /** Warnings about guesses. */
  readonly notes: readonly Problem[]
  /** Errors in the header and the first rows; `readRows` fails with them. */
  readonly problems: readonly Problem[]
}

/** Other file types that are mistaken for text tables, by their first bytes. */
const others: readonly { begin: string; name: string; kind: CaseOf<'data-format'> & `table-${string}` }[] = [
  { begin: 'PK\x03\x04', name: 'a ZIP archive, as Excel workbooks are', kind: 'table-sheet' },
  { begin: '\xd0\xcf\x11\xe0', name: 'an old Excel workbook', kind: 'table-sheet' },
  { begin: 'PAR1', name: 'a Parquet file', kind: 'table-parquet' },
  { begin: '\x1f\x8b', name: 'a gzip file', kind: 'table-gzip' },
  { begin: '%PDF', name: 'a PDF document', kind: 'table-pdf' },
  { begin: '\x89PNG', name: 'a PNG image', kind: 'table-image' },
]

/** Detects a table's dialect. Fails if it cannot be read at all; other problems are in the result. */
export async function detectDialect(path: string, options: DialectOptions = {}): Promise<TextTable> {
  const size = await fileSize(path)
  await refuseOthers(path)
  const found = await detectEncoding(path, options.encoding)
  const sample = await sampleOf(path, found)
  if (sample.whole && sample.text.trim() === '')
    failEmpty(path, size === 0 ? 'an empty file' : 'nothing but white space')
  const { split, doubt } = findSplit(sample, options)
  const { rows, lines, problem } = splitSample(sample, split, FIRST_ROWS + 1)
  const [head] = rows
  if (!head) throw problem ?? new Error('internal: no row and no problem')
  const numbers = findNumbers(rows, split.delimiter, options, options.expectedNumbers)
  const { header, names, unnamed, trailing } = findNames(rows, numbers, options)
  const begin = header ? 1 : 0
  const table = { path, names, trailing, dialect: split }
  const fitted = rows.map((row, i) => (i < begin ? row : dropTrailing(table, row)))
  const ragged = fitted.slice(begin).flatMap((row, i) => widthProblem(table, row, lines[begin + i]!))
  const fitting = fitted.flatMap((row, i) => (i >= begin && row.length === names.length ? [i] : []))
  const { decimal, thousands } = numbers
  const first = { rows: fitting.map((i) => fitted[i]!), lines: fitting.map((i) => lines[i]!) }
  const { missing, sentinels } = options
  return {
    path,
    size,
    dialect: { encoding: found.encoding, ...split, header, decimal, thousands },
    found,
    names,
    unnamed: unnamed.map((i) => names[i]!),
    trailing,
    cells: { decimal, thousands, missing, sentinels },
    kept: missing === undefined ? signColumns(names, first.rows) : new Map(),
    first,
    notes: [
      ...encodingNote(path, found),
      ...(doubt === undefined ? [] : [delimiterNote(path, split.delimiter, doubt)]),
      ...numbersNote(path, numbers),
      ...((options.header ?? (options.expectedNames ?? []).length > 0)
        ? []
        : headerNote(path, plainRows(rows, numbers), header)),
    ],
    problems: [...nameProblems(path, names, lines[0]), ...ragged.slice(0, PROBLEM_LIMIT), ...(problem?.problems ?? [])],
  }
}

/** How to split the text into rows and cells. */
function findSplit(
  sample: Sample,
  options: DialectOptions,
): { split: SplitDialect & { readonly comment: string }; doubt?: Text } {
  const said = saidDelimiter(sample)
  const skip = said === undefined ? {} : { skip: 1 }
  const bare = withoutComments(sample, options.comment)
  const given = options.delimiter ?? said
  const expected = { names: options.expectedNames, delimiter: options.expectedDelimiter }
  const { delimiter, doubt }: FoundDelimiter =
    given === undefined ? findDelimiter(bare, expected, skip) : { delimiter: given }
  const quote = options.quote ?? findQuote(bare, { delimiter, ...skip })
  const comment = options.comment ?? findComment(sample, { delimiter, quote, ...skip })
  return { split: { delimiter, quote, comment, ...skip }, ...(doubt !== undefined && { doubt }) }
}

const plainRows = (rows: readonly (readonly string[])[], numbers: NumberForm): string[][] => {
  const read = numberReader(numbers)
  return rows.map((row) => row.map(read))
}

interface FoundNames {
  readonly header: boolean
  readonly names: readonly string[]
  /** Indices of columns without a name in the header. */
  readonly unnamed: readonly number[]
  readonly trailing: boolean
}

function findNames(rows: readonly (readonly string[])[], numbers: NumberForm, options: DialectOptions): FoundNames {
  const header = options.header ?? looksLikeHeader(plainRows(rows, numbers), options.expectedNames ?? [])
  const [head, ...below] = rows as [readonly string[], ...(readonly string[])[]]
  if (!header) {
    const trailing = endsInDelimiters(undefined, rows)
    const cells = trailing ? head.slice(0, -1) : head
    return { header, names: cells.map((_, i) => `column ${i + 1}`), unnamed: [], trailing }
  }
  const trailing = endsInDelimiters(head, below)
  if (trailing) return { header, ...columnNames(head.at(-1) === '' ? head.slice(0, -1) : head), trailing }
  return { header, ...columnNames(lacksFirstName(head, below) ? ['', ...head] : head), trailing }
}

export function failEmpty(file: string, received: string): never {
  return fail('data-empty', 'no-rows', { received }, { file })
}

async function refuseOthers(path: string): Promise<void> {
  const begin = (await withFile(path, (file) => readAt(file, 0, 8))).toString('latin1')
  const other = others.find((known) => begin.startsWith(known.begin))
  if (!other) return
  fail('data-format', other.kind, { received: other.name }, { file: path, byte: 0 })
}

/** Numbers like 1,234 that have two readings. */
function numbersNote(file: string, { decimal, doubt }: FoundNumbers): Problem[] {
  if (doubt === undefined) return []
  const taken = decimal === ',' ? 'decimal-comma' : 'thousands-comma'
  return [makeProblem('data-dialect', taken, { number: shortened(doubt) }, { file, severity: 'warning' })]
}

function headerNote(path: string, [head, ...rows]: readonly (readonly string[])[], header: boolean): Problem[] {
  if (!header || textAboveNumbers(head!, rows)) return []
  const received = head!
    .slice(0, 5)
    .map((name) => shortened(name))
    .join(', ')
  const guess = head!.some(isNumber) ? 'header-numbers' : 'header-texts'
  return [makeProblem('data-dialect', guess, { received }, { file: path, line: 1, severity: 'warning' })]
}

function delimiterNote(file: string, delimiter: string, doubt: Text): Problem {
  const values = { delimiter: JSON.stringify(delimiter), doubt }
  return makeProblem('data-dialect', 'delimiter', values, { file, severity: 'warning' })
}
