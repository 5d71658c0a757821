/** Cases of elementwise operators. */
import type { GraphBuilder } from '#core/onnx/builder'
import type { Value } from '#core/onnx/graph'
import { tensor, type Tensor } from '#core/tensor/dtype'
import { awayFromZero, binaryCase, floats, integers, unaryCase, type OperatorCase } from './case'

type Unary = (b: GraphBuilder, x: Value) => Value
type Binary = (b: GraphBuilder, x: Value, y: Value) => Value

const smooth = (build: Unary, x: Tensor = awayFromZero('x', [3, 4])) => [unaryCase('matrix', x, build)]
const positive = floats('positive', [3, 4], 0.9, 1)

/** Equal shapes, a row, a column, a per-channel vector, a scalar, and two operands that both broadcast. */
function broadcasting(build: Binary, make: (name: string, shape: readonly number[]) => Tensor, needs = ['a', 'b']) {
  const shapes: [string, number[], number[]][] = [
    ['equal shapes', [3, 4], [3, 4]],
    ['a row', [3, 4], [4]],
    ['a column', [3, 4], [3, 1]],
    ['a per-channel tensor', [2, 3, 2, 2], [1, 3, 1, 1]],
    ['a scalar', [2, 3], []],
    ['both sides broadcast', [3, 1], [1, 4]],
    ['the left side is smaller', [4], [2, 3, 4]],
  ]
  return shapes.map(([name, a, b]) => binaryCase(name, make('a', a), make('b', b), build, needs))
}

const plain = (name: string, shape: readonly number[]) => floats(name, shape, 2)
const nonZero = (name: string, shape: readonly number[]) => floats(name, shape, 0.9, name === 'b' ? 2 : 0)
/** All values of a and b are at least 0.1 apart: integers against halves. */
const noTies = (name: string, shape: readonly number[]) => {
  const values = Array.from(integers(name, shape, 6).data as BigInt64Array, Number)
  return tensor(
    'float32',
    shape,
    values.map((value) => value * 0.4 + (name === 'a' ? 0 : 0.2)),
  )
}

const some = (name: string, shape: readonly number[]) => integers(name, shape, 3)
const numbers64 = (build: Binary) => binaryCase('int64', integers('a', [5], 100), integers('b', [5], 100), build, [])
const numbers32 = (build: Binary) =>
  binaryCase('int32', integers('a', [5], 50, 'int32'), integers('b', [5], 50, 'int32'), build, [])

const compare = (build: Binary) => [
  binaryCase('floats with ties', tensor('float32', [4], [1, 2, 3, 4]), tensor('float32', [4], [2, 2, 1, 4]), build, []),
  binaryCase('int64, broadcasting', some('a', [3, 4]), some('b', [4]), build, []),
]

const mask = tensor('bool', [3, 4], [1, 0, 0, 1, 1, 1, 0, 0, 1, 0, 1, 0])
const otherMask = tensor('bool', [3, 4], [1, 1, 0, 0, 1, 0, 1, 0, 0, 0, 1, 1])

export const elementwiseCases = {
  Relu: smooth((b, x) => b.Relu(x)),
  LeakyRelu: smooth((b, x) => b.LeakyRelu(x, { alpha: 0.25 })),
  Elu: smooth((b, x) => b.Elu(x, { alpha: 0.5 })),
  Sigmoid: smooth((b, x) => b.Sigmoid(x)),
  HardSigmoid: [
    unaryCase('ramp and both ends', tensor('float32', [5], [-3, -0.5, 0.1, 0.6, 4]), (b, x) =>
      b.HardSigmoid(x, { alpha: 0.25, beta: 0.5 }),
    ),
    unaryCase(
      'steep enough to be a mask',
      tensor('float32', [6], [0, 1e-37, 1e-6, 0.5, 1, 1e30]),
      (b, x) => b.HardSigmoid(x, { alpha: 3e38, beta: 0 }),
      false,
    ),
  ],
  Tanh: smooth((b, x) => b.Tanh(x)),
  Softplus: [
    ...smooth((b, x) => b.Softplus(x)),
    unaryCase('far tails', tensor('float32', [4], [-40, -5, 5, 40]), (b, x) => b.Softplus(x)),
  ],
  Exp: smooth((b, x) => b.Exp(x)),
  Log: smooth((b, x) => b.Log(x), positive),
  Sqrt: smooth((b, x) => b.Sqrt(x), positive),
  Reciprocal: smooth((b, x) => b.Reciprocal(x), positive),
  Neg: smooth((b, x) => b.Neg(x)),
  Abs: smooth((b, x) => b.Abs(x)),
  Erf: smooth((b, x) => b.Erf(x)),
  Cos: [unaryCase('twice around', tensor('float32', [5], [-7, -1.5, 0, 3, 6.2]), (b, x) => b.Cos(x), false)],
  Identity: smooth((b, x) => b.Identity(x)),
  Sign: [unaryCase('with a zero', tensor('float32', [3], [-2, 0, 3]), (b, x) => b.Sign(x), false)],
  Floor: [unaryCase('negative and whole', tensor('float32', [4], [-1.5, -1, 0.5, 2]), (b, x) => b.Floor(x), false)],
  Not: [unaryCase('mask', mask, (b, x) => b.Not(x), false)],
  Add: [...broadcasting((b, x, y) => b.Add(x, y), plain), numbers64((b, x, y) => b.Add(x, y))],
  Sub: [...broadcasting((b, x, y) => b.Sub(x, y), plain), numbers64((b, x, y) => b.Sub(x, y))],
  Mul: [
    ...broadcasting((b, x, y) => b.Mul(x, y), plain),
    unaryCase('a value with itself', floats('x', [3, 2]), (b, x) => b.Mul(x, x)),
    numbers64((b, x, y) => b.Mul(x, y)),
    numbers32((b, x, y) => b.Mul(x, y)),
  ],
  Div: [
    ...broadcasting((b, x, y) => b.Div(x, y), nonZero),
    binaryCase('int64', integers('a', [5], 100), tensor('int64', [5], [3, 7, 1, 9, 4]), (b, x, y) => b.Div(x, y), []),
  ],
  Pow: [
    ...broadcasting(
      (b, x, y) => b.Pow(x, y),
      (name, shape) => floats(name, shape, 0.9, 1.2),
    ),
    unaryCase('square of negatives', awayFromZero('x', [3, 2]), (b, x) => b.Pow(x, b.scalar(2))),
  ],
  Min: [
    ...broadcasting((b, x, y) => b.Min(x, y), noTies),
    binaryCase('a tie', tensor('float32', [2], [1, 2]), tensor('float32', [2], [1, 3]), (b, x, y) => b.Min(x, y), []),
  ],
  Max: broadcasting((b, x, y) => b.Max(x, y), noTies),
  Equal: [...compare((b, x, y) => b.Equal(x, y))],
  Greater: compare((b, x, y) => b.Greater(x, y)),
  Less: compare((b, x, y) => b.Less(x, y)),
  And: [binaryCase('masks', mask, otherMask, (b, x, y) => b.And(x, y), [])],
  Where: [
    {
      name: 'equal shapes',
      inputs: { condition: mask, a: floats('a', [3, 4]), b: floats('b', [3, 4]) },
      build: (b, v) => b.Where(v.condition!, v.a!, v.b!),
      differentiate: ['a', 'b'],
    },
    {
      name: 'scalar and row',
      inputs: { condition: mask, a: floats('a', []), b: floats('b', [4]) },
      build: (b, v) => b.Where(v.condition!, v.a!, v.b!),
      differentiate: ['a', 'b'],
    },
  ],
  Cast: [
    unaryCase('to float64 and back', floats('x', [5]), (b, x) =>
      b.Cast(b.Cast(x, { to: 'float64' }), { to: 'float32' }),
    ),
    unaryCase(
      'float to int32',
      tensor('float32', [4], [-1.7, -0.2, 0.9, 3.5]),
      (b, x) => b.Cast(x, { to: 'int32' }),
      false,
    ),
    unaryCase('float to bool', tensor('float32', [3], [0, 0.5, -2]), (b, x) => b.Cast(x, { to: 'bool' }), false),
    unaryCase('bool to float', mask, (b, x) => b.Cast(x, { to: 'float32' }), false),
    unaryCase('int64 to float', integers('x', [5], 1000), (b, x) => b.Cast(x, { to: 'float32' }), false),
    unaryCase('bytes to float', integers('x', [5], 256, 'uint8'), (b, x) => b.Cast(x, { to: 'float32' }), false),
    unaryCase('int64 to int32', integers('x', [5], 1000), (b, x) => b.Cast(x, { to: 'int32' }), false),
  ],
} satisfies Record<string, readonly OperatorCase[]>
