/** Drops columns, from this step on. */
import { fail } from '../../problems/problem'
import { columns as columnsParam, text } from '../../params/params'
import { chosenColumns } from '../columns'
import { defineTablePreTransform } from '../preTransform'

export const drop = defineTablePreTransform({
  kind: 'drop',
  on: 'table',
  takes: 'any',
  title: text('Drop columns', '删除列'),
  doc: text('Removes the given columns.', '去掉指定的列。'),
  params: {
    columns: columnsParam(text('Columns', '列'), {
      default: null,
      unset: text('No column', '不选列'),
      doc: text('Columns to remove.', '要去掉的列。'),
    }),
  },
  fit(all, { columns: names }) {
    const dropped = chosenColumns(all, names ?? [], 'drop', ['numeric', 'categorical', 'indicator'])
    const kept = all.flatMap((_, c) => (dropped[c] ? [] : [c]))
    if (kept.length === 0) failAll(all.length)
    return { kept }
  },
  result: (all, { kept }) => kept.map((c) => all[c]!),
  apply(row, to, { kept }) {
    kept.forEach((c, i) => (to[i] = row[c]!))
  },
  lower: (b, x, { kept }) => (kept.length === x.type.shape[1] ? x : b.Gather(x, b.ints(kept), { axis: 1 })),
})

function failAll(count: number): never {
  return fail('data-preprocess', 'all-dropped', { count }, { param: 'data.preprocess.drop.columns' })
}
