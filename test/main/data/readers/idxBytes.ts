/** Writes IDX files for tests, following the published format. */
export const idxTypes = {
  uint8: 0x08,
  int8: 0x09,
  int16: 0x0b,
  int32: 0x0c,
  float32: 0x0d,
  float64: 0x0e,
} as const
export type IdxType = keyof typeof idxTypes

const width: Record<IdxType, number> = { uint8: 1, int8: 1, int16: 2, int32: 4, float32: 4, float64: 8 }

export function idxHeader(type: number, shape: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(4 + 4 * shape.length))
  view.setUint8(2, type)
  view.setUint8(3, shape.length)
  shape.forEach((size, axis) => view.setUint32(4 + 4 * axis, size))
  return new Uint8Array(view.buffer)
}

export function idxBytes(type: IdxType, shape: readonly number[], values: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * width[type]))
  values.forEach((value, i) => {
    const at = i * width[type]
    if (type === 'uint8') view.setUint8(at, value)
    else if (type === 'int8') view.setInt8(at, value)
    else if (type === 'int16') view.setInt16(at, value)
    else if (type === 'int32') view.setInt32(at, value)
    else if (type === 'float32') view.setFloat32(at, value)
    else view.setFloat64(at, value)
  })
  return Buffer.concat([idxHeader(idxTypes[type], shape), new Uint8Array(view.buffer)])
}
