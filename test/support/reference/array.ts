/** The interpreter's only data type: every element type is stored as float64, along with its name. */
import { allocate, type DType, type Tensor } from '#core/tensor/dtype'
import { strides } from '#core/tensor/shape'

export interface Array64 {
  readonly dtype: DType
  readonly shape: readonly number[]
  readonly data: Float64Array
}

export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1)

/** A zeroed array, or one with `data`, whose length must fit the shape. */
export function array64(
  dtype: DType,
  shape: readonly number[],
  data: Float64Array = new Float64Array(sizeOf(shape)),
): Array64 {
  if (data.length !== sizeOf(shape)) throw new Error(`reference: ${data.length} elements for [${shape.join(', ')}]`)
  return { dtype, shape, data }
}

export function fromTensor({ dtype, shape, data }: Tensor): Array64 {
  return array64(dtype, shape, data instanceof BigInt64Array ? Float64Array.from(data, Number) : new Float64Array(data))
}

/** Rounds back to the array's own element type. */
export function toTensor({ dtype, shape, data }: Array64): Tensor {
  const result = allocate(dtype, data.length)
  for (let i = 0; i < data.length; i++) {
    if (dtype === 'int64') (result as BigInt64Array)[i] = BigInt(data[i]!)
    else (result as Float32Array)[i] = data[i]!
  }
  return { dtype, shape, data: result }
}

/** Calls `visit` with the coordinates of every element in row-major order; the array passed is reused. */
export function eachPlace(shape: readonly number[], visit: (place: number[], index: number) => void): void {
  const place = shape.map(() => 0)
  const total = sizeOf(shape)
  for (let index = 0; index < total; index++) {
    visit(place, index)
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      place[axis]!++
      if (place[axis]! < shape[axis]!) break
      place[axis] = 0
    }
  }
}

/** A function from coordinates to elements, for arrays and for broadcast views of them. */
export function reader({ shape, data }: Array64): (place: readonly number[]) => number {
  const steps = strides(shape)
  return (place) => {
    let index = 0
    for (let axis = 0; axis < steps.length; axis++) index += steps[axis]! * place[axis]!
    return data[index]!
  }
}

/** Builds an array by computing each element from its coordinates. */
export function fill(dtype: DType, shape: readonly number[], element: (place: number[]) => number): Array64 {
  const result = array64(dtype, shape)
  eachPlace(shape, (place, index) => {
    result.data[index] = element(place)
  })
  return result
}

/** A reader that takes coordinates of a larger shape: axes of size one and missing leading axes are repeated. */
export function broadcastReader({ shape, data }: Array64, rank: number): (place: readonly number[]) => number {
  const offset = rank - shape.length
  const steps = strides(shape).map((step, axis) => (shape[axis] === 1 ? 0 : step))
  return (place) => {
    let index = 0
    for (let axis = 0; axis < steps.length; axis++) index += steps[axis]! * place[axis + offset]!
    return data[index]!
  }
}
