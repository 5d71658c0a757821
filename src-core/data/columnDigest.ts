/**
 * Statistics of table columns from a stream of rows, in memory that does not grow with their number. Medians and quantiles
 * are exact: the bits of a float32, read as an integer, keep its order, so counting the upper 16 bits finds the part in
 * which a rank lies, and counting the lower 16 bits inside that part finds the value.
 */
import type { CategoryStatistics, ColumnStatistics } from './facts'

/** Some rows in order, row-major [rows, width]. */
export interface RowChunk {
  /** Index of the first row. */
  readonly begin: number
  readonly rows: Float32Array
}

/** Reads all rows from the first one; called once a pass. */
export type RowSource = () => AsyncIterable<RowChunk> | Iterable<RowChunk>

export interface DescribedColumn {
  readonly type: 'numeric' | 'categorical' | 'indicator'
  /** Number of categories. */
  readonly categories?: number
}

const HALF = 65536
/** Columns that are counted in one pass: each takes up to a megabyte. */
const COLUMNS_A_PASS = 64
/** Different values of a column among which the most frequent one is looked for. */
const MODE_LIMIT = 200_000

export interface DescribeOptions {
  /** Rows that count: 1 for those of the training split. */
  readonly includes: Uint8Array
  /** Shares in 0…1 at which quantiles are wanted beside the median. */
  readonly quantiles?: readonly number[]
  /** Whether the most frequent value of numeric columns is wanted. */
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
    for (const pass of [1, 2] as const) {
      for await (const { begin, rows } of source()) {
        const count = rows.length / columns.length
        counters.forEach((counter, c) => {
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
  #missing = 0
  #count = 0
  readonly #counts: number[]

  constructor(categories: number) {
    this.#counts = new Array<number>(categories).fill(0)
  }

  take(code: number, pass: 1 | 2): void {
    if (pass === 2) return
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

const float = new Float32Array(1)
const bits = new Uint32Array(float.buffer)

/** Bits of a float32 as an integer that grows with it. */
function orderedBits(value: number): number {
  float[0] = value
  const raw = bits[0]!
  return raw >>> 31 === 1 ? ~raw >>> 0 : (raw | 0x80000000) >>> 0
}

function fromOrderedBits(ordered: number): number {
  bits[0] = ordered >>> 31 === 1 ? (ordered & 0x7fffffff) >>> 0 : ~ordered >>> 0
  return float[0]!
}

class NumberCounter {
  #count = 0
  #missing = 0
  #sum = 0
  #squares = 0
  #min = Infinity
  #max = -Infinity
  readonly #upper = new Uint32Array(HALF)
  /** Counts of the lower bits in the parts that hold a wanted rank. */
  readonly #lower = new Map<number, Uint32Array>()
  readonly #frequencies: Map<number, number> | undefined

  constructor(private readonly options: DescribeOptions) {
    if (options.mode) this.#frequencies = new Map()
  }

  take(value: number, pass: 1 | 2): void {
    if (Number.isNaN(value)) {
      if (pass === 1) this.#missing++
    } else if (pass === 1) this.#takeFirst(value)
    else this.#takeSecond(value)
  }

  #takeFirst(value: number): void {
    this.#count++
    this.#sum += value
    if (value < this.#min) this.#min = value
    if (value > this.#max) this.#max = value
    this.#upper[orderedBits(value) >>> 16]!++
    const frequencies = this.#frequencies
    if (frequencies && frequencies.size <= MODE_LIMIT) frequencies.set(value, (frequencies.get(value) ?? 0) + 1)
  }

  #takeSecond(value: number): void {
    // Two passes: the difference of large squares would lose the digits of a column such as a year.
    this.#squares += (value - this.#mean) ** 2
    const ordered = orderedBits(value)
    const lower = this.#lower.get(ordered >>> 16)
    if (lower) lower[ordered & 0xffff]!++
  }

  get #mean(): number {
    return this.#count === 0 ? 0 : this.#sum / this.#count
  }

  end(pass: 1 | 2): void {
    if (pass === 2 || this.#count === 0) return
    for (const share of [0.5, ...(this.options.quantiles ?? [])]) {
      const place = share * (this.#count - 1)
      for (const rank of [Math.floor(place), Math.ceil(place)]) {
        const { part } = this.#partOf(rank)
        if (!this.#lower.has(part)) this.#lower.set(part, new Uint32Array(HALF))
      }
    }
  }

  /** The part in which the value at 0-based `rank` lies, and how many values are before that part. */
  #partOf(rank: number): { part: number; before: number } {
    let before = 0
    for (let part = 0; part < HALF; part++) {
      const here = this.#upper[part]!
      if (before + here > rank) return { part, before }
      before += here
    }
    return { part: HALF - 1, before }
  }

  #ranked(rank: number): number {
    const { part, before } = this.#partOf(rank)
    const lower = this.#lower.get(part)!
    let seen = before
    for (let low = 0; low < HALF; low++) {
      seen += lower[low]!
      if (seen > rank) return fromOrderedBits(((part << 16) | low) >>> 0)
    }
    return this.#max
  }

  /** Linear between the two nearest values, as NumPy does by default. */
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
      ...(quantiles.length > 0 && { quantiles: quantiles.map((share) => this.#quantile(share)) }),
      ...(this.#frequencies && { mode: mostFrequent(this.#frequencies) }),
    }
  }
}

/** Among equally frequent values the smallest; null where there are too many to count. */
function mostFrequent(frequencies: ReadonlyMap<number, number>): number | null {
  if (frequencies.size > MODE_LIMIT) return null
  let best = NaN
  let most = 0
  for (const [value, count] of frequencies) {
    if (count > most || (count === most && value < best)) [best, most] = [value, count]
  }
  return best
}
