/** Elementwise operators in float64. */
import type { DType } from '#core/tensor/dtype'
import { broadcastShapes } from '#core/tensor/shape'
import { array64, broadcastReader, fill, sizeOf, type Array64 } from './array'
import { number, required, type Invocation, type Operator } from './operator'

const unary =
  (f: (x: number, call: Invocation) => number, result?: DType): Operator =>
  (call) => {
    const x = required(call, 0)
    return [
      array64(
        result ?? x.dtype,
        x.shape,
        x.data.map((value) => f(value, call)),
      ),
    ]
  }

function broadcast(result: DType, inputs: readonly Array64[], f: (values: number[]) => number): Array64 {
  const shape = inputs.reduce<readonly number[]>((a, b) => {
    const both = broadcastShapes(a, b.shape)
    if (!both) throw new Error(`reference: [${a.join()}] and [${b.shape.join()}] do not broadcast`)
    return both as readonly number[]
  }, [])
  if (inputs.every((input) => sizeOf(input.shape) === sizeOf(shape))) {
    const y = array64(result, shape)
    return { ...y, data: y.data.map((_, i) => f(inputs.map(({ data }) => data[i]!))) }
  }
  const readers = inputs.map((input) => broadcastReader(input, shape.length))
  return fill(result, shape, (place) => f(readers.map((read) => read(place))))
}

/** Integers wrap around as in hardware; floats stay in float64. */
export function wrap(dtype: DType, exact: () => bigint, plain: number): number {
  if (dtype === 'int32') return Number(BigInt.asIntN(32, exact()))
  if (dtype === 'uint8') return Number(BigInt.asUintN(8, exact()))
  if (dtype !== 'int64' || Number.isSafeInteger(plain)) return plain
  const value = BigInt.asIntN(64, exact())
  if (!Number.isSafeInteger(Number(value))) throw new Error('reference: an int64 beyond 2^53 cannot be represented')
  return Number(value)
}

const arithmetic =
  (plain: (a: number, b: number) => number, exact: (a: bigint, b: bigint) => bigint): Operator =>
  (call) => {
    const [a, b] = [required(call, 0), required(call, 1)]
    const { dtype } = a
    const isFloat = dtype === 'float32' || dtype === 'float64'
    return [
      broadcast(dtype, [a, b], ([x, y]) =>
        isFloat ? plain(x!, y!) : wrap(dtype, () => exact(BigInt(x!), BigInt(y!)), plain(x!, y!)),
      ),
    ]
  }

const binary =
  (f: (a: number, b: number) => number, result?: DType): Operator =>
  (call) => {
    const [a, b] = [required(call, 0), required(call, 1)]
    return [broadcast(result ?? a.dtype, [a, b], ([x, y]) => f(x!, y!))]
  }

const extremum =
  (f: (a: number, b: number) => number): Operator =>
  (call) => {
    const inputs = call.inputs.map((_, i) => required(call, i))
    return [broadcast(inputs[0]!.dtype, inputs, (values) => values.reduce((a, b) => f(a, b)))]
  }

/** erf x = 2/√π · e^(−x²) · Σ 2ⁿ x^(2n+1) / (2n+1)!!: all terms have the same sign, so nothing cancels. */
export function erf(x: number): number {
  if (Math.abs(x) > 6) return Math.sign(x)
  let term = x
  let sum = x
  for (let n = 1; Math.abs(term) > 1e-18 * Math.abs(sum); n++) {
    term *= (2 * x * x) / (2 * n + 1)
    sum += term
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum
}

/** ONNX TensorProto.DataType numbers. */
const dtypeOf: Record<number, DType> = { 1: 'float32', 2: 'uint8', 6: 'int32', 7: 'int64', 9: 'bool', 11: 'float64' }

function castTo(dtype: DType): (x: number) => number {
  if (dtype === 'bool') return (x) => (x !== 0 ? 1 : 0)
  if (dtype === 'float32' || dtype === 'float64') return (x) => x
  return (x) => wrap(dtype, () => BigInt(Math.trunc(x)), Math.trunc(x))
}

const truth = (value: boolean): number => (value ? 1 : 0)

export const elementwise = {
  Relu: unary((x) => Math.max(x, 0)),
  LeakyRelu: unary((x, call) => (x >= 0 ? x : number(call, 'alpha', 0.01) * x)),
  Elu: unary((x, call) => (x >= 0 ? x : number(call, 'alpha', 1) * Math.expm1(x))),
  Sigmoid: unary((x) => 1 / (1 + Math.exp(-x))),
  HardSigmoid: unary((x, call) => Math.max(0, Math.min(1, number(call, 'alpha', 0.2) * x + number(call, 'beta', 0.5)))),
  Tanh: unary(Math.tanh),
  Softplus: unary((x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))),
  Exp: unary(Math.exp),
  Log: unary(Math.log),
  Sqrt: unary(Math.sqrt),
  Reciprocal: unary((x) => 1 / x),
  Neg: unary((x) => -x),
  Abs: unary(Math.abs),
  Cos: unary(Math.cos),
  Sign: unary(Math.sign),
  Floor: unary(Math.floor),
  Erf: unary(erf),
  Identity: unary((x) => x),
  Not: unary((x) => truth(x === 0), 'bool'),
  Add: arithmetic(
    (a, b) => a + b,
    (a, b) => a + b,
  ),
  Sub: arithmetic(
    (a, b) => a - b,
    (a, b) => a - b,
  ),
  Mul: arithmetic(
    (a, b) => a * b,
    (a, b) => a * b,
  ),
  Div: (call) => {
    const { dtype } = required(call, 0)
    const quotient = (a: number, b: number) => a / b
    return binary(dtype.startsWith('float') ? quotient : (a, b) => Math.trunc(a / b))(call)
  },
  Pow: binary(Math.pow),
  Min: extremum(Math.min),
  Max: extremum(Math.max),
  Equal: binary((a, b) => truth(a === b), 'bool'),
  Greater: binary((a, b) => truth(a > b), 'bool'),
  Less: binary((a, b) => truth(a < b), 'bool'),
  And: binary((a, b) => truth(a !== 0 && b !== 0), 'bool'),
  Where: (call) => {
    const inputs = [required(call, 0), required(call, 1), required(call, 2)]
    return [broadcast(inputs[1]!.dtype, inputs, ([condition, a, b]) => (condition ? a! : b!))]
  },
  Cast: (call) => {
    const dtype = dtypeOf[number(call, 'to', 1)]!
    return unary(castTo(dtype), dtype)(call)
  },
} satisfies Record<string, Operator>
