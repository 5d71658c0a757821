/** Which columns of a table a step works on, and the problems of naming others. */
import { fail } from '../problems/problem'
import { text } from '../base/text'
import { columns as columnsParam, type ColumnsParam } from '../params/params'
import { tensor } from '../tensor/dtype'
import type { GraphBuilder } from '../onnx/builder'
import type { Value } from '../onnx/graph'
import type { PreparedColumn } from './preTransform'

/** Share of a column's spread that an offset may be off by: what float32 rounds a value of that size by. */
const NEGLIGIBLE = 2 ** -23

/** The parameter that most table steps have. */
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

/** By column whether the step works on it; fails where a named column is not there or of another type. */
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

/** The element type of rows: steps are done in that of the model's input. */
export const elementTypeOf = (x: Value): 'float32' | 'float64' => (x.type.dtype === 'float64' ? 'float64' : 'float32')

/** A row of constants, one a column, of the element type of `like`. */
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
 * x − offset, a constant a column. A float32 keeps no more than 24 bits of an offset, and what it loses may be a large part of the
 * difference; so the rest is taken off as well, where there is one that counts beside the spread of the column.
 */
export function minus(b: GraphBuilder, x: Value, offsets: readonly number[], spreads: readonly number[]): Value {
  const difference = b.Sub(x, rowOf(b, x, offsets))
  if (elementTypeOf(x) === 'float64') return difference
  const rests = offsets.map((offset) => offset - Math.fround(offset))
  const counts = rests.some((rest, c) => Math.abs(rest) > NEGLIGIBLE * Math.abs(spreads[c]!))
  return counts ? b.Sub(difference, rowOf(b, x, rests)) : difference
}

/** A row that tells the columns apart that a step works on: true where the value is not null. */
export function chosenRow(b: GraphBuilder, values: readonly (number | null)[]): Value {
  return b.constant(
    tensor(
      'bool',
      [1, values.length],
      values.map((value) => (value === null ? 0 : 1)),
    ),
  )
}
