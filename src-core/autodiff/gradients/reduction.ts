/** Gradients of reductions and softmax. */
import type { Value } from '../../onnx/graph'
import { concrete, elementCount, normalizeAxis } from '../../tensor/shape'
import { attribute, type GradientContext, type GradientRule } from '../rule'

/** A reduced tensor with the reduced axes restored as ones. */
function keepReducedAxes(c: GradientContext, reduced: Value): Value {
  const shape = c.input(0).type.shape
  const axes = c.b.constantNumbers(c.node.inputs[1] ? c.input(1) : undefined) ?? shape.map((_, i) => i)
  const set = new Set(axes.map((axis) => normalizeAxis(axis, shape.length)))
  return c.b.Reshape(
    reduced,
    shape.map((dim, i) => (set.has(i) ? 1 : concrete(dim))),
  )
}

const expand = (c: GradientContext, x: Value) => c.b.Expand(x, c.input(0).type.shape.map(concrete))
const number = (c: GradientContext, value: number) => c.b.scalar(value, c.dy.type.dtype)

export const reductionGradients = {
  ReduceSum: (c) => [expand(c, keepReducedAxes(c, c.dy))],
  ReduceMean: (c) => {
    const count = elementCount(c.input(0).type.shape) / elementCount(c.output(0).type.shape)
    return [expand(c, keepReducedAxes(c, c.b.Mul(c.dy, number(c, 1 / count))))]
  },
  // The gradient goes to every position that attains the maximum, shared equally.
  ReduceMax: (c) => {
    const hit = c.b.Cast(c.b.Equal(c.input(0), keepReducedAxes(c, c.output(0))), { to: c.dy.type.dtype })
    const axes = c.b.constantNumbers(c.input(1))!
    return [c.b.Mul(hit, c.b.Div(keepReducedAxes(c, c.dy), c.b.ReduceSum(hit, axes, 1)))]
  },
  // log Σ eˣ: dx = dy · exp(x − y)
  ReduceLogSumExp: (c) => [
    c.b.Mul(c.b.Exp(c.b.Sub(c.input(0), keepReducedAxes(c, c.output(0)))), keepReducedAxes(c, c.dy)),
  ],
  // Σ x²: dx = 2·x·dy
  ReduceSumSquare: (c) => [c.b.Mul(c.input(0), keepReducedAxes(c, c.b.Mul(c.dy, number(c, 2))))],
  // dx = y · (dy − Σ dy·y)
  Softmax: (c) => {
    const y = c.output(0)
    return [c.b.Mul(y, c.b.Sub(c.dy, c.b.ReduceSum(c.b.Mul(c.dy, y), [attribute(c.node, 'axis', -1)], 1)))]
  },
  // dx = dy − eʸ · Σ dy
  LogSoftmax: (c) => {
    const sum = c.b.ReduceSum(c.dy, [attribute(c.node, 'axis', -1)], 1)
    return [c.b.Sub(c.dy, c.b.Mul(c.b.Exp(c.output(0)), sum))]
  },
} satisfies Record<string, GradientRule>
