/** Reader of NumPy's .npy files: a magic string, a header that is a Python dict literal, then the elements in C order. */
import { fail } from '#core/problems/problem'
import { readBounded } from './file'

export interface NpyArray {
  readonly path: string
  readonly shape: readonly number[]
  /** NumPy's name of the element type, e.g. `uint8`. */
  readonly elementType: string
  readonly data: Float64Array
}

interface ElementType {
  readonly name: string
  readonly bytes: number
  read(view: DataView, byte: number, littleEndian: boolean): number
}

const elementTypes: Readonly<Record<string, ElementType>> = {
  b1: { name: 'bool', bytes: 1, read: (view, byte) => view.getUint8(byte) },
  u1: { name: 'uint8', bytes: 1, read: (view, byte) => view.getUint8(byte) },
  i1: { name: 'int8', bytes: 1, read: (view, byte) => view.getInt8(byte) },
  u2: { name: 'uint16', bytes: 2, read: (view, byte, little) => view.getUint16(byte, little) },
  i2: { name: 'int16', bytes: 2, read: (view, byte, little) => view.getInt16(byte, little) },
  u4: { name: 'uint32', bytes: 4, read: (view, byte, little) => view.getUint32(byte, little) },
  i4: { name: 'int32', bytes: 4, read: (view, byte, little) => view.getInt32(byte, little) },
  i8: { name: 'int64', bytes: 8, read: (view, byte, little) => Number(view.getBigInt64(byte, little)) },
  f4: { name: 'float32', bytes: 4, read: (view, byte, little) => view.getFloat32(byte, little) },
  f8: { name: 'float64', bytes: 8, read: (view, byte, little) => view.getFloat64(byte, little) },
}

/** Bytes of a file; its elements take up to eight times as much as numbers. */
const FILE_LIMIT = 256 * 2 ** 20

/** Reads an array of integers or real numbers; fails with a problem on other types, Fortran order or a wrong length. */
export async function readNpy(path: string): Promise<NpyArray> {
  const bytes = await readBounded(path, FILE_LIMIT)
  const { header, begin } = splitHeader(path, bytes)
  const type = /'descr':\s*'([<>|=])(\w\d+)'/.exec(header)
  const element = elementTypes[type?.[2] ?? '']
  const shape = /'shape':\s*\(([\d,\s]*)\)/.exec(header)
  if (!type || !element || !shape) {
    return failFormat(path, 10, 'an array of integers or real numbers', header.trim().slice(0, 120))
  }
  if (!/'fortran_order':\s*False/.test(header)) {
    failFormat(path, 10, 'elements in C order', 'Fortran order', 'Save numpy.ascontiguousarray(array) instead.')
  }
  const sizes = shape[1]!.split(',').map((size) => size.trim())
  const dims = sizes.filter((size) => size !== '').map(Number)
  const length = dims.reduce((product, size) => product * size, 1)
  const expected = length * element.bytes
  if (bytes.length - begin !== expected) {
    fail({
      code: bytes.length - begin < expected ? 'data-truncated' : 'data-format',
      place: { file: path, byte: Math.min(bytes.length, begin + expected) },
      message: 'The length of the file does not fit its header.',
      expected: `${expected} bytes of elements for ${dims.join('×')} of ${element.name}`,
      received: `${bytes.length - begin} bytes`,
      fix: 'Save the array again with numpy.save.',
    })
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset + begin, expected)
  const data = Float64Array.from({ length }, (_, i) => element.read(view, i * element.bytes, type[1] !== '>'))
  return { path, shape: dims, elementType: element.name, data }
}

/** Versions 1.0, 2.0 and 3.0 differ in the width of the header's length. */
function splitHeader(path: string, bytes: Buffer): { header: string; begin: number } {
  const magic = bytes.subarray(0, 6).toString('latin1')
  const version = bytes[6] ?? 0
  if (magic !== '\x93NUMPY' || version < 1 || version > 3 || bytes.length < 12) {
    const received = bytes.length === 0 ? 'an empty file' : JSON.stringify(magic)
    return failFormat(path, 0, '\\x93NUMPY and version 1, 2 or 3', received)
  }
  const begin = version === 1 ? 10 + bytes.readUInt16LE(8) : 12 + bytes.readUInt32LE(8)
  if (begin <= bytes.length) return { header: bytes.subarray(version === 1 ? 10 : 12, begin).toString('utf8'), begin }
  return fail({
    code: 'data-truncated',
    place: { file: path, byte: bytes.length },
    message: 'The file ends inside its header.',
    expected: `a header of ${begin} bytes`,
    received: `${bytes.length} bytes`,
    fix: 'Save the array again with numpy.save.',
  })
}

function failFormat(path: string, byte: number, expected: string, received: string, fix?: string): never {
  return fail({
    code: 'data-format',
    place: { file: path, byte },
    message: 'This .npy file cannot be used.',
    expected,
    received,
    fix: fix ?? 'Save the array with numpy.save as uint8 or float32.',
  })
}
