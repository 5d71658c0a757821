/** Scales numeric columns from their minimum and maximum in the training split to a given range. */
import type { ColumnStatistics } from '../../data/facts'
import { range, text } from '../../params/params'
import { chosenColumns, minus, onColumns, rowOf } from '../columns'
import { SMALLEST_SPREAD } from '../deviation'
import { defineTablePreTransform } from '../preTransform'

export const minMax = defineTablePreTransform({
  kind: 'min-max',
  on: 'table',
  takes: 'numeric',
  title: text('Min-max', '最小最大缩放'),
  doc: text(
    'Scales every numeric column so that its smallest and largest training values become the ends of a range. New values may fall outside it.',
    '把每个数值列缩放到给定区间，训练集的最小值和最大值落在两端。新数据可能超出区间。',
  ),
  params: {
    range: range(text('Range', '区间'), {
      default: [0, 1],
      doc: text('What the smallest and the largest value become.', '最小值与最大值缩放后的取值。'),
    }),
    columns: onColumns('numeric'),
  },
  fit(all, { range: [low, high], columns: names }) {
    const chosen = chosenColumns(all, names, 'min-max', ['numeric'])
    const of = all.map(({ statistics }, c) => (chosen[c] ? (statistics as ColumnStatistics) : undefined))
    const isWorked = (s: ColumnStatistics | undefined): s is ColumnStatistics => s !== undefined
    // A constant column maps to the lower end.
    const scale = of.map((s) => (isWorked(s) && s.max - s.min > SMALLEST_SPREAD ? (high - low) / (s.max - s.min) : 1))
    return { min: of.map((s) => s?.min ?? 0), scale, low: of.map((s) => (isWorked(s) ? low : 0)) }
  },
  result: (all) => all,
  apply(row, to, fitted) {
    const { min, scale, low } = subtracted(fitted)
    for (let c = 0; c < row.length; c++) to[c] = (row[c]! - min[c]!) * scale[c]! + low[c]!
  },
  // Scaling first would lose the digits in which a large value differs from the minimum.
  lower(b, x, fitted) {
    const { min, scale, low } = subtracted(fitted)
    const spread = scale.map((factor) => (factor === 0 ? 1 : 1 / factor))
    const scaled = b.Mul(minus(b, x, min, spread), rowOf(b, x, scale))
    return low.every((value) => value === 0) ? scaled : b.Add(scaled, rowOf(b, x, low))
  },
})

/** (x − min) × scale + low. */
interface Subtracted {
  readonly min: readonly number[]
  readonly scale: readonly number[]
  readonly low: readonly number[]
}

/** Runs of the first releases store x × scale + shift. */
function subtracted(
  fitted: Subtracted | { readonly scale: readonly number[]; readonly shift: readonly number[] },
): Subtracted {
  if (!('shift' in fitted)) return fitted
  const { scale, shift } = fitted
  return {
    min: scale.map((factor, c) => (factor === 0 ? 0 : -shift[c]! / factor)),
    scale,
    low: scale.map((factor, c) => (factor === 0 ? shift[c]! : 0)),
  }
}
