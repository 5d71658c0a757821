/** Shared by Adam and AdamW: both moments and the bias-corrected step. */
import type { GraphBuilder } from '../onnx/builder'
import type { Value } from '../onnx/graph'
import { real, text } from '../params/params'
import { average } from './optimizer'

export const adamParams = {
  beta1: real(text('Beta 1', 'β₁'), {
    default: 0.9,
    min: 0,
    max: 1,
    below: true,
    doc: text('Decay rate of the running mean of gradients.', '梯度滑动均值的衰减率。'),
  }),
  beta2: real(text('Beta 2', 'β₂'), {
    default: 0.999,
    min: 0,
    max: 1,
    below: true,
    doc: text('Decay rate of the running mean of squared gradients.', '梯度平方滑动均值的衰减率。'),
  }),
  eps: real(text('Epsilon', 'ε'), {
    default: 1e-8,
    min: 0,
    max: 1,
    doc: text('Keeps the step finite when gradients vanish.', '梯度消失时保持步长有限。'),
  }),
}

interface AdamValues {
  readonly beta1: number
  readonly beta2: number
  readonly eps: number
}

/**
 * PyTorch's step η/(1 − β₁ᵗ) · m / (√v/√(1 − β₂ᵗ) + ε) rewritten as correctedRate · m / (√v + shift), so that the corrections
 * are two numbers per step instead of two passes over all parameters.
 */
export function adamScalars(params: AdamValues, step: number, learningRate: number) {
  const root = Math.sqrt(1 - params.beta2 ** step)
  return { correctedRate: (learningRate * root) / (1 - params.beta1 ** step), shift: params.eps * root }
}

export function adamStep(
  b: GraphBuilder,
  gradients: Value,
  slots: { readonly mean: Value; readonly square: Value },
  scalars: { readonly correctedRate: Value; readonly shift: Value },
  params: AdamValues,
): { step: Value; slots: { mean: Value; square: Value } } {
  const mean = average(b, slots.mean, gradients, params.beta1)
  const square = average(b, slots.square, b.Mul(gradients, gradients), params.beta2)
  const step = b.Div(b.Mul(mean, scalars.correctedRate), b.Add(b.Sqrt(square), scalars.shift))
  return { step, slots: { mean, square } }
}
