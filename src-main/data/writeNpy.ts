/** Writes arrays in NumPy's .npy format, version 1.0, to pass samples from a window to the engine. */
import { writeFile } from 'node:fs/promises'
import type { SampleArray } from './samples'

/** Alignment of the elements in bytes. */
const ALIGNMENT = 64

/** `data` is row-major with the given `shape`; written little-endian, the byte order of every supported platform. */
export async function writeNpy(path: string, shape: readonly number[], data: SampleArray): Promise<void> {
  await writeFile(path, encodeNpy(shape, data))
}

function encodeNpy(shape: readonly number[], data: SampleArray): Uint8Array {
  const type =
    data instanceof Uint8Array
      ? '|u1'
      : data instanceof Int32Array
        ? '<i4'
        : data instanceof Float64Array
          ? '<f8'
          : '<f4'
  const sizes = shape.map((size) => `${size},`).join(' ')
  const dictionary = `{'descr': '${type}', 'fortran_order': False, 'shape': (${sizes}), }`
  const unpadded = 10 + dictionary.length + 1
  const header = dictionary + ' '.repeat((ALIGNMENT - (unpadded % ALIGNMENT)) % ALIGNMENT) + '\n'
  const length = Buffer.alloc(2)
  length.writeUInt16LE(header.length)
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  return Buffer.concat([Buffer.from('\x93NUMPY\x01\x00', 'latin1'), length, Buffer.from(header, 'latin1'), bytes])
}
