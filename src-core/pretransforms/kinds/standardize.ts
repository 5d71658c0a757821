/**
 * Standardization of numeric columns: (x − mean) / deviation over the training split. Categories and indicators pass
 * through.
 */
import type { ColumnStatistics } from '../../data/facts'
import { text } from '../../params/params'
import { chosenColumns, minus, onColumns, rowOf } from '../columns'
import { divisorOf } from '../deviation'
import { defineTablePreTransform } from '../preTransform'

export const standardize = defineTablePreTransform({
  kind: 'standardize',
  on: 'table',
  takes: 'numeric',
  title: text('Standardize', '标准化'),
  doc: text(
    'Scales every numeric column to mean 0 and standard deviation 1, so that no column outweighs the others because of its unit.',
    '使每个数值列的均值为 0、标准差为 1，避免某列仅因单位而占优。',
  ),
  params: { columns: onColumns('numeric') },
  fit(all, { columns: names }) {
    const chosen = chosenColumns(all, names, 'standardize', ['numeric'])
    const of = all.map(({ statistics }, c) => (chosen[c] ? (statistics as ColumnStatistics) : undefined))
    return { mean: of.map((s) => s?.mean ?? 0), std: of.map((s) => (s ? divisorOf(s) : 1)) }
  },
  result: (all) => all,
  apply(row, to, { mean, std }) {
    for (let c = 0; c < row.length; c++) to[c] = (row[c]! - mean[c]!) / std[c]!
  },
  lower: (b, x, { mean, std }) => b.Div(minus(b, x, mean, std), rowOf(b, x, std)),
})
