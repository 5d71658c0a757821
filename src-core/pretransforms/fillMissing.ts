/** Replaces missing cells of numeric columns by the column's mean or median over the training split, or by a constant. */
import { CELL_LIMIT, type ColumnStatistics } from '../data/facts'
import { fail } from '../problems/problem'
import { choice, real, text } from '../params/params'
import { tensor } from '../tensor/dtype'
import { columnsOf } from './columns'
import { defineSampleTransform, type PreparedColumn, type StepStatistics } from './preTransform'

export const fillMissing = defineSampleTransform({
  kind: 'fill-missing',
  on: 'sample',
  title: text('Fill missing', '填补缺失值'),
  doc: text(
    'Replaces missing cells of numeric columns. A missing category needs no filling: one-hot gives it zeros everywhere.',
    '填补数值列的缺失单元格。缺失的类别无需填补：独热编码会把它编码为全零。',
  ),
  params: {
    strategy: choice(text('Strategy', '策略'), {
      default: 'mean',
      options: ['mean', 'median', 'constant'],
      doc: text(
        'What to put there: the mean or the median of the column in the training split, or a constant.',
        '填入的值：训练集中该列的均值、中位数，或一个常数。',
      ),
    }),
    value: real(text('Constant', '常数'), {
      default: 0,
      doc: text('The constant, for that strategy.', '选择常数策略时填入的值。'),
    }),
  },
  fit(sample, { strategy, value }) {
    const fill = columnsOf(sample, 'fill-missing').map((column) => {
      if (column.type !== 'numeric') return null
      return strategy === 'constant' ? value : learnt(column, strategy === 'median' ? 'median' : 'mean')
    })
    return { fill }
  },
  result(sample, { fill }) {
    const columns = sample.columns!.map((column, c) => {
      const value = fill[c]!
      if (value === null) return column
      return { ...column, passesMissing: false, statistics: filled(column.statistics as ColumnStatistics, value) }
    })
    return { ...sample, columns }
  },
  lower(b, x, { fill }) {
    if (fill.every((value) => value === null)) return x
    const values = b.constant(
      tensor(
        'float32',
        [1, fill.length],
        fill.map((value) => value ?? NaN),
      ),
    )
    // NaN is not below anything. Not IsNaN, which WebGPU lacks, and not x = x, which a GPU compiler may take to be true.
    const present = b.Less(b.Abs(x), b.scalar(CELL_LIMIT))
    return b.Where(present, x, values)
  },
})

function learnt(column: PreparedColumn, strategy: 'mean' | 'median'): number {
  const statistics = column.statistics as ColumnStatistics
  if (statistics.count > 0) return statistics[strategy]
  return fail({
    code: 'data-preprocess',
    place: { column: column.name, param: 'data.preprocess.fill-missing' },
    message: `Column ${column.name} has no value in the training split, so there is no ${strategy} to fill with.`,
    expected: 'at least one number',
    received: `${statistics.missing} missing cells`,
    fix: 'Give the column the role "ignored", or fill with a constant.',
  })
}

/** Mean and deviation of a column after `missing` cells became `value`. */
function filled(statistics: ColumnStatistics, value: number): StepStatistics {
  const { count, missing, mean, deviation, min, max, median } = statistics
  if (missing === 0) return statistics
  const total = count + missing
  const newMean = (count * mean + missing * value) / total
  const variance = (count * (deviation ** 2 + (mean - newMean) ** 2) + missing * (value - newMean) ** 2) / total
  return {
    count: total,
    missing: 0,
    mean: newMean,
    deviation: Math.sqrt(variance),
    min: count > 0 ? Math.min(min, value) : value,
    max: count > 0 ? Math.max(max, value) : value,
    // More copies of the median keep it; any other value moves it by an amount that is not known here.
    ...(value === median && { median }),
  }
}
