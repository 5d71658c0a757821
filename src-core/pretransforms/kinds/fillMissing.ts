/** Replaces missing cells with a number fitted on the training split or a constant, and can mark where it did so. */
import { MAX_CELL_MAGNITUDE, type CategoryStatistics, type ColumnStatistics } from '../../data/facts'
import { fail } from '../../problems/problem'
import { choice, flag, real, text } from '../../params/params'
import { chosenColumns, elementTypeOf, onColumns, rowOf } from '../columns'
import { defineTablePreTransform, type DescribedPreparedColumn, type PreparedColumn } from '../preTransform'

const strategies = ['mean', 'median', 'most-frequent', 'constant'] as const
type Strategy = (typeof strategies)[number]

export const fillMissing = defineTablePreTransform({
  kind: 'fill-missing',
  on: 'table',
  takes: 'any',
  title: text('Fill missing', '填补缺失值'),
  doc: text(
    'Fills missing cells, by default in all numeric columns. Missing categories need no filling, because one-hot encodes them as all zeros.',
    '填补缺失的单元格。默认填补所有数值列；缺失的类别无需填补，独热编码会把它编码为全零。',
  ),
  params: {
    strategy: choice(text('Strategy', '策略'), {
      default: 'mean',
      options: strategies,
      names: {
        mean: text('Mean', '均值'),
        median: text('Median', '中位数'),
        'most-frequent': text('Most frequent', '最常见值'),
        constant: text('Constant', '常数'),
      },
      doc: text(
        'Fill value: the mean, the median or the most frequent value of the column in the training split, or a constant. Categories always take the most frequent one.',
        '填入的值：训练集中该列的均值、中位数或最常见的值，或一个常数。类别列填入最常见的类别。',
      ),
    }),
    value: real(text('Constant', '常数'), {
      default: 0,
      doc: text('Fill value of the constant strategy.', '选择常数策略时填入的值。'),
    }),
    indicator: flag(text('Indicator column', '缺失指示列'), {
      default: false,
      doc: text(
        'For every column with missing cells in the training split, adds a column that is 1 where the cell was missing.',
        '为训练集中有缺失值的每一列增加一列，缺失处为 1。',
      ),
    }),
    columns: onColumns('any'),
  },
  idle: ({ strategy }) => (strategy === 'constant' ? [] : ['value']),
  needs: ({ strategy }) => ({ mode: strategy === 'most-frequent' }),
  fit(columns, { strategy, value, indicator, columns: names }) {
    const chosen = chosenColumns(columns, names, 'fill-missing', ['numeric', 'categorical'])
    const works = columns.map(({ type }, c) => chosen[c]! && (names !== null || type === 'numeric'))
    const fill = columns.map((column, c) => (works[c] ? valueFor(column, strategy, value) : null))
    const marked = columns.map(({ statistics }, c) => (works[c] && indicator && statistics.missing > 0 ? 1 : 0))
    return { fill, marked }
  },
  result: (columns, { fill, marked }) => [
    ...columns.map((column, c) => (fill[c] === null ? column : { ...column, passesMissing: false })),
    ...columns.filter((_, c) => marked[c] === 1).map(indicatorOf),
  ],
  apply(row, to, { fill, marked }) {
    let at = row.length
    for (let c = 0; c < row.length; c++) {
      const value = row[c]!
      to[c] = Number.isNaN(value) && fill[c] !== null ? fill[c]! : value
      if (marked[c] === 1) to[at++] = Number.isNaN(value) ? 1 : 0
    }
  },
  lower(b, x, { fill, marked }) {
    // NaN is not less than anything. IsNaN is missing on WebGPU, and GPU compilers may assume that x = x is true.
    const present = b.Less(b.Abs(x), b.scalar(MAX_CELL_MAGNITUDE, x.type.dtype))
    const filled = fill.every((value) => value === null) ? x : b.Where(present, x, rowOf(b, x, fill, NaN))
    const places = marked.flatMap((is, c) => (is === 1 ? [c] : []))
    if (places.length === 0) return filled
    const absent = b.Cast(b.Not(present), { to: elementTypeOf(x) })
    return b.Concat([filled, b.Gather(absent, b.ints(places), { axis: 1 })], { axis: 1 })
  },
})

function indicatorOf(column: PreparedColumn): PreparedColumn {
  return { name: `${column.name} missing`, type: 'indicator', source: column.source, passesMissing: false }
}

function valueFor(column: DescribedPreparedColumn, strategy: Strategy, constant: number): number {
  if (strategy === 'constant') return constant
  const { statistics, name, type } = column
  if (statistics.count === 0) failEmpty(name, strategy, statistics.missing)
  if (type === 'categorical') {
    const { counts } = statistics as CategoryStatistics
    return counts.indexOf(counts.reduce((most, count) => Math.max(most, count), 0))
  }
  const { mean, median, mode } = statistics as ColumnStatistics
  const value = strategy === 'mean' ? mean : strategy === 'median' ? median : mode
  return value ?? failModes(name)
}

function failEmpty(column: string, strategy: string, missing: number): never {
  return fail(
    'data-preprocess',
    'no-values',
    { column, strategy, missing },
    { column, param: 'data.preprocess.fill-missing' },
  )
}

function failModes(column: string): never {
  return fail('data-preprocess', 'many-values', { column }, { column, param: 'data.preprocess.fill-missing' })
}
