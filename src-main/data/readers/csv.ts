/**
 * Reader of CSV files (RFC 4180, any delimiter) into cells of text with the line each row begins on. The delimiter and
 * whether the first row is a header are detected. Every row has as many cells as the header, or the file is refused.
 */
import { isUtf8 } from 'node:buffer'
import { CsvError, parse } from 'csv-parse/sync'
import { fail, ProblemError, type Problem } from '#core/problems/problem'
import { isNumber } from './cells'
import { readBounded } from './file'

export interface Table {
  readonly path: string
  readonly delimiter: string
  /** Whether the names stood in the file; otherwise they are `column 1`, `column 2`, … */
  readonly hasHeader: boolean
  readonly names: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** 1-based line on which each row begins. */
  readonly lines: readonly number[]
}

export interface CsvOptions {
  /** Skips the detection. */
  readonly delimiter?: string
  /** Column names that the project uses: a first row that holds one of them is a header. */
  readonly names?: readonly string[]
}

/** Bytes of a file; its cells take about ten times as much while they are text. */
const FILE_LIMIT = 64 * 2 ** 20
const RECORD_LIMIT = 2 ** 20
const COLUMN_LIMIT = 10_000
const delimiters = [',', ';', '\t', '|'] as const
/** How many rows are looked at to find the delimiter, and how many bytes. */
const SAMPLE_ROWS = 20
const SAMPLE_BYTES = 2 ** 16
/** Problems of one file that are reported together. */
const PROBLEM_LIMIT = 10

/** Reads a table; fails with problems that name the file, the line and the column. */
export async function readTable(path: string, options: CsvOptions = {}): Promise<Table> {
  const bytes = readableText(path, await readBounded(path, FILE_LIMIT))
  const delimiter = options.delimiter ?? findDelimiter(bytes, options.names ?? [])
  const { rows, lines } = parseRows(path, bytes, delimiter)
  const [first] = rows
  if (!first) failEmpty(path, 'nothing but white space')
  if (first.length > COLUMN_LIMIT) failTooWide(path, first.length)
  const hasHeader = looksLikeHeader(first, options.names ?? [])
  const names = hasHeader ? first : first.map((_, i) => `column ${i + 1}`)
  const table: Table = {
    path,
    delimiter,
    hasHeader,
    names,
    rows: hasHeader ? rows.slice(1) : rows,
    lines: hasHeader ? lines.slice(1) : lines,
  }
  if (table.rows.length === 0) failEmpty(path, 'a header without rows')
  checkNames(path, names, lines[0]!)
  checkWidths(table)
  return table
}

/** The bytes without their byte-order mark; fails where they are not UTF-8 text. */
function readableText(path: string, bytes: Buffer): Buffer {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    failEncoding(path, 'UTF-16', 1, 0)
  }
  const nul = bytes.indexOf(0)
  if (nul >= 0) {
    return fail({
      code: 'data-format',
      place: { file: path, line: lineOf(bytes, nul), byte: nul },
      message: 'The file holds a NUL byte, so it is not a text file.',
      expected: 'a table as text',
      received: 'a zero byte',
      fix: 'Export the table as CSV (UTF-8).',
    })
  }
  if (!isUtf8(bytes)) {
    let begin = 0
    // A line break is never part of a longer UTF-8 sequence, so lines can be judged one by one.
    for (let end = bytes.indexOf(10); end >= 0 && isUtf8(bytes.subarray(begin, end)); end = bytes.indexOf(10, begin)) {
      begin = end + 1
    }
    failEncoding(path, 'bytes that are not UTF-8', lineOf(bytes, begin), begin)
  }
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes
}

function parseRows(path: string, bytes: Buffer, delimiter: string): { rows: string[][]; lines: number[] } {
  const rows: string[][] = []
  const lines: number[] = []
  const counter = new LineCounter(bytes)
  try {
    parse(bytes, {
      delimiter,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      max_record_size: RECORD_LIMIT,
      on_record: (record: string[], { bytes: end }) => {
        rows.push(record)
        // The parser's own line count counts line breaks inside quotes twice.
        lines.push(counter.advance(end))
        return null
      },
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    failSyntax(path, counter.next(), error)
  }
  return { rows, lines }
}

/** Follows the parser through the file and tells the line on which each record began. */
class LineCounter {
  private at = 0
  private line = 1

  constructor(private readonly bytes: Buffer) {}

  /** The line on which the next record begins. */
  next(): number {
    while (this.at < this.bytes.length && isSpace(this.bytes[this.at]!)) this.step()
    return this.line
  }

  /** The line on which the record that ends at byte `end` begins. */
  advance(end: number): number {
    const line = this.next()
    while (this.at < end) this.step()
    return line
  }

  private step(): void {
    if (breaksLine(this.bytes, this.at)) this.line++
    this.at++
  }
}

/** Line feed, or a carriage return that stands alone. */
function breaksLine(bytes: Buffer, at: number): boolean {
  return bytes[at] === 10 || (bytes[at] === 13 && bytes[at + 1] !== 10)
}

function isSpace(byte: number): boolean {
  return byte === 10 || byte === 13 || byte === 32
}

function lineOf(bytes: Buffer, end: number): number {
  let line = 1
  for (let at = 0; at < end; at++) if (breaksLine(bytes, at)) line++
  return line
}

/** The delimiter that cuts most of the first rows into the same number of cells, above one. */
function findDelimiter(bytes: Buffer, names: readonly string[]): string {
  const scores = delimiters.map((delimiter) => ({ delimiter, ...scoreDelimiter(bytes, delimiter, names) }))
  const best = scores.reduce((a, b) =>
    b.named > a.named || (b.named === a.named && (b.share > a.share || (b.share === a.share && b.cells > a.cells)))
      ? b
      : a,
  )
  return best.delimiter
}

function scoreDelimiter(bytes: Buffer, delimiter: string, names: readonly string[]) {
  const rows: string[][] = []
  try {
    parse(bytes.subarray(0, SAMPLE_BYTES), {
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      trim: true,
      to: SAMPLE_ROWS,
      on_record: (record: string[]) => {
        rows.push(record)
        return null
      },
    })
  } catch {
    // The sample may end inside a quoted cell; the rows before it are enough.
  }
  const counts = new Map<number, number>()
  for (const { length } of rows) if (length > 1) counts.set(length, (counts.get(length) ?? 0) + 1)
  const [cells, matching] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), [1, 0])
  return { named: names.filter((name) => rows[0]?.includes(name)).length, share: matching / (rows.length || 1), cells }
}

/** A row is a header if it holds a name that is expected, or nothing but texts. */
function looksLikeHeader(row: readonly string[], names: readonly string[]): boolean {
  return names.some((name) => row.includes(name)) || row.every((cell) => cell !== '' && !isNumber(cell))
}

function checkNames(path: string, names: readonly string[], line: number): void {
  names.forEach((name, i) => {
    const first = names.indexOf(name)
    if (name !== '' && first === i) return
    fail({
      code: 'data-column',
      place: { file: path, line, column: name === '' ? `${i + 1}` : name },
      message: name === '' ? `Column ${i + 1} has no name.` : `Two columns have the name ${name}.`,
      expected: 'a name of its own for every column',
      received: name === '' ? 'an empty header cell' : `${name} as column ${first + 1} and column ${i + 1}`,
      fix: 'Rename the column in the file.',
    })
  })
}

/** Refuses rows that are longer or shorter than the header; a quoted comma forgotten would shift every later cell. */
function checkWidths({ path, names, rows, lines, delimiter }: Table): void {
  const problems: Problem[] = []
  rows.forEach((row, i) => {
    if (row.length === names.length || problems.length >= PROBLEM_LIMIT) return
    problems.push({
      code: 'data-row',
      severity: 'error',
      place: { file: path, line: lines[i]! },
      message: `The row is too ${row.length < names.length ? 'short' : 'long'}.`,
      expected: `${names.length} cells, delimited by ${JSON.stringify(delimiter)}`,
      received: `${row.length} cells`,
      fix:
        row.length < names.length
          ? 'Add the missing cells; they may be empty.'
          : 'Put quotes around cells that contain the delimiter.',
    })
  })
  if (problems.length > 0) throw new ProblemError(problems)
}

function failSyntax(path: string, line: number, error: CsvError): never {
  const tooLong = error.code === 'CSV_MAX_RECORD_SIZE'
  return fail({
    code: tooLong ? 'data-too-large' : 'data-format',
    place: { file: path, line },
    message: tooLong ? 'The row that begins here is too long.' : 'The quotes of the row that begins here do not fit.',
    expected: tooLong ? `at most ${RECORD_LIMIT} bytes a row` : 'quotes around whole cells, doubled inside them',
    received: error.message,
    fix: tooLong
      ? 'Check for a quote that is never closed.'
      : 'Close the quote, or write "" for a quote inside a quoted cell.',
  })
}

function failEmpty(path: string, received: string): never {
  return fail({
    code: 'data-empty',
    place: { file: path },
    message: 'The table has no rows.',
    expected: 'a header and at least one row',
    received,
    fix: 'Check that it is the right file and that it was exported completely.',
  })
}

function failTooWide(path: string, columns: number): never {
  return fail({
    code: 'data-too-large',
    place: { file: path, line: 1 },
    message: 'The table has too many columns.',
    expected: `at most ${COLUMN_LIMIT}`,
    received: `${columns}`,
    fix: 'Remove columns, or check the delimiter.',
  })
}

function failEncoding(path: string, received: string, line: number, byte: number): never {
  return fail({
    code: 'data-format',
    place: { file: path, line, byte },
    message: 'The text is not encoded in UTF-8.',
    expected: 'UTF-8',
    received,
    fix: 'Save the table as CSV with the encoding UTF-8.',
  })
}
