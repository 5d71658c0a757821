/** The logarithm of numeric columns, for values that span several powers of ten. */
import { MAX_CELL_MAGNITUDE, type ColumnStatistics, type RowArray } from '../../data/facts'
import { fail } from '../../problems/problem'
import { columns as columnsParam, real, text } from '../../params/params'
import { chosenColumns, chosenRow, rowOf } from '../columns'
import { defineTablePreTransform } from '../preTransform'

/** Values below the domain of the logarithm are raised to this, so that a new sample never gives −∞. */
const LEAST = 1e-6

export const log = defineTablePreTransform({
  kind: 'log',
  on: 'table',
  takes: 'numeric',
  title: text('Logarithm', '取对数'),
  doc: text(
    'Replaces x with ln(x + shift), which brings prices, counts and the like to one scale. New values that are too small count as the smallest value with a logarithm.',
    '把 x 替换为 ln(x + 偏移)，适合价格、计数等跨多个数量级的列。过小的新值按可取对数的最小值处理。',
  ),
  params: {
    shift: real(text('Shift', '偏移'), {
      default: 1,
      min: 0,
      doc: text('Added before taking the logarithm; 1 keeps zeros at zero.', '取对数前加上的数；1 使 0 仍为 0。'),
    }),
    columns: columnsParam(text('Columns', '列'), {
      default: null,
      doc: text(
        'Columns to transform; null means all numeric columns whose training values allow it.',
        '要处理的列；null 表示训练集取值允许的所有数值列。',
      ),
    }),
  },
  fit(all, { shift, columns: names }) {
    const chosen = chosenColumns(all, names, 'log', ['numeric'])
    return {
      shift: all.map(({ name, statistics }, c) => {
        if (!chosen[c]) return null
        const { min, count } = statistics as ColumnStatistics
        if (count === 0 || min + shift > 0) return shift
        return names === null ? null : failNegative(name, min, shift)
      }),
    }
  },
  result: (all) => all,
  apply(row, to, { shift }) {
    for (let c = 0; c < row.length; c++) {
      const value = row[c]!
      if (shift[c] === null || Number.isNaN(value)) to[c] = value
      else to[c] = Math.log(Math.max(moved(row, value + shift[c]!), LEAST))
    }
  },
  lower(b, x, { shift }) {
    if (shift.every((value) => value === null)) return x
    const { dtype } = x.type
    const moved = b.Add(x, rowOf(b, x, shift))
    const least = b.scalar(LEAST, dtype)
    // For NaN, takes the logarithm of 1 and puts the NaN back.
    const positive = b.Where(b.Less(moved, least), least, moved)
    const present = b.Less(b.Abs(x), b.scalar(MAX_CELL_MAGNITUDE, dtype))
    const logarithm = b.Where(present, b.Log(b.Where(present, positive, b.scalar(1, dtype))), x)
    return b.Where(chosenRow(b, shift), logarithm, x)
  },
})

/** A sum as the operators compute it, in the element type of the rows. */
const moved = (row: RowArray, sum: number): number => (row instanceof Float32Array ? Math.fround(sum) : sum)

function failNegative(column: string, min: number, shift: number): never {
  return fail(
    'data-preprocess',
    'log-column',
    { column, bound: -shift, min: String(min), least: -min },
    { column, param: 'data.preprocess.log.shift' },
  )
}
