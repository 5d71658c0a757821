/** Meaning of a table cell: a number, a text, or a missing value. */
import { MAX_CELL_MAGNITUDE } from '#core/data/facts'
import { missingWords, type ThousandsMark } from '#core/data/missingWords'
import type { RowBatch } from './rows'

/** Number format. */
export interface NumberForm {
  readonly decimal: '.' | ','
  readonly thousands: ThousandsMark
}

/** How values are written, and which ones mean missing. */
export interface CellForm extends NumberForm {
  /** Words for “missing”, case-insensitive; the common ones by default. */
  readonly missing?: readonly string[] | undefined
  /** Numbers that mean “missing”, such as −999. */
  readonly sentinels?: readonly number[] | undefined
}

export const plainNumbers: NumberForm = { decimal: '.', thousands: '' }

const plain = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/** For cells from `CellReader`. */
export function isMissing(cell: string): boolean {
  return cell === ''
}

/** Whether it is a decimal number that fits a float32, for cells from `CellReader`. */
export function isNumber(cell: string): boolean {
  return plain.test(cell) && Math.abs(Number(cell)) < MAX_CELL_MAGNITUDE
}

/** A cell with a decimal point and no other marks; unchanged if it is not a number of this form. */
export function numberReader({ decimal, thousands }: NumberForm): (cell: string) => string {
  if (decimal === '.' && thousands === '') return (cell) => cell
  const mark = thousands === ' ' ? '[ \\u00a0\\u2009\\u202f]' : escaped(thousands)
  const point = escaped(decimal)
  // Groups of three; some countries use groups of two before the last one. None follows a lone zero: 0,276 is below
  // one.
  const whole = thousands === '' ? '\\d+' : `(?:\\d+|[1-9]\\d{0,2}(?:${mark}\\d{2,3})*${mark}\\d{3})`
  const form = new RegExp(`^[+-]?(?:${whole}(?:${point}\\d*)?|${point}\\d+)(?:e[+-]?\\d+)?$`, 'i')
  const marks = new RegExp(mark, 'g')
  return (cell) => {
    if (!form.test(cell)) return cell
    const bare = thousands === '' ? cell : cell.replace(marks, '')
    return decimal === ',' ? bare.replace(',', '.') : bare
  }
}

const escaped = (text: string): string => text.replace(/[.$*+?^|()[\]{}\\]/g, '\\$&')

/**
 * Normalizes cells from any file: missing ones are empty, numbers have a decimal point. A number in another form than
 * the given one remains text.
 */
export class CellReader {
  readonly #words: ReadonlySet<string>
  readonly #longest: number
  readonly #sentinels: ReadonlySet<number>
  readonly #number: (cell: string) => string
  readonly #kept: readonly (ReadonlySet<string> | undefined)[]
  readonly #seen: Map<string, number>[]

  /** `kept` are words that are values in a column, although they mean “missing” elsewhere. */
  constructor(
    private readonly names: readonly string[],
    { missing = missingWords, sentinels = [], ...form }: CellForm,
    kept: ReadonlyMap<string, ReadonlySet<string>> = new Map(),
  ) {
    this.#words = new Set(missing.map((word) => word.toLowerCase()))
    this.#longest = missing.reduce((longest, word) => Math.max(longest, word.length), 0)
    this.#sentinels = new Set(sentinels)
    this.#number = numberReader(form)
    this.#kept = names.map((name) => kept.get(name))
    this.#seen = names.map(() => new Map<string, number>())
  }

  /** The words that meant “missing” in a column so far, most frequent first. */
  wordsIn(column: string): string[] {
    const seen = this.#seen[this.names.indexOf(column)] ?? new Map<string, number>()
    return [...seen].sort((a, b) => b[1] - a[1]).map(([word]) => word)
  }

  read({ rows, lines }: RowBatch): RowBatch {
    return { rows: rows.map((row) => row.map((cell, column) => this.#read(cell, column))), lines }
  }

  async *batches(batches: AsyncIterable<RowBatch>): AsyncGenerator<RowBatch> {
    for await (const batch of batches) yield this.read(batch)
  }

  #read(cell: string, column: number): string {
    if (cell === '') return cell
    if (cell.length <= this.#longest && this.#words.has(cell.toLowerCase()) && this.#kept[column]?.has(cell) !== true)
      return this.#miss(cell, column)
    const value = this.#number(cell)
    if (this.#sentinels.size > 0 && plain.test(value) && this.#sentinels.has(Number(value)))
      return this.#miss(cell, column)
    return value
  }

  #miss(word: string, column: number): string {
    const seen = this.#seen[column]!
    seen.set(word, (seen.get(word) ?? 0) + 1)
    return ''
  }
}

/** Columns with both signs as values, `+` and `-`: there a dash is a value. */
export function signColumns(names: readonly string[], rows: readonly (readonly string[])[]): Map<string, Set<string>> {
  const columns = names.filter((_, i) => rows.some((row) => row[i] === '+'))
  return new Map(columns.map((name) => [name, new Set(['-'])]))
}
