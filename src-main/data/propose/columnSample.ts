/** What the first rows of a table tell of a column, in memory that does not grow with them. */
import { isMissing, isNumber } from '../readers/cells'
import { shortened } from '../readers/rows'
import { splitNamed } from '../sources/source'

/** Different values that are told apart; the contract shows one more as “more”. */
export const VALUES = 1000
const EXAMPLES = 5
/**
 * What a cell has on average from which on a column is taken for texts, where cells also rarely repeat: words, or characters of
 * the scripts that have no spaces. Names and addresses have fewer than texts that stand beside other features.
 */
const SHORT = { words: 4, signs: 12 }
const LONG = { words: 10, signs: 20 }
/** Characters of a cell in which signs are counted. */
const COUNTED = 100
/** Share of cells that name images. */
const MOST = 0.8
/** Numbers that are written where there is no measurement: -99, -999, 9999 … */
const sentinel = /^(-9{2,}|9{3,})(\.0*)?$/
/** How often one occurs where it is no value like another. */
const SENTINELS = 2
const imagePath = /\.(png|jpe?g|jfif|webp|bmp|tiff?|gif|pgm|ppm)$/i

/** Names of columns that number or name the rows. */
const identifiers = [/^(id|nr\.?|index|unnamed.*|row.?(id|nr|no|number)?|#|)$/i, /[^A-Z]I[Dd]$|[_ .-]id$/]
/** Names that measurements have as well: they count where the numbers follow each other. */
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
  /** Numbers with a comma in place of the point. */
  commas = 0
  /** The first cell that holds something else than a number. */
  firstText: { readonly line: number; readonly cell: string } | undefined
  #words = 0
  #signs = 0
  #characters = 0
  /** Cells by value, while there are at most VALUES. */
  readonly counts = new Map<string, number>()
  overflows = false

  constructor(
    readonly name: string,
    readonly index: number,
    /** Whether it has no name in the file. */
    readonly isUnnamed = false,
  ) {}

  /** `line` is that of the row. */
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

  /** What it is as one of several features. */
  get kind(): 'numeric' | 'categorical' {
    return this.type === 'numeric' ? 'numeric' : 'categorical'
  }

  get hasRows(): boolean {
    return this.present + this.missing > 0
  }

  /** Sentences rather than words that repeat. */
  get isText(): boolean {
    const repeats = !this.overflows && this.counts.size * 2 < this.present
    return this.present > 0 && this.numbers * 2 <= this.present && !repeats && this.#has(SHORT) && !this.namesImages
  }

  /** Texts that are likely meant to be read even where there is something else to learn from. */
  get isLongText(): boolean {
    return this.isText && this.#has(LONG)
  }

  #has({ words, signs }: typeof SHORT): boolean {
    return this.#words >= words * this.present || this.#signs >= signs * this.present
  }

  /** Most of it would be numbers, were it not for their commas. */
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

  /** A number that seems to stand for “missing”: it repeats, far from all others. */
  get sentinel(): number | undefined {
    if (this.type !== 'numeric') return undefined
    const [cell, count] = [...this.counts].find(([each, n]) => n >= SENTINELS && sentinel.test(each)) ?? []
    if (cell === undefined || count === this.present) return undefined
    const others = [...this.counts.keys()].filter((each) => each !== cell && isNumber(each)).map(Number)
    const [low, high] = [others.reduce((a, b) => Math.min(a, b)), others.reduce((a, b) => Math.max(a, b))]
    const value = Number(cell)
    return value < low - 2 * (high - low) || value > high + 2 * (high - low) ? value : undefined
  }

  /** Different in (almost) every row: a name or a running number. */
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

  /** Whether its numbers have no gap between them, in whatever order. */
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
