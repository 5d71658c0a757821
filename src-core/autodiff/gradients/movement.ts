/** Gradients of operators that move, gather, repeat or rearrange elements. */
import { invariant } from '../../base/assert'
import { tensor } from '../../tensor/dtype'
import { concrete, elementCount, normalizeAxis } from '../../tensor/shape'
import { attribute, unbroadcast, zeros, type GradientContext, type GradientRule } from '../rule'

/** dy in the shape of the input: the inverse of any operator that only renames axes. */
const reshapeBack: GradientRule = (c) => [c.b.Reshape(c.dy, c.input(0).type.shape.map(concrete))]

const constant = (c: GradientContext, index: number) => c.b.constantNumbers(c.input(index))!

/** Start of a slice counted from the front and clamped. */
const resolve = (start: number, size: number) => Math.min(Math.max(start < 0 ? start + size : start, 0), size)

/** Up to this many rows, a product with a one-hot read matrix is twice as fast as adding row by row. */
const FEW_ROWS = 128

export const movementGradients = {
  Reshape: reshapeBack,
  Unsqueeze: reshapeBack,
  Squeeze: reshapeBack,
  Transpose: (c) => {
    const perm = attribute<readonly number[]>(c.node, 'perm', [])
    return [
      c.b.Transpose(
        c.dy,
        perm.map((_, axis) => perm.indexOf(axis)),
      ),
    ]
  },
  Expand: (c) => [unbroadcast(c.b, c.dy, c.input(0).type.shape)],
  Concat: (c) => {
    const axis = attribute(c.node, 'axis', 0)
    let start = 0
    return c.node.inputs.map((_, i) => {
      const { shape } = c.input(i).type
      const begin = start
      start += concrete(shape[normalizeAxis(axis, shape.length)])
      return c.needs(i) ? c.b.Slice(c.dy, [begin], [start], [axis]) : undefined
    })
  },
  Split: (c) => {
    const parts = c.node.outputs.map((_, i) => c.outputGradient(i) ?? zeros(c.b, c.output(i)))
    return [c.b.Concat(parts, { axis: attribute(c.node, 'axis', 0) })]
  },
  // The sliced-off margins had no influence: pad dy with zeros. Only gradients create slices with a step.
  Slice: (c) => {
    const { shape } = c.input(0).type
    const starts = constant(c, 1)
    const axes = c.node.inputs[3] ? constant(c, 3) : starts.map((_, i) => i)
    const steps = c.node.inputs[4] ? constant(c, 4) : []
    invariant(
      steps.every((step) => step === 1),
      'the gradient of a Slice with a step is not defined',
    )
    const begins = shape.map(() => 0)
    axes.forEach((axis, i) => {
      const at = normalizeAxis(axis, shape.length)
      begins[at] = resolve(starts[i]!, concrete(shape[at]))
    })
    const ends = shape.map((dim, i) => concrete(dim) - begins[i]! - concrete(c.dy.type.shape[i]))
    return [c.b.Pad(c.dy, [...begins, ...ends])]
  },
  Pad: (c) => {
    const { shape } = c.input(0).type
    const pads = constant(c, 1)
    const ends = shape.map((dim, i) => pads[i]! + concrete(dim))
    return [c.b.Slice(c.dy, pads.slice(0, shape.length), ends, [...shape.keys()])]
  },
  // Each repeat is a separate axis: [r₀, d₀, r₁, d₁, …], summed over the repeats.
  Tile: (c) => {
    const sizes = c.input(0).type.shape.map(concrete)
    const repeats = constant(c, 1)
    const split = c.b.Reshape(
      c.dy,
      sizes.flatMap((size, i) => [repeats[i]!, size]),
    )
    return [
      c.b.ReduceSum(
        split,
        sizes.map((_, i) => 2 * i),
      ),
    ]
  },
  // Rows read several times add up. ScatterElements is serial and correct; ScatterND(add) has a race (onnxruntime
  // #18048).
  Gather: (c) => {
    const data = c.input(0)
    invariant(attribute(c.node, 'axis', 0) === 0, 'the gradient of Gather is defined along the first axis only')
    const [rows, ...rest] = data.type.shape.map(concrete) as [number, ...number[]]
    const row = elementCount(rest)
    const count = elementCount(c.input(1).type.shape)
    const dy = c.b.Reshape(c.dy, [count, row])
    if (rows <= FEW_ROWS && c.input(1).type.dtype === 'int32') {
      const numbers = c.b.constant(tensor('int32', [rows, 1], [...Array(rows).keys()]))
      const readBy = c.b.Cast(c.b.Equal(numbers, c.b.Reshape(c.input(1), [1, count])), { to: c.dy.type.dtype })
      return [c.b.Reshape(c.b.MatMul(readBy, dy), [rows, ...rest]), undefined]
    }
    const indices = c.b.Expand(c.b.Reshape(c.input(1), [count, 1]), [count, row])
    const flat = c.b.Reshape(zeros(c.b, data), [rows, row])
    const sum = c.b.ScatterElements(flat, indices, dy, { axis: 0, reduction: 'add' })
    return [c.b.Reshape(sum, [rows, ...rest]), undefined]
  },
  GatherElements: (c) => {
    const axis = attribute(c.node, 'axis', 0)
    return [c.b.ScatterElements(zeros(c.b, c.input(0)), c.input(1), c.dy, { axis, reduction: 'add' }), undefined]
  },
  // Nearest upsampling repeats each element: sum over its window = mean × count.
  Resize: (c) => {
    const scales = c.b.constantNumbers(c.input(2))!
    const kernel = scales.slice(2)
    invariant(scales[0] === 1 && scales[1] === 1, 'Resize enlarges spatial axes only')
    const mean = c.b.AveragePool(c.dy, { kernel_shape: kernel, strides: kernel })
    const count = kernel.reduce((product, size) => product * size, 1)
    return [c.b.Mul(mean, c.b.scalar(count, c.dy.type.dtype)), undefined, undefined]
  },
} satisfies Record<string, GradientRule>
