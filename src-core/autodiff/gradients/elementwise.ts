/** Gradients of elementwise operators, each under its formula. */
import type { Value } from '../../onnx/graph'
import { attribute, unbroadcast, type GradientContext, type GradientRule } from '../rule'

/** Creates the rule of a one-input operator from its derivative times dy. */
const unary =
  (derivative: (c: GradientContext, x: Value, y: Value) => Value): GradientRule =>
  (c) => [derivative(c, c.input(0), c.output(0))]

/** Creates the rule of a two-input broadcasting operator from both products with dy. */
const binary =
  (left: (c: GradientContext, a: Value, b: Value) => Value, right: typeof left): GradientRule =>
  (c) => {
    const [a, b] = [c.input(0), c.input(1)]
    return [
      c.needs(0) ? unbroadcast(c.b, left(c, a, b), a.type.shape) : undefined,
      c.needs(1) ? unbroadcast(c.b, right(c, a, b), b.type.shape) : undefined,
    ]
  }

const number = (c: GradientContext, value: number) => c.b.scalar(value, c.dy.type.dtype)
const mask = (c: GradientContext, condition: Value) => c.b.Cast(condition, { to: c.dy.type.dtype })
const positive = (c: GradientContext, x: Value) => mask(c, c.b.Greater(x, number(c, 0)))

/** Ties share the gradient equally, as in PyTorch. */
const extremum = (wins: 'Greater' | 'Less'): GradientRule => {
  const share = (c: GradientContext, mine: Value, other: Value) =>
    c.b.Mul(c.dy, c.b.Add(mask(c, c.b[wins](mine, other)), c.b.Mul(mask(c, c.b.Equal(mine, other)), number(c, 0.5))))
  return binary(
    (c, a, b) => share(c, a, b),
    (c, a, b) => share(c, b, a),
  )
}

export const elementwiseGradients = {
  // max(x, 0)' = [y > 0]; y is never negative, so a HardSigmoid that is 1 from the smallest normal number up is the
  // mask,
  // in one pass where comparing and casting takes two
  Relu: unary((c, _x, y) => c.b.Mul(c.dy, c.b.HardSigmoid(y, { alpha: 3e38, beta: 0 }))),
  // x > 0 ? 1 : α
  LeakyRelu: unary((c, x) => {
    const alpha = attribute(c.node, 'alpha', 0.01)
    return c.b.Mul(c.dy, c.b.Add(c.b.Mul(positive(c, x), number(c, 1 - alpha)), number(c, alpha)))
  }),
  // x > 0 ? 1 : y + α
  Elu: unary((c, x, y) => {
    const slope = c.b.Add(y, number(c, attribute(c.node, 'alpha', 1)))
    return c.b.Mul(c.dy, c.b.Where(c.b.Greater(x, number(c, 0)), number(c, 1), slope))
  }),
  // σ' = σ (1 − σ)
  Sigmoid: unary((c, _x, y) => c.b.Mul(c.dy, c.b.Mul(y, c.b.Sub(number(c, 1), y)))),
  // α inside the ramp, 0 outside
  HardSigmoid: unary((c, _x, y) => {
    const inside = c.b.And(c.b.Greater(y, number(c, 0)), c.b.Less(y, number(c, 1)))
    return c.b.Mul(c.dy, c.b.Mul(mask(c, inside), number(c, attribute(c.node, 'alpha', 0.2))))
  }),
  // tanh' = 1 − tanh²
  Tanh: unary((c, _x, y) => c.b.Mul(c.dy, c.b.Sub(number(c, 1), c.b.Mul(y, y)))),
  // log(1 + eˣ)' = σ(x)
  Softplus: unary((c, x) => c.b.Mul(c.dy, c.b.Sigmoid(x))),
  Exp: unary((c, _x, y) => c.b.Mul(c.dy, y)),
  Log: unary((c, x) => c.b.Div(c.dy, x)),
  // √x' = 1 / (2 √x)
  Sqrt: unary((c, _x, y) => c.b.Div(c.b.Mul(c.dy, number(c, 0.5)), y)),
  // (1/x)' = −1/x²
  Reciprocal: unary((c, _x, y) => c.b.Neg(c.b.Mul(c.dy, c.b.Mul(y, y)))),
  Neg: unary((c) => c.b.Neg(c.dy)),
  // |x|' = [x > 0] − [x < 0]
  Abs: unary((c, x) => c.b.Mul(c.dy, c.b.Sub(positive(c, x), mask(c, c.b.Less(x, number(c, 0)))))),
  // erf' = 2/√π · exp(−x²)
  Erf: unary((c, x) => c.b.Mul(c.dy, c.b.Mul(number(c, 2 / Math.sqrt(Math.PI)), c.b.Exp(c.b.Neg(c.b.Mul(x, x)))))),
  Identity: unary((c) => c.dy),
  Add: binary(
    (c) => c.dy,
    (c) => c.dy,
  ),
  Sub: binary(
    (c) => c.dy,
    (c) => c.b.Neg(c.dy),
  ),
  Mul: binary(
    (c, _a, b) => c.b.Mul(c.dy, b),
    (c, a) => c.b.Mul(c.dy, a),
  ),
  // (a/b)' = 1/b, −(a/b)/b
  Div: binary(
    (c, _a, b) => c.b.Div(c.dy, b),
    (c, _a, b) => c.b.Neg(c.b.Div(c.b.Mul(c.dy, c.output(0)), b)),
  ),
  // (aᵇ)' = b·aᵇ⁻¹, aᵇ·log a
  Pow: binary(
    (c, a, b) => c.b.Mul(c.dy, c.b.Mul(b, c.b.Pow(a, c.b.Sub(b, number(c, 1))))),
    (c, a) => c.b.Mul(c.dy, c.b.Mul(c.output(0), c.b.Log(a))),
  ),
  Min: extremum('Less'),
  Max: extremum('Greater'),
  Where: (c) => {
    const [condition, a, b] = [c.input(0), c.input(1), c.input(2)]
    const chosen = mask(c, condition)
    return [
      undefined,
      c.needs(1) ? unbroadcast(c.b, c.b.Mul(c.dy, chosen), a.type.shape) : undefined,
      c.needs(2) ? unbroadcast(c.b, c.b.Mul(c.dy, c.b.Sub(number(c, 1), chosen)), b.type.shape) : undefined,
    ]
  },
  // Between float types only; a cast from integers has no gradient and none is needed.
  Cast: unary((c, x) => c.b.Cast(c.dy, { to: x.type.dtype })),
} satisfies Record<string, GradientRule>
