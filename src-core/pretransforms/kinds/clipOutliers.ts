/** Clips values far outside the usual range to its edges; the edges come from the training split. */
import { MAX_CELL_MAGNITUDE, type ColumnStatistics } from '../../data/facts'
import { choice, range, real, text } from '../../params/params'
import { chosenColumns, onColumns, rowOf } from '../columns'
import { defineTablePreTransform } from '../preTransform'

const methods = ['quartiles', 'deviations', 'quantiles'] as const
type Method = (typeof methods)[number]

export const clipOutliers = defineTablePreTransform({
  kind: 'clip-outliers',
  on: 'table',
  takes: 'numeric',
  title: text('Clip outliers', '截断离群值'),
  doc: text(
    'Clips values to bounds, so that a few extreme cells do not dominate training. Missing cells stay missing.',
    '超出边界的值取边界值，避免少数极端值主导训练。缺失值保持缺失。',
  ),
  params: {
    method: choice(text('Bounds', '边界'), {
      default: 'quartiles',
      options: methods,
      names: {
        quartiles: text('Quartiles', '四分位数'),
        deviations: text('Deviations', '标准差'),
        quantiles: text('Quantiles', '分位数'),
      },
      doc: text(
        'quartiles: the factor times the interquartile range beyond the quartiles; deviations: the factor times the standard deviation around the mean; quantiles: the given quantiles.',
        '四分位数（quartiles）：向外延伸“倍数 × 四分位距”；标准差（deviations）：均值两侧各“倍数 × 标准差”；分位数（quantiles）：取给定分位数。',
      ),
    }),
    factor: real(text('Factor', '倍数'), {
      default: 1.5,
      min: 0,
      doc: text(
        'For quartiles (1.5 is typical) and deviations (3 is typical).',
        '用于四分位数（通常 1.5）和标准差（通常 3）。',
      ),
    }),
    quantiles: range(text('Quantiles', '分位数'), {
      default: [0.01, 0.99],
      min: 0,
      max: 1,
      doc: text('Lower and upper quantile, if the bounds are quantiles.', '选择“分位数”时的下、上分位数。'),
    }),
    columns: onColumns('numeric'),
  },
  idle: ({ method }) => (method === 'quantiles' ? ['factor'] : ['quantiles']),
  needs: ({ method, quantiles }) => ({
    quantiles: method === 'quartiles' ? [0.25, 0.75] : method === 'quantiles' ? quantiles : [],
  }),
  fit(all, { method, factor, columns: names }) {
    const chosen = chosenColumns(all, names, 'clip-outliers', ['numeric'])
    const edges = all.map(({ statistics }, c) =>
      chosen[c] ? edgesOf(statistics as ColumnStatistics, method, factor) : ([null, null] as const),
    )
    return { low: edges.map(([low]) => low), high: edges.map(([, high]) => high) }
  },
  result: (all) => all,
  apply(row, to, { low, high }) {
    for (let c = 0; c < row.length; c++) {
      const value = row[c]!
      to[c] = low[c] === null ? value : value < low[c]! ? low[c]! : value > high[c]! ? high[c]! : value
    }
  },
  lower(b, x, { low, high }) {
    // Where and Less preserve NaN; Min and Max do not on every device.
    const [lower, upper] = [rowOf(b, x, low, -MAX_CELL_MAGNITUDE), rowOf(b, x, high, MAX_CELL_MAGNITUDE)]
    const raised = b.Where(b.Less(x, lower), lower, x)
    return b.Where(b.Greater(raised, upper), upper, raised)
  },
})

function edgesOf(statistics: ColumnStatistics, method: Method, factor: number): readonly [number, number] {
  const { mean, deviation, quantiles } = statistics
  if (method === 'deviations') return [mean - factor * deviation, mean + factor * deviation]
  const [low, high] = (quantiles ?? [-MAX_CELL_MAGNITUDE, MAX_CELL_MAGNITUDE]) as [number, number]
  if (method === 'quantiles') return [low, high]
  return [low - factor * (high - low), high + factor * (high - low)]
}
