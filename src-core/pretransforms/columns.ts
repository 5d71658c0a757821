/** Which columns of a table a step works on, and the problems of selecting others. */
import { fail } from '../problems/problem'
import { text } from '../base/text'
import { columns as columnsParam, type ColumnsParam } from '../params/params'
import { tensor } from '../tensor/dtype'
import type { GraphBuilder } from '../onnx/builder'
import type { Value } from '../onnx/graph'
import type { PreparedColumn } from './preTransform'

/** Error allowed in an offset, as a share of the column's spread: the rounding of a float32 of that size. */
const NEGLIGIBLE = 2 ** -23

/** The columns parameter of most table steps. */
export const onColumns = (type: 'numeric' | 'categorical' | 'any'): ColumnsParam =>
  columnsParam(text('Columns', '列'), {
    default: null,
    doc:
      type === 'numeric'
        ? text('Columns to transform; null means all numeric columns.', '要处理的列；null 表示所有数值列。')
        : type === 'categorical'
          ? text('Columns to transform; null means all categorical columns.', '要处理的列；null 表示所有类别列。')
          : text(
              'Columns to transform; null means all columns the step applies to.',
              '要处理的列；null 表示所有适用的列。',
            ),
  })

/** For every column, whether the step works on it; fails if a named column does not exist or has another type. */
export function chosenColumns(
  all: readonly PreparedColumn[],
  names: readonly string[] | null,
  kind: string,
  accepts: readonly PreparedColumn['type'][],
): boolean[] {
  for (const name of names ?? []) {
    const column = all.find((candidate) => candidate.name === name)
    if (column && accepts.includes(column.type)) continue
    const fitting = all.filter(({ type }) => accepts.includes(type)).map((candidate) => candidate.name)
    const none = text(`a column of type ${accepts.join(' or ')}`, `类型为 ${accepts.join(' 或 ')} 的列`)
    const known = fitting.slice(0, 30).join(', ') || none
    const place = { column: name, param: `data.preprocess.${kind}.columns` }
    if (column) fail('data-preprocess', 'other-column', { kind, column: name, type: column.type, known }, place)
    fail('data-preprocess', 'no-column', { column: name, known }, place)
  }
  return all.map(({ name, type }) => (names === null ? accepts.includes(type) : names.includes(name)))
}

/** The element type of rows: steps compute in the type of the model's input. */
export const elementTypeOf = (x: Value): 'float32' | 'float64' => (x.type.dtype === 'float64' ? 'float64' : 'float32')

/** A row of constants, one per column, with the element type of `like`. */
export function rowOf(b: GraphBuilder, like: Value, values: readonly (number | null)[], missing = 0): Value {
  return b.constant(
    tensor(
      elementTypeOf(like),
      [1, values.length],
      values.map((value) => value ?? missing),
    ),
  )
}

/**
 * x − offset, with one constant per column. A float32 keeps at most 24 bits of an offset, and the lost bits may be a
 * large part of the
 * difference; so the remainder is subtracted as well if it matters relative to the spread of the column.
 */
export function minus(b: GraphBuilder, x: Value, offsets: readonly number[], spreads: readonly number[]): Value {
  const difference = b.Sub(x, rowOf(b, x, offsets))
  if (elementTypeOf(x) === 'float64') return difference
  const rests = offsets.map((offset) => offset - Math.fround(offset))
  const counts = rests.some((rest, c) => Math.abs(rest) > NEGLIGIBLE * Math.abs(spreads[c]!))
  return counts ? b.Sub(difference, rowOf(b, x, rests)) : difference
}

/** A boolean row that marks the columns a step works on: true where the value is not null. */
export function chosenRow(b: GraphBuilder, values: readonly (number | null)[]): Value {
  return b.constant(
    tensor(
      'bool',
      [1, values.length],
      values.map((value) => (value === null ? 0 : 1)),
    ),
  )
}
