/** Shape rules of matrix products. */
import { InternalError } from '../../base/assert'
import { broadcastShapes, formatShape, type Shape } from '../../tensor/shape'
import { input, int, typed, type RuleInput, type ShapeRule } from './rule'

function swapLast(shape: Shape, transpose: boolean): Shape {
  return transpose ? [...shape.slice(0, -2), shape.at(-1)!, shape.at(-2)!] : shape
}

function product(node: RuleInput, a: Shape, b: Shape): Shape {
  const batch = broadcastShapes(a.slice(0, -2), b.slice(0, -2))
  if (!batch || a.at(-1) !== b.at(-2)) throw new InternalError(`cannot multiply ${formatShape(a)} by ${formatShape(b)}`)
  return [...batch, a.at(-2)!, b.at(-1)!]
}

export const matrix = {
  MatMul: (node) => [typed(input(node, 0).dtype, product(node, input(node, 0).shape, input(node, 1).shape))],
  'ms.FusedMatMul': (node) => {
    const a = swapLast(input(node, 0).shape, int(node, 'transA', 0) === 1)
    const b = swapLast(input(node, 1).shape, int(node, 'transB', 0) === 1)
    return [typed(input(node, 0).dtype, product(node, a, b))]
  },
  /** alpha · A·B + beta · C with optional transposes; A and B are matrices. */
  Gemm: (node) => {
    const a = swapLast(input(node, 0).shape, int(node, 'transA', 0) === 1)
    const b = swapLast(input(node, 1).shape, int(node, 'transB', 0) === 1)
    return [typed(input(node, 0).dtype, product(node, a, b))]
  },
} as const satisfies Record<string, ShapeRule>
