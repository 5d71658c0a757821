/** Scales numeric columns from their smallest and largest value in the training split to a given range. */
import type { ColumnStatistics } from '../data/facts'
import { range, text } from '../params/params'
import { chosenColumns, onColumns, rowOf } from './columns'
import { SMALLEST_SPREAD } from './deviation'
import { defineTablePreTransform } from './preTransform'

export const minMax = defineTablePreTransform({
  kind: 'min-max',
  on: 'table',
  title: text('Min-max', '最小最大缩放'),
  doc: text(
    'Scales every numeric column so that its smallest and largest training value become the ends of a range. New values may lie outside it.',
    '把每个数值列缩放到给定区间，训练集的最小值和最大值落在两端。新数据可能超出区间。',
  ),
  params: {
    range: range(text('Range', '区间'), {
      default: [0, 1],
      doc: text('Where the smallest and the largest value go.', '最小值与最大值对应的位置。'),
    }),
    columns: onColumns('numeric'),
  },
  fit(all, { range: [low, high], columns: names }) {
    const chosen = chosenColumns(all, names, 'min-max', ['numeric'])
    const of = all.map(({ statistics }, c) => (chosen[c] ? (statistics as ColumnStatistics) : undefined))
    // A column that never changes goes to the lower end.
    const scale = of.map((s) =>
      s === undefined ? 1 : s.max - s.min > SMALLEST_SPREAD ? (high - low) / (s.max - s.min) : 1,
    )
    return { scale, shift: of.map((s, c) => (s === undefined ? 0 : low - s.min * scale[c]!)) }
  },
  result: (all) => all,
  apply(row, to, { scale, shift }) {
    for (let c = 0; c < row.length; c++) to[c] = row[c]! * scale[c]! + shift[c]!
  },
  lower: (b, x, { scale, shift }) => b.Add(b.Mul(x, rowOf(b, scale)), rowOf(b, shift)),
})
