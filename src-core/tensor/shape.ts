/** Shapes with a symbolic batch dimension, and ONNX's broadcasting rules (the same as NumPy's). */
import type { DType } from './dtype'

/** A size, or `'N'` for the batch dimension, whose size is known only when the model runs. */
export type Dim = number | 'N'
export type Shape = readonly Dim[]

export interface TensorType {
  readonly dtype: DType
  readonly shape: Shape
}

/** Product of all sizes; the symbolic batch counts as one, so this is the element count of one sample. */
export function elementCount(shape: Shape): number {
  return shape.reduce<number>((product, dim) => product * (dim === 'N' ? 1 : dim), 1)
}

/** The size as a number; fails for the symbolic batch. */
export function concrete(dim: Dim | undefined): number {
  if (typeof dim !== 'number') throw new Error(`internal: expected a concrete size, received ${String(dim)}`)
  return dim
}

export function isConcrete(shape: Shape): shape is readonly number[] {
  return shape.every((dim) => dim !== 'N')
}

/** `N×16×28×28`; a scalar prints as `scalar`. */
export function formatShape(shape: Shape): string {
  return shape.length === 0 ? 'scalar' : shape.join('×')
}

/** `16·28·28`, with the sign of −1 as it is read. */
export function formatProduct(sizes: Shape): string {
  return sizes.join('·').replaceAll('-', '−')
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((dim, i) => dim === b[i])
}

/** The shape of an elementwise result, or undefined if the two do not broadcast. */
export function broadcastShapes(a: Shape, b: Shape): Shape | undefined {
  const rank = Math.max(a.length, b.length)
  const result: Dim[] = []
  for (let axis = 0; axis < rank; axis++) {
    const x = a[axis - rank + a.length] ?? 1
    const y = b[axis - rank + b.length] ?? 1
    if (x !== y && x !== 1 && y !== 1) return undefined
    result.push(x === 1 ? y : x)
  }
  return result
}

/** Maps a negative axis to its non-negative index. */
export function normalizeAxis(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis
}

/** Row-major strides of a concrete shape, in elements. */
export function strides(shape: readonly number[]): number[] {
  const result = new Array<number>(shape.length)
  let step = 1
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    result[axis] = step
    step *= shape[axis]!
  }
  return result
}
