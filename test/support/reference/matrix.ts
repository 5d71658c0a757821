/** Matrix products in float64, three nested loops. */
import { broadcastShapes } from '#core/tensor/shape'
import { broadcastReader, fill, reader, type Array64 } from './array'
import { number, required, type Invocation, type Operator } from './operator'

/** The array with its last two axes swapped. */
function transposed(x: Array64): Array64 {
  const read = reader(x)
  const shape = [...x.shape.slice(0, -2), x.shape.at(-1)!, x.shape.at(-2)!]
  return fill(x.dtype, shape, (place) => read([...place.slice(0, -2), place.at(-1)!, place.at(-2)!]))
}

/** Batched product with broadcasting of the leading axes; a vector counts as a row (left) or a column (right). */
function product(a: Array64, b: Array64): Array64 {
  if (a.shape.length < 2 || b.shape.length < 2) throw new Error('reference: products of vectors are not implemented')
  const [rows, inner, columns] = [a.shape.at(-2)!, a.shape.at(-1)!, b.shape.at(-1)!]
  const batch = broadcastShapes(a.shape.slice(0, -2), b.shape.slice(0, -2)) as number[] | undefined
  if (!batch || b.shape.at(-2) !== inner) throw new Error(`reference: [${a.shape.join()}] × [${b.shape.join()}]`)
  const rank = batch.length + 2
  const [readA, readB] = [broadcastReader(a, rank), broadcastReader(b, rank)]
  // A matrix axis of size one must not be treated as broadcast; sizes are equal here, so index 0 is correct anyway.
  return fill(a.dtype, [...batch, rows, columns], (place) => {
    const left = [...place]
    const right = [...place]
    let sum = 0
    for (let k = 0; k < inner; k++) {
      left[rank - 1] = k
      right[rank - 2] = k
      sum += readA(left) * readB(right)
    }
    return sum
  })
}

function operands(call: Invocation): [Array64, Array64] {
  const [a, b] = [required(call, 0), required(call, 1)]
  return [number(call, 'transA', 0) === 1 ? transposed(a) : a, number(call, 'transB', 0) === 1 ? transposed(b) : b]
}

export const matrix = {
  MatMul: (call) => [product(required(call, 0), required(call, 1))],
  'ms.FusedMatMul': (call) => {
    const result = product(...operands(call))
    const alpha = number(call, 'alpha', 1)
    return [{ ...result, data: result.data.map((value) => alpha * value) }]
  },
  Gemm: (call) => {
    const result = product(...operands(call))
    const [alpha, beta] = [number(call, 'alpha', 1), number(call, 'beta', 1)]
    const c = call.inputs[2]
    const readC = c ? broadcastReader(c, 2) : () => 0
    const read = reader(result)
    return [fill(result.dtype, result.shape, (place) => alpha * read(place) + beta * readC(place))]
  },
} satisfies Record<string, Operator>
