/** How a text table is written: encoding, delimiter, quotes, header. Found from its first rows, each of them can be given. */
import { ProblemError, fail, type Problem } from '#core/problems/problem'
import { isNumber } from './cells'
import { decodeFile } from './decodeFile'
import { detectEncoding, encodingNote, type Encoding, type FoundEncoding } from './encoding'
import { fileSize, readAt, withFile } from './file'
import { FIRST_ROWS, nameProblems, PROBLEM_LIMIT, shortened, type RowBatch } from './rows'
import { ROW_LIMIT, RowSplitter, type SplitDialect } from './rowSplitter'

export interface Dialect extends SplitDialect {
  readonly encoding: Encoding
  /** Whether the first row names the columns. */
  readonly header: boolean
}

/** What is not to be found out, and the column names that the project uses: a first row that holds one is a header. */
export interface DialectOptions extends Partial<Dialect> {
  readonly expectedNames?: readonly string[]
}

export interface TextTable {
  readonly path: string
  /** Bytes of the file. */
  readonly size: number
  readonly dialect: Dialect
  readonly found: FoundEncoding
  /** Names of the columns; without a header they are `column 1`, `column 2`, … */
  readonly names: readonly string[]
  /** The first rows, without the header; rows of the wrong width are left out. */
  readonly first: RowBatch
  /** Warnings: what was guessed. */
  readonly notes: readonly Problem[]
  /** Errors in the header and the first rows, with which `readRows` fails. */
  readonly problems: readonly Problem[]
}

interface Sample {
  readonly path: string
  readonly text: string
  /** Whether it is all of the file. */
  readonly whole: boolean
}

interface FoundDelimiter {
  readonly delimiter: string
  /** Why it may be another one. */
  readonly doubt?: string
}

interface SampleRows {
  readonly rows: string[][]
  readonly lines: number[]
  /** Why there are no more. */
  readonly problem?: ProblemError
}

const delimiters = [',', ';', '\t', '|'] as const
/** Rows that the delimiter is found from. */
const SAMPLE_ROWS = 20
const SAMPLE_LENGTH = 2 ** 18
/** Where few rows are wanted, not all of the sample is split; steps double, because an unfinished row is split again. */
const STEP = 2 ** 14
/** Share of rows of one width from which on a delimiter fits. */
const FITTING = 0.9
/** That many quotes that quote nothing are no mistake, and that many quoted cells are no chance. */
const REPEATED = 3

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
  const sample = await sampleOf(path, found, size)
  const expected = options.expectedNames ?? []
  const { delimiter, doubt } = findDelimiter(sample, options.delimiter, expected)
  const quote = options.quote ?? findQuote(sample, delimiter)
  const { rows, lines, problem } = splitSample(sample, { delimiter, quote }, FIRST_ROWS + 1)
  const [head] = rows
  if (!head) throw problem ?? new Error('internal: no row and no problem')
  const header = options.header ?? looksLikeHeader(rows, expected)
  const names = header ? head : head.map((_, i) => `column ${i + 1}`)
  const dialect = { encoding: found.encoding, delimiter, quote, header }
  const begin = header ? 1 : 0
  const ragged = rows.slice(begin).flatMap((row, i) => widthProblem({ path, names, dialect }, row, lines[begin + i]!))
  const fitting = rows.flatMap((row, i) => (i >= begin && row.length === names.length ? [i] : []))
  return {
    path,
    size,
    dialect,
    found,
    names,
    first: { rows: fitting.map((i) => rows[i]!), lines: fitting.map((i) => lines[i]!) },
    notes: [
      ...encodingNote(path, found),
      ...(doubt === undefined ? [] : [delimiterNote(path, delimiter, doubt)]),
      ...((options.header ?? expected.length > 0) ? [] : headerNote(path, rows, header)),
    ],
    problems: [...nameProblems(path, names, lines[0]), ...ragged.slice(0, PROBLEM_LIMIT), ...(problem?.problems ?? [])],
  }
}

/** The problem of a row that is longer or shorter than the header: a forgotten quote would shift every later cell. */
export function widthProblem(
  { path, names, dialect }: { path: string; names: readonly string[]; dialect: { delimiter: string } },
  row: readonly string[],
  line: number,
): Problem[] {
  if (row.length === names.length) return []
  const short = row.length < names.length
  return [
    {
      code: 'data-row',
      severity: 'error',
      place: { file: path, line },
      message: `The row is too ${short ? 'short' : 'long'}.`,
      expected: `${names.length} cells, delimited by ${JSON.stringify(dialect.delimiter)}`,
      received: `${row.length} cells`,
      fix: short ? 'Add the missing cells; they may be empty.' : 'Put quotes around cells that contain the delimiter.',
    },
  ]
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

/** The begin of the file: as much as the first row needs, and where that is little, more rows. */
async function sampleOf(path: string, found: FoundEncoding, size: number): Promise<Sample> {
  let text = ''
  for await (const piece of decodeFile(path, found)) {
    text += piece
    if (text.length < SAMPLE_LENGTH) continue
    // The first line may be long, and white space may lie before it.
    if (holdsLine(text) || text.length > ROW_LIMIT) return { path, text, whole: false }
  }
  if (text.trim() === '') failEmpty(path, size === 0 ? 'an empty file' : 'nothing but white space')
  return { path, text, whole: true }
}

/** Whether a line with something in it ends in the text. */
function holdsLine(text: string): boolean {
  const begin = text.search(/\S/)
  return begin >= 0 && /[\n\r]/.test(text.slice(begin))
}

function splitSample({ path, text, whole }: Sample, dialect: SplitDialect, limit: number): SampleRows {
  const rows: string[][] = []
  const lines: number[] = []
  const splitter = new RowSplitter(path, dialect, (row, line) => {
    if (rows.length >= limit) return
    rows.push(row)
    lines.push(line)
  })
  try {
    for (let at = 0, step = STEP; at < text.length && rows.length < limit; at += step, step *= 2)
      splitter.push(text.slice(at, at + step))
    if (whole && rows.length < limit) splitter.finish()
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    if (rows.length < limit) return { rows, lines, problem: error }
  }
  return { rows, lines }
}

/** The delimiter that cuts most of the first rows into the same number of cells, above one. */
function findDelimiter(sample: Sample, given: string | undefined, names: readonly string[]): FoundDelimiter {
  if (given !== undefined) return { delimiter: given }
  const scores = delimiters.map((delimiter) => ({ delimiter, ...scoreDelimiter(sample, delimiter, names) }))
  const better = (a: (typeof scores)[number], b: (typeof scores)[number]) =>
    b.named - a.named || b.share - a.share || b.cells - a.cells
  const [best, second] = scores.sort(better) as [(typeof scores)[number], (typeof scores)[number]]
  if (best.cells === 1 || best.named > second.named) return { delimiter: best.delimiter }
  if (best.share < FITTING) return { delimiter: best.delimiter, doubt: 'the first rows are not equally long with any' }
  if (second.share < FITTING) return { delimiter: best.delimiter }
  return { delimiter: best.delimiter, doubt: `${JSON.stringify(second.delimiter)} would cut the rows evenly as well` }
}

function scoreDelimiter(sample: Sample, delimiter: string, names: readonly string[]) {
  const strict = splitSample(sample, { delimiter, quote: '"' }, SAMPLE_ROWS)
  const { rows } = strict.problem ? splitSample(sample, { delimiter, quote: '' }, SAMPLE_ROWS) : strict
  const counts = new Map<number, number>()
  for (const { length } of rows) if (length > 1) counts.set(length, (counts.get(length) ?? 0) + 1)
  const [cells, matching] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), [1, 0])
  return { named: names.filter((name) => rows[0]?.includes(name)).length, share: matching / (rows.length || 1), cells }
}

/** Double quotes, unless the first rows show that single ones quote, or that double ones quote nothing. */
function findQuote(sample: Sample, delimiter: string): string {
  const cells = sample.text.split('\n').flatMap((line) => line.trimEnd().split(delimiter))
  const count = (quote: string) =>
    cells.filter((cell) => cell.length > 1 && cell.startsWith(quote) && cell.endsWith(quote)).length
  const fits = (quote: string) => splitSample(sample, { delimiter, quote }, Infinity).problem === undefined
  if (count('"') > 0) return '"'
  if (count("'") >= REPEATED && !sample.text.includes('"') && fits("'")) return "'"
  const stray = cells.filter((cell) => cell.includes('"')).length
  return stray >= REPEATED && !fits('"') ? '' : '"'
}

/** A first row is a header if it holds a name that is expected, or texts above numbers, or nothing but texts. */
function looksLikeHeader([head, ...rows]: readonly (readonly string[])[], names: readonly string[]): boolean {
  if (names.some((name) => head!.includes(name))) return true
  if (head!.some(isNumber) || head!.every((cell) => cell === '')) return false
  return !head!.includes('') || textAboveNumbers(head!, rows)
}

function textAboveNumbers(head: readonly string[], rows: readonly (readonly string[])[]): boolean {
  return head.some((cell, i) => cell !== '' && !isNumber(cell) && rows.some((row) => isNumber(row[i] ?? '')))
}

function headerNote(path: string, [head, ...rows]: readonly (readonly string[])[], header: boolean): Problem[] {
  if (!header || textAboveNumbers(head!, rows)) return []
  return [
    {
      code: 'data-dialect',
      severity: 'warning',
      place: { file: path, line: 1 },
      message: 'The first row was taken for the names of the columns, which is a guess: all rows hold texts.',
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
