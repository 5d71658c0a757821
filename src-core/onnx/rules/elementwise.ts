/** Shape rules of elementwise operators. */
import { InternalError } from '../../base/assert'
import type { DType } from '../../tensor/dtype'
import { broadcastShapes, formatShape, type Shape } from '../../tensor/shape'
import { input, typed, type RuleInput, type ShapeRule } from './rule'

const unary: ShapeRule = (node) => [input(node, 0)]
const predicate: ShapeRule = (node) => [typed('bool', input(node, 0).shape)]

function broadcastAll(node: RuleInput): Shape {
  let shape: Shape = []
  for (const type of node.inputs) {
    const next = broadcastShapes(shape, type!.shape)
    if (!next)
      throw new InternalError(`cannot broadcast ${node.inputs.map((t) => formatShape(t!.shape)).join(' with ')}`)
    shape = next
  }
  return shape
}

const binary: ShapeRule = (node) => [typed(input(node, 0).dtype, broadcastAll(node))]
const comparison: ShapeRule = (node) => [typed('bool', broadcastAll(node))]

/** ONNX TensorProto.DataType numbers of the element types in use. */
export const onnxType: Record<DType, number> = { float32: 1, uint8: 2, int32: 6, int64: 7, bool: 9, float64: 11 }
const dtypeOf = Object.fromEntries(Object.entries(onnxType).map(([k, v]) => [v, k])) as Record<number, DType>

export const elementwise = {
  Relu: unary,
  LeakyRelu: unary,
  Elu: unary,
  Sigmoid: unary,
  HardSigmoid: unary,
  Tanh: unary,
  Softplus: unary,
  Exp: unary,
  Log: unary,
  Sqrt: unary,
  Reciprocal: unary,
  Neg: unary,
  Abs: unary,
  Cos: unary,
  Sign: unary,
  Floor: unary,
  Erf: unary,
  Identity: unary,
  Not: predicate,
  Add: binary,
  Sub: binary,
  Mul: binary,
  Div: binary,
  Pow: binary,
  Min: binary,
  Max: binary,
  Equal: comparison,
  Greater: comparison,
  Less: comparison,
  And: comparison,
  Where: (node) => [typed(input(node, 1).dtype, broadcastAll(node))],
  Cast: (node) => [typed(dtypeOf[node.attributes.to as number]!, input(node, 0).shape)],
} as const satisfies Record<string, ShapeRule>
