/** Element types of tensors, their typed arrays and their sizes. */

export type DType = 'float32' | 'float64' | 'int32' | 'int64' | 'uint8' | 'bool'

export interface ArrayOf {
  float32: Float32Array
  float64: Float64Array
  int32: Int32Array
  int64: BigInt64Array
  uint8: Uint8Array
  bool: Uint8Array
}

export type TypedArray = ArrayOf[DType]

/** Bytes of one element. */
export const bytesPerElement: Record<DType, number> = { float32: 4, float64: 8, int32: 4, int64: 8, uint8: 1, bool: 1 }

const constructors = {
  float32: Float32Array,
  float64: Float64Array,
  int32: Int32Array,
  int64: BigInt64Array,
  uint8: Uint8Array,
  bool: Uint8Array,
} as const

/** A zeroed typed array of `length` elements. */
export function allocate<D extends DType>(dtype: D, length: number): ArrayOf[D] {
  return new constructors[dtype](length) as ArrayOf[D]
}

/** Concrete tensor: row-major data with its shape. */
export interface Tensor<D extends DType = DType> {
  readonly dtype: D
  readonly shape: readonly number[]
  readonly data: ArrayOf[D]
}

/** Creates a tensor from plain numbers (int64 is converted to bigint). */
export function tensor<D extends DType>(dtype: D, shape: readonly number[], values: ArrayLike<number>): Tensor<D> {
  const data = allocate(dtype, values.length)
  if (dtype === 'int64') for (let i = 0; i < values.length; i++) (data as BigInt64Array)[i] = BigInt(values[i]!)
  else (data as Float32Array).set(values)
  return { dtype, shape, data }
}
