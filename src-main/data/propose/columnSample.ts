/** What the first rows of a table reveal about a column, in bounded memory. */
import { isMissing, isNumber } from '../readers/cells'
import { shortened } from '../readers/rows'
import { splitNamed } from '../sources/source'

/** Maximum distinct values to track; the contract shows one more as “more”. */
export const VALUES = 1000
const EXAMPLES = 5
/**
 * Average content of a cell from which a column counts as text, if cells also rarely repeat: words, or characters in
 * scripts without spaces. Names and addresses have less than texts next to other features.
 */
const SHORT = { words: 4, signs: 12 }
const LONG = { words: 10, signs: 20 }
/** Characters of a cell to count signs in. */
const COUNTED = 100
/** Minimum share of cells that name images. */
const MOST = 0.8
/** Placeholder numbers for missing measurements: -99, -999, 9999 … */
const sentinel = /^(-9{2,}|9{3,})(\.0*)?$/
/** How often a placeholder has to occur not to be an ordinary value. */
const SENTINELS = 2
const imagePath = /\.(png|jpe?g|jfif|webp|bmp|tiff?|gif|pgm|ppm)$/i

/** Names of columns that number or name the rows. */
const identifiers = [/^(id|nr\.?|index|unnamed.*|row.?(id|nr|no|number)?|#|)$/i, /[^A-Z]I[Dd]$|[_ .-]id$/]
/** Names that measurements also have: they count as identifiers only if the numbers are consecutive. */
const counters = /^(obs|no|num|idx|sample)\.?$/i

const decimalComma = /^[+-]?\d+(\.\d{3})*,\d+$/

export const isImagePath = (cell: string): boolean => imagePath.test(cell)

export class ColumnSample {
  present = 0
  missing = 0
  numbers = 0
  integers = 0
  images = 0
  splits = 0
  /** Numbers with a decimal comma. */
  commas = 0
  /** The first cell that is not a number. */
  firstText: { readonly line: number; readonly cell: string } | undefined
  #words = 0
  #signs = 0
  #characters = 0
  /** Cell counts by value, while there are at most VALUES. */
  readonly counts = new Map<string, number>()
  overflows = false

  constructor(
    readonly name: string,
    readonly index: number,
    /** Whether the column has no name in the file. */
    readonly isUnnamed = false,
  ) {}

  /** `line` is the line of the row. */
  take(cell: string, line: number): void {
    if (isMissing(cell)) {
      this.missing++
      return
    }
    this.present++
    this.#characters += cell.length
    this.#words += cell.length < 1000 ? cell.split(/\s+/).length : cell.length / 6
    this.#signs += countSigns(cell)
    if (isNumber(cell)) {
      this.numbers++
      if (Number.isInteger(Number(cell))) this.integers++
    } else {
      this.firstText ??= { line, cell: shortened(cell) }
      if (decimalComma.test(cell)) this.commas++
      else if (isImagePath(cell)) this.images++
      else if (splitNamed(cell) !== undefined) this.splits++
    }
    const seen = this.counts.get(cell)
    if (seen !== undefined) this.counts.set(cell, seen + 1)
    else if (this.counts.size < VALUES) this.counts.set(cell, 1)
    else this.overflows = true
  }

  get type(): 'numeric' | 'categorical' | 'text' {
    if (this.numbers * 2 > this.present) return 'numeric'
    return this.isText ? 'text' : 'categorical'
  }

  /** Its type as one of several features. */
  get kind(): 'numeric' | 'categorical' {
    return this.type === 'numeric' ? 'numeric' : 'categorical'
  }

  get hasRows(): boolean {
    return this.present + this.missing > 0
  }

  /** Sentences, not repeating words. */
  get isText(): boolean {
    const repeats = !this.overflows && this.counts.size * 2 < this.present
    return this.present > 0 && this.numbers * 2 <= this.present && !repeats && this.#has(SHORT) && !this.namesImages
  }

  /** Text that is likely the input even if there are other features. */
  get isLongText(): boolean {
    return this.isText && this.#has(LONG)
  }

  #has({ words, signs }: typeof SHORT): boolean {
    return this.#words >= words * this.present || this.#signs >= signs * this.present
  }

  /** Most of it would be numbers but for the decimal commas. */
  get hasDecimalCommas(): boolean {
    return this.commas > 0 && this.commas + this.numbers >= MOST * this.present
  }

  get length(): number {
    return this.#characters
  }

  get namesImages(): boolean {
    return this.present > 0 && this.images >= MOST * this.present
  }

  get namesSplits(): boolean {
    return this.present > 0 && this.splits === this.present
  }

  /** A number that seems to mean “missing”: it repeats, far from all others. */
  get sentinel(): number | undefined {
    if (this.type !== 'numeric') return undefined
    const [cell, count] = [...this.counts].find(([each, n]) => n >= SENTINELS && sentinel.test(each)) ?? []
    if (cell === undefined || count === this.present) return undefined
    const others = [...this.counts.keys()].filter((each) => each !== cell && isNumber(each)).map(Number)
    const [low, high] = [others.reduce((a, b) => Math.min(a, b)), others.reduce((a, b) => Math.max(a, b))]
    const value = Number(cell)
    return value < low - 2 * (high - low) || value > high + 2 * (high - low) ? value : undefined
  }

  /** Distinct in (almost) every row: a name or a running number. */
  get isIdentifier(): boolean {
    if (this.isUnnamed) return true
    const different = this.overflows ? Infinity : this.counts.size
    if (this.type === 'numeric') {
      const isCounted = this.integers === this.present && different >= Math.min(this.present, VALUES)
      const name = this.name.trim()
      return isCounted && (identifiers.some((each) => each.test(name)) || (counters.test(name) && this.#isSequence))
    }
    return this.type === 'categorical' && (this.overflows || (different > 20 && different * 4 > this.present))
  }

  /** Whether its numbers are consecutive, in any order. */
  get #isSequence(): boolean {
    const numbers = [...this.counts.keys()].map(Number)
    const [low, high] = [numbers.reduce((a, b) => Math.min(a, b)), numbers.reduce((a, b) => Math.max(a, b))]
    return high - low === numbers.length - 1
  }

  get examples(): string[] {
    return [...this.counts.keys()].slice(0, EXAMPLES).map((cell) => shortened(cell))
  }
}

/** Characters of Chinese, Japanese and Korean. */
function countSigns(cell: string): number {
  let signs = 0
  for (let at = Math.min(cell.length, COUNTED) - 1; at >= 0; at--) if (cell.charCodeAt(at) >= 0x2e80) signs++
  return signs
}
