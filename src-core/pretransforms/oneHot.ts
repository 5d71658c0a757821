/**
 * One-hot coding of categorical columns, in place: a column with k categories becomes k indicator columns where it
 * stood, in the order of its categories; the others keep their order. A missing category gives zeros everywhere.
 */
import type { CategoryStatistics } from '../data/facts'
import { text } from '../params/params'
import { tensor } from '../tensor/dtype'
import { columnsOf } from './columns'
import { defineSampleTransform, type PreparedColumn } from './preTransform'

export const oneHot = defineSampleTransform({
  kind: 'one-hot',
  on: 'sample',
  title: text('One-hot', '独热编码'),
  doc: text(
    'Turns each categorical column into one 0/1 column a category, so that no order between categories is implied.',
    '把每个类别列展开为每个类别一个 0/1 列，不会暗示类别之间有大小顺序。',
  ),
  params: {},
  fit: (sample) => ({
    // Number of categories by column; null leaves the column as it is.
    categories: columnsOf(sample, 'one-hot').map((column) =>
      column.type === 'categorical' ? column.categories!.length : null,
    ),
  }),
  result(sample) {
    const columns = sample.columns!.flatMap((column) => (column.type === 'categorical' ? indicators(column) : [column]))
    return { ...sample, shape: [columns.length], columns }
  },
  lower(b, x, { categories }) {
    if (categories.every((count) => count === null)) return x
    const source: number[] = []
    const code: number[] = []
    categories.forEach((count, column) => {
      for (let category = 0; category < (count ?? 1); category++) {
        source.push(column)
        code.push(count === null ? -1 : category)
      }
    })
    const width = source.length
    // Every column repeated once a category, then compared with the category: no slicing, whatever the order.
    const spread = b.Gather(x, b.constant(tensor('int32', [width], source)), { axis: 1 })
    const isCategory = b.Equal(spread, b.constant(tensor('float32', [1, width], code)))
    const indicator = b.Cast(isCategory, { to: 'float32' })
    if (categories.every((count) => count !== null)) return indicator
    const kept = code.map((category) => (category < 0 ? 1 : 0))
    return b.Where(b.constant(tensor('bool', [1, width], kept)), spread, indicator)
  },
})

function indicators(column: PreparedColumn): PreparedColumn[] {
  const { count, missing, counts } = column.statistics as CategoryStatistics
  const total = count + missing
  return column.categories!.map((category, code) => {
    const share = total === 0 ? 0 : counts[code]! / total
    return {
      name: `${column.name}=${category}`,
      type: 'indicator',
      source: column.source,
      passesMissing: false,
      statistics: {
        count: total,
        missing: 0,
        mean: share,
        deviation: Math.sqrt(share * (1 - share)),
        min: share === 1 ? 1 : 0,
        max: share === 0 ? 0 : 1,
      },
    }
  })
}
