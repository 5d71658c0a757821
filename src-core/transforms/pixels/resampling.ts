/**
 * Bilinear resizing as a product with one matrix per axis, by PyTorch's rules for tensors. With antialiasing each
 * position is a mean
 * over all pixels that it covers, like Pillow; without, over the two nearest, like torch.nn.functional.interpolate.
 */
import type { GraphBuilder } from '../../onnx/builder'
import type { Value } from '../../onnx/graph'
import { flag, text } from '../../params/params'
import { tensor } from '../../tensor/dtype'
import { concrete } from '../../tensor/shape'

export const antialiasParam = flag(text('Antialias', '抗锯齿'), {
  default: true,
  doc: text(
    'When shrinking, averages all pixels that an output pixel covers, so that fine patterns do not alias.',
    '缩小时对所覆盖的全部像素取平均，避免细密纹理产生伪影。',
  ),
})

/** Weights of `from` pixels in each of `to`: [to][from]; each row sums to 1. */
export function resizeMatrix(from: number, to: number, antialias: boolean): Float64Array[] {
  const scale = from / to
  const reach = antialias ? Math.max(1, scale) : 1
  return Array.from({ length: to }, (_, place) => {
    const center = scale * (place + 0.5)
    const at = antialias ? center : Math.min(Math.max(center, 0.5), from - 0.5)
    const row = Float64Array.from({ length: from }, (_, pixel) => Math.max(0, 1 - Math.abs(pixel + 0.5 - at) / reach))
    const sum = row.reduce((total, weight) => total + weight, 0)
    return row.map((weight) => weight / sum)
  })
}

/** Resizes [N, C, height, width] to a fixed size. */
export function resizePixels(
  b: GraphBuilder,
  pixels: Value,
  [height, width]: readonly [number, number],
  antialias: boolean,
): Value {
  const [, , fromHeight, fromWidth] = pixels.type.shape.map((size) => (size === 'N' ? 0 : size))
  const matrix = (from: number, to: number) => resizeMatrix(from, to, antialias)
  let resized = pixels
  if (fromWidth !== width) resized = b.MatMul(resized, constantMatrix(b, transposed(matrix(fromWidth!, width))))
  if (fromHeight !== height) resized = b.MatMul(constantMatrix(b, matrix(fromHeight!, height)), resized)
  return resized
}

function constantMatrix(b: GraphBuilder, rows: readonly Float64Array[]): Value {
  const numbers = Float32Array.from(rows.flatMap((row) => [...row]))
  return b.constant(tensor('float32', [rows.length, rows[0]!.length], numbers))
}

const transposed = (rows: readonly Float64Array[]): Float64Array[] =>
  Array.from({ length: rows[0]!.length }, (_, column) => Float64Array.from(rows, (row) => row[column]!))

/** A drawn part of an axis, per sample: `begin` and `length` are [N, 1]. */
export interface AxisPart {
  readonly begin: Value
  readonly length: Value
}

/** Resizes a box of every sample, different for each, to one size. */
export function resizeBoxes(
  b: GraphBuilder,
  pixels: Value,
  rows: AxisPart,
  columns: AxisPart,
  [height, width]: readonly [number, number],
  antialias: boolean,
): Value {
  const [batch, , fromHeight, fromWidth] = pixels.type.shape.map(concrete) as [number, number, number, number]
  const down = b.Reshape(partMatrix(b, rows, fromHeight, height, antialias), [batch, 1, height, fromHeight])
  const across = b.Transpose(partMatrix(b, columns, fromWidth, width, antialias), [0, 2, 1])
  return b.MatMul(b.MatMul(down, pixels), b.Reshape(across, [batch, 1, fromWidth, width]))
}

/** `resizeMatrix` for a part of the axis, computed in the graph: [N, to, from]. */
function partMatrix(b: GraphBuilder, { begin, length }: AxisPart, from: number, to: number, antialias: boolean): Value {
  const column = (value: Value) => b.Reshape(value, [-1, 1, 1])
  const places = b.constant(
    tensor(
      'float32',
      [1, to, 1],
      count(to, (place) => (place + 0.5) / to),
    ),
  )
  const pixels = b.constant(
    tensor(
      'float32',
      [1, 1, from],
      count(from, (pixel) => pixel + 0.5),
    ),
  )
  const [start, size] = [column(begin), column(length)]
  const center = b.Mul(places, size)
  const half = b.scalar(0.5)
  const inPart = antialias ? center : b.Min(b.Max(center, half), b.Sub(size, half))
  const distance = b.Abs(b.Sub(pixels, b.Add(inPart, start)))
  if (!antialias) return b.HardSigmoid(distance, { alpha: -1, beta: 1 })
  const reach = b.Max(b.Mul(size, b.scalar(1 / to)), b.scalar(1))
  const weights = b.HardSigmoid(b.Div(distance, reach), { alpha: -1, beta: 1 })
  const inside = b.And(b.Greater(pixels, start), b.Less(pixels, b.Add(start, size)))
  const kept = b.Mul(weights, b.Cast(inside, { to: 'float32' }))
  return b.Div(kept, b.ReduceSum(kept, [2], 1))
}

const count = (length: number, value: (i: number) => number) => Array.from({ length }, (_, i) => value(i))
