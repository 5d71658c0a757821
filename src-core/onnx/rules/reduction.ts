/** Shape rules of reductions, softmax and normalization operators. */
import { normalizeAxis, type Shape } from '../../tensor/shape'
import { input, int, typed, type ShapeRule } from './rule'

function reducedShape(shape: Shape, axes: readonly number[], keep: boolean): Shape {
  const reduced = new Set(axes.map((axis) => normalizeAxis(axis, shape.length)))
  return keep ? shape.map((d, i) => (reduced.has(i) ? 1 : d)) : shape.filter((_, i) => !reduced.has(i))
}

/** Axes are the second input since opset 13 (ReduceSum) or 18 (all others); absent means all. */
const reduce: ShapeRule = (node) => {
  const x = input(node, 0)
  const axes = node.constant(1) ?? x.shape.map((_, i) => i)
  return [typed(x.dtype, reducedShape(x.shape, axes, int(node, 'keepdims', 1) === 1))]
}

const same: ShapeRule = (node) => [input(node, 0)]

export const reduction = {
  ReduceSum: reduce,
  ReduceMean: reduce,
  ReduceMax: reduce,
  ReduceLogSumExp: reduce,
  ReduceSumSquare: reduce,
  ArgMax: (node) => {
    const x = input(node, 0)
    return [typed('int64', reducedShape(x.shape, [int(node, 'axis', 0)], int(node, 'keepdims', 1) === 1))]
  },
  Softmax: same,
  LogSoftmax: same,
  /** In training mode the second and third outputs are the running mean and variance. */
  BatchNormalization: (node) => {
    const x = input(node, 0)
    const channels = typed(x.dtype, [x.shape[1]!])
    return [x, channels, channels].slice(0, node.outputs)
  },
  LayerNormalization: (node) => {
    const x = input(node, 0)
    const axis = normalizeAxis(int(node, 'axis', -1), x.shape.length)
    const statistics = typed(
      x.dtype,
      x.shape.map((d, i) => (i < axis ? d : 1)),
    )
    return [x, statistics, statistics].slice(0, node.outputs)
  },
} as const satisfies Record<string, ShapeRule>
