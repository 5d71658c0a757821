/**
 * One-hot encoding of categorical columns, in place: a column with k categories becomes k indicator columns at
 * its position, in the order of its categories; the others keep their order. A missing category gives all zeros.
 */
import { text } from '../../params/params'
import { tensor } from '../../tensor/dtype'
import { chosenColumns, elementTypeOf, onColumns } from '../columns'
import { defineTablePreTransform, type PreparedColumn } from '../preTransform'

export const oneHot = defineTablePreTransform({
  kind: 'one-hot',
  on: 'table',
  takes: 'categorical',
  title: text('One-hot', '独热编码'),
  doc: text(
    'Turns each categorical column into one 0/1 column per category, so that no order between categories is implied.',
    '把每个类别列展开为每个类别一个 0/1 列，不会暗示类别之间有大小顺序。',
  ),
  params: { columns: onColumns('categorical') },
  fit(all, { columns: names }) {
    const chosen = chosenColumns(all, names, 'one-hot', ['categorical'])
    // Number of categories per column; null leaves the column as it is.
    return { categories: all.map((column, c) => (chosen[c] ? column.categories!.length : null)) }
  },
  result: (all, { categories }) =>
    all.flatMap((column, c) => (categories[c] === null ? [column] : indicatorsOf(column))),
  apply(row, to, { categories }) {
    let at = 0
    for (let c = 0; c < row.length; c++) {
      const count = categories[c]!
      if (count === null) to[at++] = row[c]!
      else for (let code = 0; code < count; code++) to[at++] = row[c] === code ? 1 : 0
    }
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
    // Every column repeated once per category, then compared with the category: no slicing, in any column order.
    const spread = b.Gather(x, b.constant(tensor('int32', [width], source)), { axis: 1 })
    const isCategory = b.Equal(spread, b.constant(tensor(elementTypeOf(x), [1, width], code)))
    const indicator = b.Cast(isCategory, { to: elementTypeOf(x) })
    if (categories.every((count) => count !== null)) return indicator
    const kept = code.map((category) => (category < 0 ? 1 : 0))
    return b.Where(b.constant(tensor('bool', [1, width], kept)), spread, indicator)
  },
})

function indicatorsOf({ name, source, categories }: PreparedColumn): PreparedColumn[] {
  return categories!.map((category) => ({
    name: `${name}=${category}`,
    type: 'indicator',
    source,
    passesMissing: false,
  }))
}
