/**
 * Reader for NumPy arrays of bool, integers and floats in both byte orders, in C or Fortran order, slice by slice along
 * the first axis. Pickled objects are rejected.
 */
import { invariant } from '#core/base/assert'
import { text } from '#core/base/text'
import { fail } from '#core/problems/problem'
import { fileSource, type ByteSource, type Run } from './byteSource'
import { failTooLarge, fileSize } from './file'
import { halfToNumber } from './half'
import { headerLength, parseHeader, PREFIX, type NpyHeader } from './npyHeader'

/** An array with a header that matches the file. */
export interface NpyFile {
  /** Name for messages. */
  readonly path: string
  readonly shape: readonly number[]
  /** NumPy's name of the element type, e.g. `uint8`. */
  readonly elementType: string
  readonly header: NpyHeader
  readonly source: ByteSource
}

export type NumberArray =
  Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array | Float32Array | Float64Array

export interface NpySlice {
  /** [count, …rest] */
  readonly shape: readonly number[]
  /** In C order; 16-bit floats as Float32Array, 64-bit integers as Float64Array, bool as 0 and 1. */
  readonly data: NumberArray
}

export interface NpyArray {
  readonly path: string
  readonly shape: readonly number[]
  readonly elementType: string
  readonly data: Float64Array
}

interface ElementType {
  readonly name: string
  readonly bytes: number
  /** The elements in the bytes of `buffer`, which are in this machine's byte order. */
  readonly view: (buffer: ArrayBuffer, fail: (index: number, value: bigint) => never) => NumberArray
}

const elementTypes: Readonly<Record<string, ElementType>> = {
  b1: { name: 'bool', bytes: 1, view: (buffer) => new Uint8Array(buffer).map((value) => (value === 0 ? 0 : 1)) },
  u1: { name: 'uint8', bytes: 1, view: (buffer) => new Uint8Array(buffer) },
  i1: { name: 'int8', bytes: 1, view: (buffer) => new Int8Array(buffer) },
  u2: { name: 'uint16', bytes: 2, view: (buffer) => new Uint16Array(buffer) },
  i2: { name: 'int16', bytes: 2, view: (buffer) => new Int16Array(buffer) },
  u4: { name: 'uint32', bytes: 4, view: (buffer) => new Uint32Array(buffer) },
  i4: { name: 'int32', bytes: 4, view: (buffer) => new Int32Array(buffer) },
  u8: { name: 'uint64', bytes: 8, view: (buffer, fail) => exact(new BigUint64Array(buffer), fail) },
  i8: { name: 'int64', bytes: 8, view: (buffer, fail) => exact(new BigInt64Array(buffer), fail) },
  f2: { name: 'float16', bytes: 2, view: (buffer) => Float32Array.from(new Uint16Array(buffer), halfToNumber) },
  f4: { name: 'float32', bytes: 4, view: (buffer) => new Float32Array(buffer) },
  f8: { name: 'float64', bytes: 8, view: (buffer) => new Float64Array(buffer) },
}

/** Maximum bytes of one slice, and of an array read as a whole. */
const SLICE_LIMIT = 2 ** 30
const WHOLE_LIMIT = 256 * 2 ** 20

export async function openNpy(path: string): Promise<NpyFile> {
  return openNpySource(fileSource(path, await fileSize(path)))
}

/** Reads the header and checks it against the length, without allocating the elements. */
export async function openNpySource(source: ByteSource): Promise<NpyFile> {
  const { name: path, size } = source
  const prefix = Buffer.alloc(Math.min(PREFIX, size))
  await source.read([{ at: 0, target: prefix }])
  const begin = headerLength(path, prefix)
  if (begin > size) fail('data-truncated', 'npy-header', { bytes: begin, size }, { file: path, byte: size })
  const bytes = Buffer.alloc(begin)
  await source.read([{ at: 0, target: bytes }])
  const header = parseHeader(path, bytes)
  const element = elementTypes[header.kind === '?' ? 'b1' : header.kind]
  if (!element) {
    const received = `${header.order}${header.kind}`
    return fail('data-format', 'npy-type', { received }, { file: path, byte: 10 })
  }
  const { shape } = header
  const expected = elementsOf(shape) * element.bytes
  if (size - begin !== expected) {
    const values = {
      bytes: expected,
      size: size - begin,
      type: element.name,
      shape: shape.join('×') || text('one', '一'),
    }
    const code = size - begin < expected ? 'data-truncated' : 'data-format'
    fail(code, 'npy-elements', values, { file: path, byte: Math.min(size, begin + expected) })
  }
  return {
    path,
    shape,
    elementType: element.name,
    header: { ...header, kind: header.kind === '?' ? 'b1' : header.kind },
    source,
  }
}

/** `count` entries along the first axis, starting at `begin`; an array without axes is one entry. */
export async function readNpySlice(array: NpyFile, begin: number, count: number): Promise<NpySlice> {
  const { header, source, path } = array
  const entries = array.shape[0] ?? 1
  const rest = array.shape.slice(1)
  invariant(begin >= 0 && count >= 0 && begin + count <= entries, `entries ${begin} to ${begin + count} of ${entries}`)
  const element = elementTypes[header.kind]!
  const each = elementsOf(rest)
  const bytes = count * each * element.bytes
  if (bytes > SLICE_LIMIT) fail('data-too-large', 'slice', { bytes, most: SLICE_LIMIT }, { file: path })
  const buffer = new ArrayBuffer(bytes)
  const plain = !header.fortran || rest.length === 0
  await source.read(
    plain ? [wholeRun(array, buffer, begin * each * element.bytes)] : columnRuns(array, buffer, begin, count),
  )
  if (header.order === '>') swap(buffer, element.bytes)
  const read = element.view(buffer, (index, value) => failInexact(array, begin, index, each, value))
  return { shape: [count, ...rest], data: plain ? read : toRowMajor(read, count, rest) }
}

/** All elements as numbers, for arrays up to 256 MiB. */
export async function readNpy(path: string): Promise<NpyArray> {
  const array = await openNpy(path)
  const { shape, elementType, source } = array
  if (source.size > WHOLE_LIMIT) failTooLarge(path, source.size, WHOLE_LIMIT)
  const { data } = await readNpySlice(array, 0, shape[0] ?? 1)
  return { path, shape, elementType, data: Float64Array.from(data) }
}

function elementsOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1)
}

function wholeRun({ header }: NpyFile, buffer: ArrayBuffer, at: number): Run {
  return { at: header.begin + at, target: new Uint8Array(buffer) }
}

/** In Fortran order the entries of the first axis are adjacent, one range per position in the other axes. */
function columnRuns({ header, shape }: NpyFile, buffer: ArrayBuffer, begin: number, count: number): Run[] {
  const { bytes } = elementTypes[header.kind]!
  const entries = shape[0]!
  if (count === entries) return [{ at: header.begin, target: new Uint8Array(buffer) }]
  return Array.from({ length: elementsOf(shape.slice(1)) }, (_, place) => ({
    at: header.begin + (place * entries + begin) * bytes,
    target: new Uint8Array(buffer, place * count * bytes, count * bytes),
  }))
}

/** [position in Fortran order, count] → [count, …rest] in C order. */
function toRowMajor(read: NumberArray, count: number, rest: readonly number[]): NumberArray {
  const each = elementsOf(rest)
  const result = new (read.constructor as new (length: number) => NumberArray)(read.length)
  const index = rest.map(() => 0)
  for (let place = 0; place < each; place++) {
    const to = index.reduce((sum, at, axis) => sum * rest[axis]! + at, 0)
    for (let entry = 0; entry < count; entry++) result[entry * each + to] = read[place * count + entry]!
    // In Fortran order the first axis varies fastest.
    for (let axis = 0; axis < rest.length && ++index[axis]! === rest[axis]; axis++) index[axis] = 0
  }
  return result
}

function swap(buffer: ArrayBuffer, bytes: number): void {
  const view = Buffer.from(buffer)
  if (bytes === 2) view.swap16()
  if (bytes === 4) view.swap32()
  if (bytes === 8) view.swap64()
}

function exact(values: BigInt64Array | BigUint64Array, fail: (index: number, value: bigint) => never): Float64Array {
  return Float64Array.from(values, (value, index) => {
    const number = Number(value)
    return Number.isSafeInteger(number) ? number : fail(index, value)
  })
}

function failInexact({ path, elementType }: NpyFile, begin: number, index: number, each: number, value: bigint): never {
  return fail(
    'data-cell',
    'array-inexact',
    { type: elementType, received: `${value}` },
    { file: path, column: `entry ${begin + Math.floor(index / Math.max(1, each))}` },
  )
}
