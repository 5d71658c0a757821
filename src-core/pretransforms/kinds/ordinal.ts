/** Uses the codes 0, 1, … of categories as numbers, for categories that have an order. */
import { text } from '../../params/params'
import { chosenColumns, onColumns } from '../columns'
import { defineTablePreTransform } from '../preTransform'

export const ordinal = defineTablePreTransform({
  kind: 'ordinal',
  on: 'table',
  takes: 'categorical',
  title: text('Ordinal', '序数编码'),
  doc: text(
    'Encodes categories as the numbers 0, 1, … in order (numbers by size, words alphabetically). Only for categories whose order is meaningful; otherwise use one-hot.',
    '把类别按顺序（数字按大小，文字按字母序）编码为数字 0、1、……。仅当类别顺序有意义时使用，否则应选独热编码。',
  ),
  params: { columns: onColumns('categorical') },
  fit(all, { columns: names }) {
    return { chosen: chosenColumns(all, names, 'ordinal', ['categorical']).map(Number) }
  },
  result: (all, { chosen }) =>
    all.map((column, c) => {
      if (chosen[c] !== 1) return column
      const { name, source, passesMissing } = column
      return { name, type: 'numeric', source, passesMissing }
    }),
  apply: (row, to) => to.set(row),
  lower: (_, x) => x,
})
