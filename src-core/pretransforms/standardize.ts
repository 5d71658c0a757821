/** Standardisation of numeric columns: (x − mean) / deviation over the training split. Categories and indicators pass. */
import type { ColumnStatistics } from '../data/facts'
import { text } from '../params/params'
import { tensor } from '../tensor/dtype'
import { columnsOf } from './columns'
import { divisorOf } from './deviation'
import { defineSampleTransform } from './preTransform'

export const standardize = defineSampleTransform({
  kind: 'standardize',
  on: 'sample',
  title: text('Standardize', '标准化'),
  doc: text(
    'Gives every numeric column mean 0 and standard deviation 1, so that no column outweighs the others by its unit.',
    '使每个数值列的均值为 0、标准差为 1，避免某列仅因单位而占优。',
  ),
  params: {},
  fit(sample) {
    const columns = columnsOf(sample, 'standardize').map(({ type, statistics }) =>
      type === 'numeric' ? (statistics as ColumnStatistics) : { mean: 0, deviation: 1, min: 0, max: 1 },
    )
    return { mean: columns.map(({ mean }) => mean), std: columns.map(divisorOf) }
  },
  result(sample, { mean, std }) {
    const columns = sample.columns!.map((column, c) => {
      if (column.type !== 'numeric') return column
      const scaled = (value: number) => (value - mean[c]!) / std[c]!
      const { count, missing, deviation, min, max, median, ...rest } = column.statistics as ColumnStatistics
      const statistics = {
        count,
        missing,
        mean: scaled(rest.mean),
        deviation: deviation / std[c]!,
        min: scaled(min),
        max: scaled(max),
        ...((median as number | undefined) !== undefined && { median: scaled(median) }),
      }
      return { ...column, statistics }
    })
    return { ...sample, columns }
  },
  lower(b, x, { mean, std }) {
    const row = (values: readonly (number | null)[]) =>
      b.constant(tensor('float32', [1, values.length], values as readonly number[]))
    return b.Div(b.Sub(x, row(mean)), row(std))
  },
})
