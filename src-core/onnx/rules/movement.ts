/** Shape rules of operators that move, select, repeat or lay out elements. */
import { InternalError } from '../../base/assert'
import {
  broadcastShapes,
  concrete,
  elementCount,
  formatShape,
  normalizeAxis,
  type Dim,
  type Shape,
} from '../../tensor/shape'
import { constantInput, input, int, ints, typed, withDim, type ShapeRule } from './rule'

/** The shape requested from Reshape: 0 keeps the input's size at that position, −1 takes the rest. */
function reshaped(from: Shape, to: readonly number[]): Shape {
  const shape: Dim[] = to.map((size, i) => (size === 0 ? from[i]! : size))
  const hole = shape.indexOf(-1)
  const symbolic = (s: Shape) => s.filter((d) => d === 'N').length
  if (hole >= 0) {
    const known = shape.filter((_, i) => i !== hole)
    // A symbolic batch that does not keep its position fills the −1.
    if (symbolic(known) < symbolic(from)) shape[hole] = elementCount(known) === elementCount(from) ? 'N' : NaN
    else shape[hole] = elementCount(from) / elementCount(known)
  }
  if (elementCount(shape) !== elementCount(from) || shape.some((d) => d !== 'N' && !Number.isInteger(d)))
    throw new InternalError(`cannot reshape ${formatShape(from)} to ${to.join('×')}`)
  return shape
}

const sliceLength = (size: number, start: number, end: number, step: number): number => {
  const bound = (value: number, low: number, high: number) =>
    Math.min(Math.max(value < 0 ? value + size : value, low), high)
  if (step > 0) return Math.max(0, Math.ceil((bound(end, 0, size) - bound(start, 0, size)) / step))
  return Math.max(0, Math.ceil((bound(start, 0, size - 1) - bound(end, -1, size - 1)) / -step))
}

export const movement = {
  Reshape: (node) => [typed(input(node, 0).dtype, reshaped(input(node, 0).shape, constantInput(node, 1)))],
  Transpose: (node) => {
    const { dtype, shape } = input(node, 0)
    return [
      typed(
        dtype,
        ints(node, 'perm', [...shape.keys()].reverse()).map((axis) => shape[axis]!),
      ),
    ]
  },
  Unsqueeze: (node) => {
    const { dtype, shape } = input(node, 0)
    const axes = constantInput(node, 1)
    const result = [...shape]
    for (const axis of axes.map((a) => normalizeAxis(a, shape.length + axes.length)).sort((a, b) => a - b))
      result.splice(axis, 0, 1)
    return [typed(dtype, result)]
  },
  Squeeze: (node) => {
    const { dtype, shape } = input(node, 0)
    const axes = new Set(constantInput(node, 1).map((axis) => normalizeAxis(axis, shape.length)))
    return [
      typed(
        dtype,
        shape.filter((_, i) => !axes.has(i)),
      ),
    ]
  },
  Expand: (node) => {
    const { dtype, shape } = input(node, 0)
    const result = broadcastShapes(shape, constantInput(node, 1))
    if (!result) throw new InternalError(`cannot expand ${formatShape(shape)}`)
    return [typed(dtype, result)]
  },
  Concat: (node) => {
    const first = input(node, 0)
    const axis = normalizeAxis(int(node, 'axis', 0), first.shape.length)
    const total = node.inputs.reduce((sum, type) => sum + concrete(type!.shape[axis]), 0)
    return [typed(first.dtype, withDim(first.shape, axis, total))]
  },
  Split: (node) => {
    const { dtype, shape } = input(node, 0)
    const axis = normalizeAxis(int(node, 'axis', 0), shape.length)
    return constantInput(node, 1).map((size) => typed(dtype, withDim(shape, axis, size)))
  },
  Slice: (node) => {
    const { dtype, shape } = input(node, 0)
    const starts = constantInput(node, 1)
    const ends = constantInput(node, 2)
    const axes = node.constant(3) ?? starts.map((_, i) => i)
    const steps = node.constant(4) ?? starts.map(() => 1)
    let result = shape
    axes.forEach((axis, i) => {
      const at = normalizeAxis(axis, shape.length)
      result = withDim(result, at, sliceLength(concrete(shape[at]), starts[i]!, ends[i]!, steps[i]!))
    })
    return [typed(dtype, result)]
  },
  Pad: (node) => {
    const { dtype, shape } = input(node, 0)
    const pads = constantInput(node, 1)
    return [
      typed(
        dtype,
        shape.map((d, i) => (d === 'N' ? d : d + pads[i]! + pads[i + shape.length]!)),
      ),
    ]
  },
  Tile: (node) => {
    const { dtype, shape } = input(node, 0)
    const repeats = constantInput(node, 1)
    return [
      typed(
        dtype,
        shape.map((d, i) => (d === 'N' ? d : d * repeats[i]!)),
      ),
    ]
  },
  Gather: (node) => {
    const { dtype, shape } = input(node, 0)
    const axis = normalizeAxis(int(node, 'axis', 0), shape.length)
    return [typed(dtype, [...shape.slice(0, axis), ...input(node, 1).shape, ...shape.slice(axis + 1)])]
  },
  GatherElements: (node) => [typed(input(node, 0).dtype, input(node, 1).shape)],
  ScatterElements: (node) => [input(node, 0)],
  OneHot: (node) => [typed(input(node, 2).dtype, [...input(node, 0).shape, constantInput(node, 1)[0]!])],
  /** Nearest-neighbor upsampling by integer scales (third input). */
  Resize: (node) => {
    const { dtype, shape } = input(node, 0)
    const scales = constantInput(node, 2)
    return [
      typed(
        dtype,
        shape.map((d, i) => (d === 'N' ? d : Math.floor(d * scales[i]!))),
      ),
    ]
  },
} as const satisfies Record<string, ShapeRule>
