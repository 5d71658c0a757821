/**
 * Reader for IDX files, the format of MNIST, plain or gzipped: a magic number (0, 0, element type, rank), the sizes as
 * big-endian 32-bit integers, then the elements. Sizes are checked against the file before any allocation.
 */
import type { DType } from '#core/tensor/dtype'
import { fail } from '#core/problems/problem'
import { failTooLarge, fileSize, MEMORY_LIMIT, openFile, withFile } from './file'
import { gunzipFile } from './gunzip'

interface ElementType {
  readonly name: string
  readonly bytes: number
  /** Element type in memory. */
  readonly dtype: DType
  readonly read: (view: DataView, byte: number) => number
}

const elementTypes: Readonly<Record<number, ElementType>> = {
  0x08: { name: 'unsigned byte', bytes: 1, dtype: 'uint8', read: (view, byte) => view.getUint8(byte) },
  0x09: { name: 'signed byte', bytes: 1, dtype: 'int32', read: (view, byte) => view.getInt8(byte) },
  0x0b: { name: '16-bit integer', bytes: 2, dtype: 'int32', read: (view, byte) => view.getInt16(byte) },
  0x0c: { name: '32-bit integer', bytes: 4, dtype: 'int32', read: (view, byte) => view.getInt32(byte) },
  0x0d: { name: '32-bit float', bytes: 4, dtype: 'float32', read: (view, byte) => view.getFloat32(byte) },
  0x0e: { name: '64-bit float', bytes: 8, dtype: 'float64', read: (view, byte) => view.getFloat64(byte) },
}

/** An IDX file with a header that matches the file. */
export interface IdxFile {
  readonly path: string
  readonly shape: readonly number[]
  readonly elementType: ElementType
  readonly gzip: boolean
  /** Header size in bytes. */
  readonly begin: number
  /** Number of elements. */
  readonly length: number
}

const RANK_LIMIT = 8
/** Deflate cannot compress data by more than this factor (RFC 1951: 258 bytes per code of at least 2 bits). */
const GZIP_FACTOR = 1032

/**
 * Reads the header of an IDX file, gzipped or not (detected from its first bytes).
 * Fails with a problem if the magic number is wrong, the sizes exceed the limit or the payload cannot be that long.
 */
export async function openIdx(path: string): Promise<IdxFile> {
  const size = await fileSize(path)
  const first = await withFile(path, async (file) => {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4 + 4 * RANK_LIMIT), 0, 4 + 4 * RANK_LIMIT, 0)
    return buffer.subarray(0, bytesRead)
  })
  const gzip = first[0] === 0x1f && first[1] === 0x8b
  const header = parseHeader(path, gzip ? await unzippedBytes(path, 4 + 4 * RANK_LIMIT) : first)
  const bytes = header.length * header.elementType.bytes
  const available = gzip ? size * GZIP_FACTOR : size - header.begin
  if (bytes > available && gzip)
    fail('data-truncated', 'idx-gzip', { bytes, shape: header.shape.join('×'), size }, { file: path, byte: size })
  if (bytes > available) failTruncated(path, header.shape, bytes, available, size)
  if (!gzip && bytes < available) failLonger(path, header.begin + bytes, available - bytes)
  if (bytes > MEMORY_LIMIT) failTooLarge(path, bytes, MEMORY_LIMIT)
  return { path, gzip, ...header }
}

/** Reads a file of unsigned bytes into `target`, which has exactly its size, without further copies. */
export async function readIdxBytes(idx: IdxFile, target: Uint8Array): Promise<void> {
  let filled = 0
  for await (const chunk of streamBytes(idx, target.length)) {
    target.set(chunk, filled)
    filled += chunk.length
  }
}

/** The content of a file of unsigned bytes in chunks; a chunk is valid only until the next one is requested. */
export function streamIdxBytes(idx: IdxFile): AsyncGenerator<Uint8Array> {
  return streamBytes(idx, idx.length)
}

/** Exactly `length` bytes after the header, or a problem. */
async function* streamBytes(idx: IdxFile, length: number): AsyncGenerator<Uint8Array> {
  let seen = 0
  for await (const bytes of idx.gzip ? unzip(idx.path, idx.begin) : plainChunks(idx, length)) {
    seen += bytes.length
    if (seen > length) failLonger(idx.path, idx.begin + length, seen - length)
    yield bytes
  }
  if (seen < length) failTruncated(idx.path, idx.shape, length, seen, idx.begin + seen)
}

/** The elements of an integer file as numbers; meant for labels, which are few. */
export async function readIdxNumbers(idx: IdxFile): Promise<Float64Array> {
  const bytes = new Uint8Array(idx.length * idx.elementType.bytes)
  await readIdxBytes(idx, bytes)
  const view = new DataView(bytes.buffer)
  const { read, bytes: step } = idx.elementType
  return Float64Array.from({ length: idx.length }, (_, i) => read(view, i * step))
}

function parseHeader(path: string, bytes: Uint8Array): Pick<IdxFile, 'shape' | 'elementType' | 'begin' | 'length'> {
  const [zero, alsoZero, code, rank] = bytes
  const elementType = elementTypes[code ?? 0]
  if (bytes.length < 4 || zero !== 0 || alsoZero !== 0 || !elementType || !rank || rank > RANK_LIMIT) {
    const received = bytes.length === 0 ? 'an empty file' : [...bytes.subarray(0, 4)].map(hex).join(' ')
    return fail('data-format', 'idx-magic', { received }, { file: path, byte: 0 })
  }
  const begin = 4 + 4 * rank
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const shape = Array.from({ length: rank }, (_, axis) => {
    if (bytes.length < 8 + 4 * axis)
      fail('data-truncated', 'idx-header', { bytes: begin, size: bytes.length }, { file: path, byte: bytes.length })
    return view.getUint32(4 + 4 * axis)
  })
  return { shape, elementType, begin, length: shape.reduce((product, size) => product * size, 1) }
}

async function* plainChunks(idx: IdxFile, length: number): AsyncGenerator<Uint8Array> {
  const file = await openFile(idx.path)
  try {
    const chunk = Buffer.alloc(Math.min(1 << 20, Math.max(1, length)))
    for (let at = 0; at < length;) {
      const { bytesRead } = await file.read(chunk, 0, Math.min(chunk.length, length - at), idx.begin + at)
      if (bytesRead === 0) return
      yield chunk.subarray(0, bytesRead)
      at += bytesRead
    }
  } finally {
    await file.close()
  }
}

/** The unzipped content from byte `begin`. */
async function* unzip(path: string, begin: number): AsyncGenerator<Uint8Array> {
  let skip = begin
  for await (const bytes of gunzipFile(path)) {
    const rest = bytes.subarray(Math.min(skip, bytes.length))
    skip -= bytes.length - rest.length
    if (rest.length > 0) yield rest
  }
}

/** The first `count` bytes of a gzipped file, or fewer if it is shorter. */
async function unzippedBytes(path: string, count: number): Promise<Uint8Array> {
  const bytes: number[] = []
  for await (const piece of gunzipFile(path)) {
    bytes.push(...piece.subarray(0, count - bytes.length))
    if (bytes.length >= count) break
  }
  return Uint8Array.from(bytes)
}

function failTruncated(file: string, shape: readonly number[], bytes: number, size: number, byte: number): never {
  return fail('data-truncated', 'idx-elements', { bytes, size, shape: shape.join('×') }, { file, byte })
}

function failLonger(file: string, byte: number, extra: number): never {
  return fail('data-format', 'idx-long', { extra }, { file, byte })
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0')
}
