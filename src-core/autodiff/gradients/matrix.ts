/** Gradients of matrix products. */
import type { GraphBuilder } from '../../onnx/builder'
import type { Value } from '../../onnx/graph'
import { attribute, sumRows, unbroadcast, type GradientContext, type GradientRule } from '../rule'

/** Swaps the last two axes. */
export function transposeLast(b: GraphBuilder, x: Value): Value {
  const rank = x.type.shape.length
  return b.Transpose(x, [...Array.from({ length: rank - 2 }, (_, i) => i), rank - 1, rank - 2])
}

/** a · bᵀ over the last two axes; one fused operator if the target has it. */
export function matMulTransB(c: Pick<GradientContext, 'b' | 'target'>, a: Value, b: Value): Value {
  if (a.type.shape.length === 2 && b.type.shape.length === 2) return c.b.Gemm(a, b, undefined, { transB: 1 })
  return c.target.portable ? c.b.MatMul(a, transposeLast(c.b, b)) : c.b.FusedMatMul(a, b, { transB: 1 })
}

/** aᵀ · b over the last two axes. */
export function matMulTransA(c: Pick<GradientContext, 'b' | 'target'>, a: Value, b: Value): Value {
  if (a.type.shape.length === 2 && b.type.shape.length === 2) return c.b.Gemm(a, b, undefined, { transA: 1 })
  return c.target.portable ? c.b.MatMul(transposeLast(c.b, a), b) : c.b.FusedMatMul(a, b, { transA: 1 })
}

export const matrixGradients = {
  // Y = A·B: dA = dY·Bᵀ, dB = Aᵀ·dY
  MatMul: (c) => {
    const [x, w] = [c.input(0), c.input(1)]
    return [
      c.needs(0) ? unbroadcast(c.b, matMulTransB(c, c.dy, w), x.type.shape) : undefined,
      c.needs(1) ? unbroadcast(c.b, matMulTransA(c, x, c.dy), w.type.shape) : undefined,
    ]
  },
  // Y = op(A)·op(B) + C
  Gemm: (c) => {
    const [x, w] = [c.input(0), c.input(1)]
    const transA = attribute<number>(c.node, 'transA', 0) === 1
    const transB = attribute<number>(c.node, 'transB', 0) === 1
    const product = (a: Value, b: Value, transA: boolean, transB: boolean) =>
      c.b.Gemm(a, b, undefined, { transA: transA ? 1 : 0, transB: transB ? 1 : 0 })
    const dx = () => (transA ? product(w, c.dy, transB, true) : product(c.dy, w, false, !transB))
    const dw = () => (transB ? product(c.dy, x, true, transA) : product(x, c.dy, !transA, false))
    const db = () => {
      const bias = c.input(2).type.shape
      return bias.length === 1 && bias[0] === c.dy.type.shape[1] ? sumRows(c.b, c.dy) : unbroadcast(c.b, c.dy, bias)
    }
    return [c.needs(0) ? dx() : undefined, c.needs(1) ? dw() : undefined, c.needs(2) ? db() : undefined]
  },
} satisfies Record<string, GradientRule>
