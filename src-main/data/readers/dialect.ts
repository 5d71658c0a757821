/** How a text table is written: encoding, delimiter, quotes, header, numbers. Found from its first rows, each of them can be given. */
import { fail, type Problem } from '#core/problems/problem'
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

/** What is not to be found out; and what decides in doubt. */
export interface DialectOptions extends Partial<Omit<Dialect, 'skip'>>, Pick<CellForm, 'missing' | 'sentinels'> {
  /** Names of columns that the project uses: a first row that holds one is a header. */
  readonly expectedNames?: readonly string[]
  /** What stands between the cells where the rows do not show it. */
  readonly expectedDelimiter?: string | undefined
  /** How numbers are written where the rows allow several readings. */
  readonly expectedNumbers?: NumberForm
}

export interface TextTable {
  readonly path: string
  /** Bytes of the file. */
  readonly size: number
  readonly dialect: Dialect
  readonly found: FoundEncoding
  /** Names of the columns; without a header they are `column 1`, `column 2`, … */
  readonly names: readonly string[]
  /** Columns that have no name in the header, such as the row names of pandas and R. */
  readonly unnamed: readonly string[]
  /** Whether rows end in a delimiter that no column follows. */
  readonly trailing: boolean
  /** How cells are to be read, and words that are values in a column. */
  readonly cells: CellForm
  readonly kept: ReadonlyMap<string, ReadonlySet<string>>
  /** The first rows as they are written, without the header; rows of the wrong width are left out. */
  readonly first: RowBatch
  /** Warnings: what was guessed. */
  readonly notes: readonly Problem[]
  /** Errors in the header and the first rows, with which `readRows` fails. */
  readonly problems: readonly Problem[]
}

/** Files that are taken for text tables, by their first bytes. */
const others: readonly { begin: string; name: string; fix: string }[] = [
  { begin: 'PK\x03\x04', name: 'a ZIP archive, as Excel workbooks are', fix: 'Export the sheet as CSV (UTF-8).' },
  { begin: '\xd0\xcf\x11\xe0', name: 'an old Excel workbook', fix: 'Export the sheet as CSV (UTF-8).' },
  { begin: 'PAR1', name: 'a Parquet file', fix: 'Give it the extension .parquet.' },
  { begin: '\x1f\x8b', name: 'a gzip file', fix: 'Unpack it first.' },
  { begin: '%PDF', name: 'a PDF document', fix: 'Export the table as CSV (UTF-8).' },
  { begin: '\x89PNG', name: 'a PNG image', fix: 'Give a table.' },
]

/** Finds out how a table is written. Fails where it cannot be read at all; other problems are in the result. */
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

/** How the text is cut into rows and cells. */
function findSplit(
  sample: Sample,
  options: DialectOptions,
): { split: SplitDialect & { readonly comment: string }; doubt?: string } {
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
  /** Places of columns without a name in the header. */
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

export function failEmpty(path: string, received: string): never {
  return fail({
    code: 'data-empty',
    place: { file: path },
    message: 'The table has no rows.',
    expected: 'at least one row, below the header if there is one',
    received,
    fix: 'Check that it is the right file and that it was exported completely.',
  })
}

async function refuseOthers(path: string): Promise<void> {
  const begin = (await withFile(path, (file) => readAt(file, 0, 8))).toString('latin1')
  const other = others.find((known) => begin.startsWith(known.begin))
  if (!other) return
  fail({
    code: 'data-format',
    place: { file: path, byte: 0 },
    message: 'This is not a text table.',
    expected: 'a table as text, such as CSV or TSV',
    received: other.name,
    fix: other.fix,
  })
}

/** Numbers like 1,234 that are written the same in two ways. */
function numbersNote(path: string, { decimal, doubt }: FoundNumbers): Problem[] {
  if (doubt === undefined) return []
  const [taken, other] = decimal === ',' ? ['decimal', 'thousands'] : ['thousands', 'decimal']
  return [
    {
      code: 'data-dialect',
      severity: 'warning',
      place: { file: path },
      message: `The comma in ${shortened(doubt)} was taken for the ${taken} mark, which is a guess: it may be the ${other} mark.`,
      expected: 'numbers that can be read in one way',
      received: shortened(doubt),
      fix: 'Look at the preview; choose the decimal mark and the thousands mark where the numbers are wrong.',
    },
  ]
}

function headerNote(path: string, [head, ...rows]: readonly (readonly string[])[], header: boolean): Problem[] {
  if (!header || textAboveNumbers(head!, rows)) return []
  const reason = head!.some(isNumber) ? 'it holds numbers' : 'all rows hold texts'
  return [
    {
      code: 'data-dialect',
      severity: 'warning',
      place: { file: path, line: 1 },
      message: `The first row was taken for the names of the columns, which is a guess: ${reason}.`,
      expected: 'names of the columns in the first row',
      received: head!
        .slice(0, 5)
        .map((name) => shortened(name))
        .join(', '),
      fix: 'Look at the preview; say that there is no header where the first row is data.',
    },
  ]
}

function delimiterNote(path: string, delimiter: string, doubt: string): Problem {
  return {
    code: 'data-dialect',
    severity: 'warning',
    place: { file: path },
    message: `The delimiter was taken for ${JSON.stringify(delimiter)}, which is a guess: ${doubt}.`,
    expected: 'one delimiter that cuts all rows into equally many cells',
    received: JSON.stringify(delimiter),
    fix: 'Look at the preview; choose the delimiter where the columns are wrong.',
  }
}
