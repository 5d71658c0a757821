/** Reads safetensors files, the format of the golden files. Independent of the application's own reader. */
import { allocate, type DType, type Tensor } from '#core/tensor/dtype'

const dtypes: Record<string, DType> = {
  F32: 'float32',
  F64: 'float64',
  I32: 'int32',
  I64: 'int64',
  U8: 'uint8',
  BOOL: 'bool',
}

interface Entry {
  dtype: string
  shape: number[]
  data_offsets: [number, number]
}

export interface SafetensorsFile {
  readonly tensors: ReadonlyMap<string, Tensor>
  readonly metadata: Readonly<Record<string, string>>
}

/** Parses the bytes of a file; throws an Error that names a tensor whose data does not fit its shape. */
export function parseSafetensors(bytes: Uint8Array): SafetensorsFile {
  const headerLength = Number(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true))
  const text = new TextDecoder().decode(bytes.subarray(8, 8 + headerLength))
  const { __metadata__: metadata = {}, ...entries } = JSON.parse(text) as Record<string, unknown>
  const tensors = new Map<string, Tensor>()
  for (const [name, entry] of Object.entries(entries) as [string, Entry][]) {
    const [begin, end] = entry.data_offsets.map((offset) => 8 + headerLength + offset) as [number, number]
    const dtype = dtypes[entry.dtype]
    if (dtype === undefined) throw new Error(`${name} has the unknown type ${entry.dtype}`)
    const data = allocate(
      dtype,
      entry.shape.reduce((product, size) => product * size, 1),
    )
    if (data.byteLength !== end - begin) throw new Error(`${name} holds ${end - begin} bytes, not ${data.byteLength}`)
    new Uint8Array(data.buffer).set(bytes.subarray(begin, end))
    tensors.set(name, { dtype, shape: entry.shape, data })
  }
  return { tensors, metadata: metadata as Record<string, string> }
}
