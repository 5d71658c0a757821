/**
 * Statistics of table columns from a stream of rows, in constant memory. Medians and quantiles
 * are exact: the bits of a float, read as an integer, preserve its order, so counting the upper 16 bits finds the range
 * that
 * contains a rank, and counting the next 16 bits inside that range narrows it down: two passes for float32, four for
 * float64.
 */
import type { CategoryStatistics, ColumnStatistics, RowArray } from './facts'

/** Consecutive rows, row-major [rows, width]. */
export interface RowChunk {
  /** Index of the first row. */
  readonly begin: number
  readonly rows: RowArray
}

/** Reads all rows from the first one; called once per pass. */
export type RowSource = () => AsyncIterable<RowChunk> | Iterable<RowChunk>

export interface DescribedColumn {
  readonly type: 'numeric' | 'categorical' | 'indicator'
  /** Number of categories. */
  readonly categories?: number
}

const HALF = 65536
/** Columns counted per pass: each takes up to a megabyte. */
const COLUMNS_A_PASS = 64
/** Maximum number of distinct values of a column for finding the most frequent one. */
const MODE_LIMIT = 200_000

export interface DescribeOptions {
  /** Row mask: 1 for those of the training split. */
  readonly includes: Uint8Array
  /** Quantiles to compute besides the median, in 0…1. */
  readonly quantiles?: readonly number[]
  /** Whether to compute the most frequent value of numeric columns. */
  readonly mode?: boolean
}

/** Statistics of every column over the included rows. Missing cells are NaN. */
export async function describeColumns(
  source: RowSource,
  columns: readonly DescribedColumn[],
  options: DescribeOptions,
): Promise<(ColumnStatistics | CategoryStatistics)[]> {
  const result: (ColumnStatistics | CategoryStatistics)[] = []
  for (let first = 0; first < columns.length; first += COLUMNS_A_PASS) {
    const some = columns.slice(first, first + COLUMNS_A_PASS)
    const counters = some.map((column) =>
      column.type === 'categorical' ? new CategoryCounter(column.categories ?? 0) : new NumberCounter(options),
    )
    let passes = 2
    for (let pass = 1; pass <= passes; pass++) {
      for await (const { begin, rows } of source()) {
        const wide = rows instanceof Float64Array
        if (wide) passes = 4
        const count = rows.length / columns.length
        counters.forEach((counter, c) => {
          counter.wide = wide
          for (let row = 0; row < count; row++) {
            if (options.includes[begin + row] === 1) counter.take(rows[row * columns.length + first + c]!, pass)
          }
        })
      }
      counters.forEach((counter) => counter.end(pass))
    }
    result.push(...counters.map((counter) => counter.statistics()))
  }
  return result
}

class CategoryCounter {
  wide = false
  #missing = 0
  #count = 0
  readonly #counts: number[]

  constructor(categories: number) {
    this.#counts = new Array<number>(categories).fill(0)
  }

  take(code: number, pass: number): void {
    if (pass > 1) return
    if (Number.isNaN(code)) this.#missing++
    else {
      this.#count++
      this.#counts[code]!++
    }
  }

  end(): void {}

  statistics(): CategoryStatistics {
    return { count: this.#count, missing: this.#missing, counts: this.#counts }
  }
}

const double = new Float64Array(1)
const words = new Uint32Array(double.buffer)
const single = new Float32Array(1)
const word = new Uint32Array(single.buffer)
const HIGH = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 1 : 0
const SIGN = 0x80000000

/** 16 bits of an integer that increases with the value, the upper ones first. */
function digit(value: number, place: number, wide: boolean): number {
  if (wide) double[0] = value
  else single[0] = value
  const high = wide ? words[HIGH]! : word[0]!
  const isNegative = high >= SIGN
  const part = place < 2 ? high : words[1 - HIGH]!
  const ordered = isNegative ? ~part >>> 0 : place < 2 ? (part | SIGN) >>> 0 : part
  return place % 2 === 0 ? ordered >>> 16 : ordered & 0xffff
}

/** All digits before `place` as one number of at most 48 bits. */
function prefixOf(value: number, place: number, wide: boolean): number {
  let prefix = 0
  for (let at = 0; at < place; at++) prefix = prefix * HALF + digit(value, at, wide)
  return prefix
}

function fromDigits(digits: readonly number[], wide: boolean): number {
  const ordered = ((digits[0]! << 16) | digits[1]!) >>> 0
  const isNegative = ordered < SIGN
  const high = isNegative ? ~ordered >>> 0 : (ordered & 0x7fffffff) >>> 0
  if (!wide) {
    word[0] = high
    return single[0]!
  }
  const low = ((digits[2]! << 16) | digits[3]!) >>> 0
  words[HIGH] = high
  words[1 - HIGH] = isNegative ? ~low >>> 0 : low
  return double[0]!
}

/** What is known about the position of a rank. */
interface Wanted {
  readonly digits: number[]
  /** Rank among the values that start with these digits. */
  rest: number
}

class NumberCounter {
  wide = false
  #count = 0
  #missing = 0
  #sum = 0
  #squares = 0
  #min = Infinity
  #max = -Infinity
  /** Count of each next digit, keyed by the digits before it. */
  #counts = new Map<number, Uint32Array>([[0, new Uint32Array(HALF)]])
  readonly #wanted = new Map<number, Wanted>()
  readonly #frequencies: Map<number, number> | undefined

  constructor(private readonly options: DescribeOptions) {
    if (options.mode) this.#frequencies = new Map()
  }

  take(value: number, pass: number): void {
    if (Number.isNaN(value)) {
      if (pass === 1) this.#missing++
      return
    }
    if (pass === 1) this.#takeFirst(value)
    // Two passes: the difference of large squares would lose the digits of a column such as a year.
    else if (pass === 2) this.#squares += (value - this.#mean) ** 2
    const counts = this.#counts.get(prefixOf(value, pass - 1, this.wide))
    if (counts) counts[digit(value, pass - 1, this.wide)]!++
  }

  #takeFirst(value: number): void {
    this.#count++
    this.#sum += value
    if (value < this.#min) this.#min = value
    if (value > this.#max) this.#max = value
    const frequencies = this.#frequencies
    if (frequencies && frequencies.size <= MODE_LIMIT) frequencies.set(value, (frequencies.get(value) ?? 0) + 1)
  }

  get #mean(): number {
    return this.#count === 0 ? 0 : this.#sum / this.#count
  }

  end(pass: number): void {
    if (this.#count === 0) return
    if (pass === 1) this.#want()
    const next = new Map<number, Uint32Array>()
    for (const wanted of this.#wanted.values()) {
      const counts = this.#counts.get(keyOf(wanted.digits))!
      let at = 0
      while (at < HALF - 1 && wanted.rest >= counts[at]!) wanted.rest -= counts[at++]!
      wanted.digits.push(at)
      const key = keyOf(wanted.digits)
      if (!next.has(key)) next.set(key, new Uint32Array(HALF))
    }
    this.#counts = next
  }

  #want(): void {
    for (const share of [0.5, ...(this.options.quantiles ?? [])]) {
      const place = share * (this.#count - 1)
      for (const rank of [Math.floor(place), Math.ceil(place)]) this.#wanted.set(rank, { digits: [], rest: rank })
    }
  }

  #ranked(rank: number): number {
    return fromDigits(this.#wanted.get(rank)!.digits, this.wide)
  }

  /** Linear interpolation between the two nearest values, NumPy's default. */
  #quantile(share: number): number {
    const place = share * (this.#count - 1)
    const [low, high] = [this.#ranked(Math.floor(place)), this.#ranked(Math.ceil(place))]
    return low + (high - low) * (place - Math.floor(place))
  }

  statistics(): ColumnStatistics {
    const { quantiles = [] } = this.options
    const count = this.#count
    const missing = this.#missing
    if (count === 0) return { count, missing, mean: 0, deviation: 0, min: 0, max: 0, median: 0 }
    return {
      count,
      missing,
      mean: this.#mean,
      deviation: Math.sqrt(this.#squares / count),
      min: this.#min,
      max: this.#max,
      median: this.#quantile(0.5),
      ...(this.wide && { wide: true }),
      ...(quantiles.length > 0 && { quantiles: quantiles.map((share) => this.#quantile(share)) }),
      ...(this.#frequencies && { mode: mostFrequent(this.#frequencies) }),
    }
  }
}

const keyOf = (digits: readonly number[]): number => digits.reduce((key, next) => key * HALF + next, 0)

/** Ties give the smallest value; null if there are too many to count. */
function mostFrequent(frequencies: ReadonlyMap<number, number>): number | null {
  if (frequencies.size > MODE_LIMIT) return null
  let best = NaN
  let most = 0
  for (const [value, count] of frequencies) {
    if (count > most || (count === most && value < best)) [best, most] = [value, count]
  }
  return best
}
