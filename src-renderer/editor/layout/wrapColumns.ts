/**
 * Wraps a top-to-bottom network into columns, so that it fills the window at the largest scale. Columns
 * break where few edges cross.
 */
export interface Band {
  /** Height of its tallest card. */
  readonly height: number
  /** Horizontal extent of its cards. */
  readonly left: number
  readonly right: number
}

export interface WrapOptions {
  /** Size of the window to fill. */
  readonly width: number
  readonly height: number
  /** Vertical distance between bands, horizontal distance between columns. */
  readonly rowGap: number
  readonly columnGap: number
  /** Edges that cross the break before band `index`. */
  readonly crossing: (index: number) => number
  /** Scale above which more room does not help. */
  readonly largestScale?: number
}

/** Cost of a column as a share of the scale: fewer columns read better. */
const COLUMN_PRICE = 0.04
/** Cost of every cut edge beyond the first per break, as a share of the scale. */
const CROSSING_PRICE = 0.25
const MOST_COLUMNS = 12

/** Index of the first band of every column. */
export function wrapColumns(bands: readonly Band[], options: WrapOptions): number[] {
  let best = [0]
  let bestScore = -Infinity
  for (let columns = 1; columns <= Math.min(MOST_COLUMNS, bands.length); columns++) {
    const starts = breakInto(bands, columns, options)
    if (starts === undefined) continue
    const score = scoreOf(bands, starts, options)
    if (score > bestScore) [best, bestScore] = [starts, score]
  }
  return best
}

/** The scale at which the wrapped network fits, minus the cost of its columns and cut edges. */
function scoreOf(bands: readonly Band[], starts: readonly number[], options: WrapOptions): number {
  const columns = starts.map((start, index) => bands.slice(start, starts[index + 1]))
  const heights = columns.map((column) => heightOf(column, options.rowGap))
  const widths = columns.map(widthOf)
  const width = widths.reduce((sum, each) => sum + each, 0) + (columns.length - 1) * options.columnGap
  const scale = Math.min(options.largestScale ?? 1, options.width / width, options.height / Math.max(...heights))
  const cut = starts.slice(1).reduce((sum, start) => sum + Math.max(0, options.crossing(start) - 1), 0)
  return scale * (1 - COLUMN_PRICE * (columns.length - 1)) * (1 - Math.min(0.9, CROSSING_PRICE * cut))
}

function heightOf(bands: readonly Band[], gap: number): number {
  return bands.reduce((sum, band) => sum + band.height, 0) + Math.max(0, bands.length - 1) * gap
}

function widthOf(bands: readonly Band[]): number {
  return Math.max(...bands.map((band) => band.right)) - Math.min(...bands.map((band) => band.left))
}

/**
 * The breaks into `columns` that minimize the tallest column and the number of cut edges, or undefined if there are
 * none.
 */
function breakInto(bands: readonly Band[], columns: number, options: WrapOptions): number[] | undefined {
  const sums = [0]
  for (const band of bands) sums.push(sums.at(-1)! + band.height + options.rowGap)
  const height = (from: number, to: number): number => sums[to]! - sums[from]! - options.rowGap
  const cutPrice = (sums.at(-1)! / columns) * CROSSING_PRICE
  // least[k][i]: the minimum cost of putting the first i bands into k columns; the last column starts at from[k][i].
  let least = sums.map((_, i) => (i === 0 ? 0 : height(0, i)))
  const from: number[][] = [sums.map(() => 0)]
  for (let k = 2; k <= columns; k++) {
    const next = sums.map(() => Infinity)
    const starts = sums.map(() => 0)
    for (let i = k; i <= bands.length; i++) {
      for (let start = k - 1; start < i; start++) {
        const cost = Math.max(least[start]!, height(start, i)) + cutPrice * Math.max(0, options.crossing(start) - 1)
        if (cost < next[i]!) [next[i], starts[i]] = [cost, start]
      }
    }
    least = next
    from.push(starts)
  }
  if (!Number.isFinite(least.at(-1)!)) return undefined
  const result: number[] = []
  for (let k = columns, end = bands.length; k >= 1; k--) {
    end = from[k - 1]![end]!
    result.unshift(end)
  }
  return result
}
