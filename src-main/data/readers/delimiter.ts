/** Detects a table's delimiter, quote and comment character from its first rows. */
import { text, type Text } from '#core/base/text'
import { ProblemError } from '#core/problems/problem'
import { ROW_LIMIT, RowSplitter, type SplitDialect } from './rowSplitter'
import { decodeFile } from './decodeFile'
import type { FoundEncoding } from './encoding'

/** The start of a file. */
export interface Sample {
  readonly path: string
  readonly text: string
  /** Whether it is the whole file. */
  readonly whole: boolean
}

export interface FoundDelimiter {
  readonly delimiter: string
  /** Why it may be a different one. */
  readonly doubt?: Text
}

export interface SampleRows {
  readonly rows: string[][]
  readonly lines: number[]
  /** Why there are no more. */
  readonly problem?: ProblemError
}

const delimiters = [',', ';', '\t', '|'] as const
const uneven = text('the first rows are not equally long with any', '用任何分隔符，前几行的单元格数都不同')
const comments = ['#', '%'] as const
/** Rows to detect the delimiter from. */
const SAMPLE_ROWS = 20
const SAMPLE_LENGTH = 2 ** 18
/** If few rows are needed, only part of the sample is split; steps double, because an unfinished row is split again. */
const STEP = 2 ** 14
/** Minimum share of rows with the same width for a delimiter to fit. */
const FITTING = 0.9
/** Minimum share of numeric cells for blanks to be delimiters; sentences have blanks too. */
const NUMBERS = 0.5
/** This many quotes that do not quote are no mistake, and this many quoted cells are no coincidence. */
const REPEATED = 3

/** The start of the file: as much as the first row needs, and more rows if that is little. */
export async function sampleOf(path: string, found: FoundEncoding): Promise<Sample> {
  let text = ''
  for await (const piece of decodeFile(path, found)) {
    text += piece
    if (text.length < SAMPLE_LENGTH) continue
    // The first line may be long, and white space may precede it.
    if (holdsLine(text) || text.length > ROW_LIMIT) return { path, text, whole: false }
  }
  return { path, text, whole: true }
}

/** Whether the text contains the end of a non-empty line. */
function holdsLine(text: string): boolean {
  const begin = text.search(/\S/)
  return begin >= 0 && /[\n\r]/.test(text.slice(begin))
}

export function splitSample({ path, text, whole }: Sample, dialect: SplitDialect, limit: number): SampleRows {
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

/** The delimiter specified by a first line like `sep=;`, which spreadsheets write and follow. */
export function saidDelimiter({ text }: Sample): string | undefined {
  return /^"?sep=(.)"?[ \t]*(?:[\r\n]|$)/i.exec(text)?.[1]
}

/** What is known about a table before it is read. */
export interface ExpectedTable {
  readonly names?: readonly string[] | undefined
  /** The delimiter of similar tables: used if nothing else splits the rows. */
  readonly delimiter?: string | undefined
}

/** The delimiter that splits most of the first rows into the same number of cells, above one. */
export function findDelimiter(
  sample: Sample,
  { names = [], delimiter: expected }: ExpectedTable,
  others: Partial<SplitDialect>,
): FoundDelimiter {
  const scored = delimiters.map((delimiter) => ({ delimiter, ...scoreDelimiter(sample, delimiter, names, others) }))
  const better = (a: (typeof scored)[number], b: (typeof scored)[number]) =>
    b.named - a.named || b.share - a.share || b.cells - a.cells
  const [best, second] = scored.sort(better) as [(typeof scored)[number], (typeof scored)[number]]
  if (best.named <= second.named && isBlankSeparated(sample, best, names, others)) return { delimiter: ' ' }
  if (best.cells === 1 && expected !== undefined && scoreDelimiter(sample, expected, names, others).cells > 1)
    return { delimiter: expected }
  if (best.cells === 1 || best.named > second.named) return { delimiter: best.delimiter }
  if (best.share < FITTING) return { delimiter: best.delimiter, doubt: uneven }
  // Commas inside numbers split the rows as evenly, but not their names.
  if (second.share < FITTING || second.rows[0]?.length !== second.cells) return { delimiter: best.delimiter }
  const other = JSON.stringify(second.delimiter)
  return {
    delimiter: best.delimiter,
    doubt: text(`${other} would cut the rows evenly as well`, `${other} 也能使各行单元格数相同`),
  }
}

interface Score {
  readonly named: number
  readonly share: number
  readonly cells: number
  readonly rows: readonly (readonly string[])[]
}

function scoreDelimiter(
  sample: Sample,
  delimiter: string,
  names: readonly string[],
  others: Partial<SplitDialect>,
): Score {
  const strict = splitSample(sample, { quote: '"', ...others, delimiter }, SAMPLE_ROWS)
  const { rows } = strict.problem ? splitSample(sample, { ...others, delimiter, quote: '' }, SAMPLE_ROWS) : strict
  const counts = new Map<number, number>()
  for (const { length } of rows) if (length > 1) counts.set(length, (counts.get(length) ?? 0) + 1)
  const [cells, matching] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), [1, 0])
  const named = names.filter((name) => rows[0]?.includes(name)).length
  // If row names have no header, the first row is one cell shorter.
  const fitting = cells > 2 && rows[0]?.length === cells - 1 && rows.length > 2 ? matching + 1 : matching
  return { named, share: fitting / (rows.length || 1), cells, rows }
}

/**
 * Nothing else splits the rows, or a tab splits off only their ends, and the blank-separated cells are mostly numbers.
 */
function isBlankSeparated(
  sample: Sample,
  best: Score & { readonly delimiter: string },
  names: readonly string[],
  others: Partial<SplitDialect>,
): boolean {
  if (best.cells > 1 && best.share >= FITTING && best.delimiter !== '\t') return false
  const { share, cells, rows } = scoreDelimiter(sample, ' ', names, others)
  if (share < FITTING || cells <= best.cells) return false
  const all = rows.slice(1).flat()
  return (
    all.filter((cell) => /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(cell)).length >= NUMBERS * all.length &&
    all.length > 0
  )
}

/** The sample without lines that may be comments; unchanged if nothing would be left. */
export function withoutComments(sample: Sample, given: string | undefined): Sample {
  if (given === '') return sample
  const marks: readonly string[] = given === undefined ? comments : [given]
  const lines = sample.text.split(/\r\n|\n|\r/)
  const rest = lines.filter((line) => !marks.includes(line.trimStart().charAt(0)))
  if (rest.length === lines.length || rest.every((line) => line.trim() === '')) return sample
  return { ...sample, text: rest.join('\n') }
}

/** The comment character; empty if there is none. Lines with as many cells as the rows may be data, or the header. */
export function findComment(sample: Sample, dialect: SplitDialect): string {
  const width = scoreDelimiter(withoutComments(sample, undefined), dialect.delimiter, [], dialect).cells
  const { rows } = splitSample(sample, dialect, REPEATED * SAMPLE_ROWS)
  const isComment = (mark: string) => {
    const marked = rows.filter((row) => row[0]?.startsWith(mark))
    return marked.length > 0 && marked.every(({ length }) => length !== width)
  }
  return comments.find(isComment) ?? ''
}

/** Double quotes, unless the first rows show that single quotes are used, or that double quotes do not quote. */
export function findQuote(sample: Sample, dialect: Omit<SplitDialect, 'quote'>): string {
  const cells = sample.text
    .split('\n')
    .flatMap((line) =>
      dialect.delimiter === ' ' ? line.trim().split(/[ \t]+/) : line.trimEnd().split(dialect.delimiter),
    )
  const count = (quote: string) =>
    cells.filter((cell) => cell.length > 1 && cell.startsWith(quote) && cell.endsWith(quote)).length
  const fits = (quote: string) => splitSample(sample, { ...dialect, quote }, Infinity).problem === undefined
  if (count('"') > 0) return '"'
  if (count("'") >= REPEATED && !sample.text.includes('"') && fits("'")) return "'"
  const stray = cells.filter((cell) => cell.includes('"')).length
  return stray >= REPEATED && !fits('"') ? '' : '"'
}
