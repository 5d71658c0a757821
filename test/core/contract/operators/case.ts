/** The interface of an operator's case, and the numbers that cases use. */
import type { GraphBuilder } from '#core/onnx/builder'
import type { Value } from '#core/onnx/graph'
import { tensor, type DType, type Tensor } from '#core/tensor/dtype'
import { hashedNumbers } from '../../../support/hashedNumbers'

export interface OperatorCase {
  readonly name: string
  readonly inputs: Readonly<Record<string, Tensor>>
  /** Writes the operator; `blockSize` is the NCHWc block of this machine. */
  build(b: GraphBuilder, inputs: Readonly<Record<string, Value>>, blockSize: number): Value | readonly Value[]
  /** Inputs whose gradients are compared with finite differences; empty if the operator has none in this form. */
  readonly differentiate: readonly string[]
  /** Forward tolerance against ONNX Runtime, relative to the result's scale; 1e-6 by default. */
  readonly tolerance?: number
}

const sizeOf = (shape: readonly number[]) => shape.reduce((product, size) => product * size, 1)

/** Float numbers in offset ± scale, different for each name. */
export function floats(name: string, shape: readonly number[], scale = 1, offset = 0): Tensor {
  return tensor(
    'float32',
    shape,
    hashedNumbers(name, sizeOf(shape), scale).map((value) => value + offset),
  )
}

/** Magnitudes between 0.1 and 1.1: well away from the kink at zero. */
export function awayFromZero(name: string, shape: readonly number[]): Tensor {
  const values = hashedNumbers(name, sizeOf(shape))
  return tensor(
    'float32',
    shape,
    values.map((value) => value + Math.sign(value) * 0.1),
  )
}

/** All elements at least 1/32 apart, in a fixed shuffled order. */
export function distinct(name: string, shape: readonly number[]): Tensor {
  const noise = hashedNumbers(name, sizeOf(shape))
  const order = Array.from(noise.keys()).sort((a, b) => noise[a]! - noise[b]!)
  const values = new Float32Array(order.length)
  order.forEach((place, rank) => (values[place] = (rank - order.length / 2) / 32))
  return tensor('float32', shape, values)
}

/** Integers 0 … limit − 1. */
export function integers(name: string, shape: readonly number[], limit: number, dtype: DType = 'int64'): Tensor {
  const values = hashedNumbers(name, sizeOf(shape))
  return tensor(
    dtype,
    shape,
    Array.from(values, (value) => Math.floor(((value + 1) / 2) * limit)),
  )
}

/** A case with one float input `x`. */
export function unaryCase(
  name: string,
  x: Tensor,
  build: (b: GraphBuilder, x: Value) => Value | readonly Value[],
  differentiable = true,
): OperatorCase {
  return { name, inputs: { x }, build: (b, v) => build(b, v.x!), differentiate: differentiable ? ['x'] : [] }
}

/** A case with two inputs `a` and `b`. */
export function binaryCase(
  name: string,
  a: Tensor,
  b: Tensor,
  build: (builder: GraphBuilder, a: Value, b: Value) => Value | readonly Value[],
  differentiate: readonly string[] = ['a', 'b'],
): OperatorCase {
  return { name, inputs: { a, b }, build: (builder, v) => build(builder, v.a!, v.b!), differentiate }
}
