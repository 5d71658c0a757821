/** Gradients of normalization operators. */
import type { Value } from '../../onnx/graph'
import { concrete, normalizeAxis } from '../../tensor/shape'
import { attribute, unbroadcast, type GradientContext, type GradientRule } from '../rule'

/**
 * BatchNormalization with given mean and variance: with s = 1/√(σ² + ε), dβ = Σ dy, dγ = s·Σ dy·(x − μ), dx = γs·dy.
 * The given
 * statistics have no gradient: they are not trained.
 */
function givenStatistics(c: GradientContext) {
  const { b } = c
  const x = c.input(0)
  const shape = x.type.shape.map(concrete)
  const axes = shape.map((_, i) => i).filter((i) => i !== 1)
  const perChannel = (value: Value) =>
    b.Reshape(
      value,
      shape.map((size, i) => (i === 1 ? size : 1)),
    )
  const epsilon = b.scalar(attribute(c.node, 'epsilon', 1e-5), x.type.dtype)
  const spread = b.Reciprocal(b.Sqrt(b.Add(c.input(4), epsilon)))
  const centered = () => b.Sub(x, perChannel(c.input(3)))
  return [
    c.needs(0) ? b.Mul(c.dy, perChannel(b.Mul(c.input(1), spread))) : undefined,
    c.needs(1) ? b.Mul(b.ReduceSum(b.Mul(c.dy, centered()), axes), spread) : undefined,
    c.needs(2) ? b.ReduceSum(c.dy, axes) : undefined,
  ]
}

export const normalizationGradients = {
  /**
   * Training form with outputs (y, batch mean, batch variance); momentum 0 makes the kernel return exactly those.
   * With c = x − μ and s = 1/√(σ² + ε): dβ = Σ dy, dγ = s·Σ dy·c, dx = γs·dy − (γs²·dγ/M)·c − γs·dβ/M. In this form every
   * pass over the image multiplies or adds one number per channel.
   */
  BatchNormalization: (c) => {
    if (c.node.outputs.length === 1) return givenStatistics(c)
    const { b } = c
    const x = c.input(0)
    const { dtype } = x.type
    const shape = x.type.shape.map(concrete)
    const channels = shape[1]!
    const perChannel = (value: Value) =>
      b.Reshape(
        value,
        shape.map((_, i) => (i === 1 ? channels : 1)),
      )
    const axes = shape.map((_, i) => i).filter((i) => i !== 1)
    const share = b.scalar(-channels / shape.reduce((product, size) => product * size, 1), dtype)
    const epsilon = b.scalar(attribute(c.node, 'epsilon', 1e-5), dtype)
    const spread = b.Reciprocal(b.Sqrt(b.Add(c.output(2), epsilon)))
    const centered = b.Sub(x, perChannel(c.output(1)))
    const dBeta = b.ReduceSum(c.dy, axes)
    const dGamma = b.Mul(b.ReduceSum(b.Mul(c.dy, centered), axes), spread)
    const dx = () => {
      const scale = b.Mul(c.input(1), spread)
      const shift = b.Mul(b.Mul(scale, dBeta), share)
      const slope = b.Mul(b.Mul(b.Mul(scale, spread), dGamma), share)
      const direct = b.Add(b.Mul(c.dy, perChannel(scale)), perChannel(shift))
      return b.Add(b.Mul(centered, perChannel(slope)), direct)
    }
    return [c.needs(0) ? dx() : undefined, dGamma, dBeta, undefined, undefined]
  },
  /** Over the last axes: dx = 1/σ · (g − mean(g) − x̂·mean(g·x̂)) with g = γ·dy. */
  LayerNormalization: (c) => {
    const x = c.input(0)
    const rank = x.type.shape.length
    const axis = normalizeAxis(attribute(c.node, 'axis', -1), rank)
    const epsilon = attribute(c.node, 'epsilon', 1e-5)
    const axes = Array.from({ length: rank - axis }, (_, i) => axis + i)
    const inputs = c.node.inputs.map((_, i) => c.input(i))
    const [, mean, spread] = c.b.op('LayerNormalization', inputs, { axis, epsilon }, 3)
    const normalized = c.b.Mul(c.b.Sub(x, mean!), spread!)
    const scaled = c.b.Mul(c.dy, c.input(1))
    const dx = () => {
      const centered = c.b.Sub(scaled, c.b.ReduceMean(scaled, axes, 1))
      const along = c.b.Mul(normalized, c.b.ReduceMean(c.b.Mul(scaled, normalized), axes, 1))
      return c.b.Mul(c.b.Sub(centered, along), spread!)
    }
    return [
      c.needs(0) ? dx() : undefined,
      c.needs(1) ? unbroadcast(c.b, c.b.Mul(c.dy, normalized), c.input(1).type.shape) : undefined,
      c.node.inputs[2] !== undefined && c.needs(2) ? unbroadcast(c.b, c.dy, c.input(2).type.shape) : undefined,
    ]
  },
} satisfies Record<string, GradientRule>
