/** What the first rows of a table tell of a column, in memory that does not grow with them. */
import { isMissing, isNumber } from '../readers/cells'
import { shortened } from '../readers/rows'
import { splitNamed } from '../sources/source'

/** Different values that are told apart; the contract shows one more as “more”. */
export const VALUES = 1000
const EXAMPLES = 5
/** Words of a cell on average from which on a column is taken for texts, where cells also rarely repeat. */
const WORDS = 4
const CHARACTERS = 30
/** Share of cells that name images. */
const MOST = 0.8
const imagePath = /\.(png|jpe?g|jfif|webp|bmp|tiff?|gif|pgm|ppm)$/i

export const isImagePath = (cell: string): boolean => imagePath.test(cell)

export class ColumnSample {
  present = 0
  missing = 0
  numbers = 0
  integers = 0
  images = 0
  splits = 0
  /** The first cell that holds something else than a number. */
  firstText: { readonly line: number; readonly cell: string } | undefined
  #words = 0
  #characters = 0
  /** Cells by value, while there are at most VALUES. */
  readonly counts = new Map<string, number>()
  overflows = false

  constructor(
    readonly name: string,
    readonly index: number,
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
    if (isNumber(cell)) {
      this.numbers++
      if (Number.isInteger(Number(cell))) this.integers++
    } else {
      this.firstText ??= { line, cell: shortened(cell) }
      if (isImagePath(cell)) this.images++
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

  /** Sentences rather than words that repeat. Chinese and Japanese have no spaces, so characters count too. */
  get isText(): boolean {
    const repeats = !this.overflows && this.counts.size * 2 < this.present
    const isLong = this.#words >= WORDS * this.present || this.#characters >= CHARACTERS * this.present
    return this.present > 0 && this.numbers * 2 <= this.present && !repeats && isLong && !this.namesImages
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

  /** Different in (almost) every row: a name or a running number. */
  get isIdentifier(): boolean {
    const different = this.overflows ? Infinity : this.counts.size
    if (this.type === 'numeric')
      return (
        /^(id|index|unnamed.*|row.?(id|nr|no|number)?|#|)$/i.test(this.name.trim()) && this.integers === this.present
      )
    return this.type === 'categorical' && (this.overflows || (different > 20 && different * 4 > this.present))
  }

  get examples(): string[] {
    return [...this.counts.keys()].slice(0, EXAMPLES).map((cell) => shortened(cell))
  }
}
