/**
 * Where the positions of an image transformed by a matrix are read in the source, through the deferred flips and crops:
 * both
 * together are one matrix per sample, so a pixel is looked up once.
 */
import type { GraphBuilder } from '../../onnx/builder'
import type { Value } from '../../onnx/graph'
import { tensor } from '../../tensor/dtype'
import type { AxisMove, Moves } from './moves'

/** Values for both axes, columns before rows. */
export interface SourcePlaces {
  /** Source coordinates of every position of the result; integers are pixel centers: [N, 2, places]. */
  readonly at: Value
  /** First and last pixel that may be read: [N or 1, 2, 1]. */
  readonly first: Value
  readonly last: Value
  /** The center of the transformed image: [N or 1, 2, 1]. */
  readonly center: Value
}

/** `matrices` are [N, 6] and relative to the center; the image keeps its size. */
export function sourcePlaces(b: GraphBuilder, matrices: Value, { rows, columns }: Moves): SourcePlaces {
  const both = (pick: (axis: AxisMove) => Value) => pairOf(b, pick(columns), pick(rows))
  const [scale, begin] = [both((axis) => axis.scale), both((axis) => axis.offset)]
  const [height, width] = [rows.size, columns.size]
  const end = b.Add(b.Mul(scale, constantPair(b, width - 1, height - 1)), begin)
  const center = b.Mul(b.Add(begin, end), b.scalar(0.5))
  const matrix = b.Add(b.Mul(b.Reshape(matrices, [-1, 2, 3]), scale), b.Pad(center, [0, 0, 2, 0, 0, 0]))
  const [first, last] = [both((axis) => axis.first), both((axis) => axis.last)]
  return {
    at: b.MatMul(matrix, placesFromCenter(b, height, width)),
    // Only what the moves have brought in can be read.
    first: b.Max(first, b.Min(begin, end)),
    last: b.Min(last, b.Max(begin, end)),
    center,
  }
}

/** One value for the columns and one for the rows, each [N, 1, …]. */
export const bothAxes = (b: GraphBuilder, value: Value) => b.Split(value, [1, 1], { axis: 1 }) as [Value, Value]

/** The same two numbers for every sample: [1, 2, 1]. */
export const constantPair = (b: GraphBuilder, x: number, y: number) => b.constant(tensor('float32', [1, 2, 1], [x, y]))

/** A number for the columns and one for the rows, each [N, 1] or a scalar, combined: [N or 1, 2, 1]. */
function pairOf(b: GraphBuilder, columns: Value, rows: Value): Value {
  const [x, y] = [columns, rows].map((value) => b.Reshape(value, [-1, 1, 1])) as [Value, Value]
  return b.Add(b.Mul(x, constantPair(b, 1, 0)), b.Mul(y, constantPair(b, 0, 1)))
}

/** x, y and 1 of every position, relative to the center: [3, height · width]. */
function placesFromCenter(b: GraphBuilder, height: number, width: number): Value {
  const area = height * width
  const numbers = new Float32Array(3 * area)
  for (let i = 0; i < area; i++) {
    numbers[i] = (i % width) - width / 2 + 0.5
    numbers[area + i] = Math.floor(i / width) - height / 2 + 0.5
    numbers[2 * area + i] = 1
  }
  return b.constant(tensor('float32', [3, area], numbers))
}
