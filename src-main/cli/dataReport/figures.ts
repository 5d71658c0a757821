/** Numbers, bars and small histograms for the terminal. */
import { formatCount } from '../view/numbers'

const DIGITS = 4

/** A column value in four digits: `39.1`, `1982`, `42,070`, `0.0031`, `1.2e-7`, with a true minus. */
export function formatValue(value: number): string {
  if (Number.isNaN(value)) return '–'
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞'
  const size = Math.abs(value)
  if (size >= 1e7 || (size > 0 && size < 1e-4)) return value.toExponential(1).replace('e+', 'e').replaceAll('-', '−')
  // No comma, so that years read as years.
  if (size >= 10_000) return formatCount(value)
  if (size >= 1000) return String(Math.round(value)).replace('-', '−')
  return String(Number(value.toPrecision(DIGITS))).replace('-', '−')
}

/** `24 %`, `< 1 %`, and `100 %` only for all of it. */
export function formatShare(part: number, whole: number): string {
  if (whole === 0) return '–'
  const percent = (100 * part) / whole
  if (part > 0 && percent < 1) return '< 1 %'
  if (part < whole && percent > 99) return '> 99 %'
  return `${Math.round(percent)} %`
}

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉']

/** A bar of `share` of the width, to an eighth of a cell; anything above zero is visible. */
export function barOf(share: number, width: number): string {
  const eighths = Math.round(share * width * 8)
  if (share > 0 && eighths === 0) return EIGHTHS[1]!
  return '█'.repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8]!
}

const HEIGHTS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█']

/** A histogram as block characters, with its bins merged into `width`; empty bins are blank. */
export function blocksOf(counts: readonly number[], width: number): string {
  const cells = Math.min(width, counts.length)
  const sums = new Array<number>(cells).fill(0)
  counts.forEach((count, i) => (sums[Math.floor((i * cells) / counts.length)]! += count))
  const most = Math.max(...sums)
  const heightOf = (count: number) => HEIGHTS[Math.max(0, Math.ceil((count / most) * HEIGHTS.length) - 1)]!
  return sums.map((count) => (count === 0 ? ' ' : heightOf(count))).join('')
}
