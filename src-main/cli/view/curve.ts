/** The small chart at the end of a run: training loss as a line, validation loss as points, one per epoch. */
import { plot } from 'asciichart'
import type { Paint } from '../terminal'
import { formatFigure } from './numbers'
import { padStart } from './text'

export interface Curve {
  /** Training loss from the start of the run to its end, evenly spaced. */
  readonly training: readonly number[]
  readonly validation: readonly ValidationPoint[]
  /** First and last epoch shown, from 1. */
  readonly epochs: readonly [number, number]
  /** Columns of the chart without its axis. */
  readonly width: number
}

export interface ValidationPoint {
  /** Position in the run, from 0 (start) to 1 (end). */
  readonly at: number
  readonly loss: number
  readonly best: boolean
}

const HEIGHT = 8
/** The axis is logarithmic from this ratio of largest to smallest loss. */
const LOGARITHMIC_FROM = 8

/** Lines of the chart; empty if there is too little to draw or a loss is not finite. */
export function drawCurve({ training: losses, validation, epochs, width }: Curve, paint: Paint): string[] {
  const training = stretch(losses, width)
  const values = [...training, ...validation.map(({ loss }) => loss)]
  const low = Math.min(...values)
  const high = Math.max(...values)
  if (losses.length < 2 || !Number.isFinite(high - low) || high === low) return []
  const logarithmic = low > 0 && high / low >= LOGARITHMIC_FROM
  const [bend, unbend] = logarithmic ? [Math.log, Math.exp] : [(x: number) => x, (x: number) => x]
  const height = (loss: number) => ((bend(loss) - bend(low)) / (bend(high) - bend(low))) * HEIGHT
  const label = (row: number) => formatFigure(unbend(bend(low) + (row / HEIGHT) * (bend(high) - bend(low))))
  const labelWidth = Math.max(label(0).length, label(HEIGHT).length)
  const chart = plot(training.map(height), {
    min: 0,
    max: HEIGHT,
    height: HEIGHT,
    // One symbol for the whole axis; asciichart would draw a crossing at the first value.
    symbols: ['┤', '┤', '╶', '╴', '─', '╰', '╭', '╮', '╯', '│'],
    format: (row) => padStart(label(row), labelWidth),
  })
  const rows = chart.split('\n').map((line) => [...line.padEnd(labelWidth + 2 + training.length - 1)])
  const cells: string[][] = rows.map((row) =>
    row.map((cell, x) => (x < labelWidth + 2 || cell === ' ' ? cell : paint('blue', cell))),
  )
  for (const { at, loss, best } of validation) {
    const x = labelWidth + 2 + Math.max(0, Math.round(at * (training.length - 1)) - 1)
    cells[HEIGHT - Math.round(height(loss))]![x] = paint('yellow', best ? '◆' : '●')
  }
  return [legend(validation, logarithmic, paint), ...cells.map((row) => `  ${row.join('').trimEnd()}`), axis()]

  function axis(): string {
    const [from, to] = epochs
    const left = from === to ? `epoch ${from}` : `epoch ${from} …`
    const right = from === to ? '' : padStart(String(to), width - 1 - left.length)
    return `  ${' '.repeat(labelWidth + 2)}${left}${right}`
  }
}

/** Linear interpolation to `width` values. */
function stretch(values: readonly number[], width: number): number[] {
  return Array.from({ length: width }, (_, x) => {
    const at = (x / (width - 1)) * (values.length - 1)
    const before = Math.floor(at)
    const after = Math.min(before + 1, values.length - 1)
    return values[before]! + (values[after]! - values[before]!) * (at - before)
  })
}

function legend(validation: readonly ValidationPoint[], logarithmic: boolean, paint: Paint): string {
  const parts = [`${paint('blue', '─')} training`]
  if (validation.length > 0) parts.push(`${paint('yellow', '●')} validation, ${paint('yellow', '◆')} best`)
  return `  Loss${logarithmic ? ' (logarithmic)' : ''}   ${parts.join('   ')}`
}
