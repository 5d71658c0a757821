/** Reads fixed-size records from the files of a cache entry. */
import { open, readFile, type FileHandle } from 'node:fs/promises'
import type { SampleFacts } from '#core/data/facts'
import type { RowChunk } from '#core/data/columnDigest'
import { bytesPerElement } from '#core/tensor/dtype'
import { elementCount } from '#core/tensor/shape'
import type { SampleArray } from '../samples'
import { filePath, type Entry } from './entry'

/** The form of a file's records. */
export interface RecordForm {
  readonly dtype: SampleFacts['dtype']
  readonly shape: readonly number[]
}

const arrays = { uint8: Uint8Array, float32: Float32Array, float64: Float64Array, int32: Int32Array } as const

/** The element type of table rows. */
export type RowType = 'float32' | 'float64'

export const recordBytes = ({ dtype, shape }: RecordForm): number => elementCount(shape) * bytesPerElement[dtype]

export function allocateRecords({ dtype, shape }: RecordForm, count: number): SampleArray {
  return new arrays[dtype](count * elementCount(shape))
}

export function allocateRows(dtype: RowType, length: number): Float32Array | Float64Array {
  return new arrays[dtype](length)
}

/** Views a buffer that contains only records. */
export function asRecords({ dtype }: RecordForm, buffer: ArrayBuffer): SampleArray {
  return new arrays[dtype](buffer)
}

/** A whole file as one array. */
export async function readWhole<A extends Uint8Array | Uint32Array | Int32Array | Float32Array | Float64Array>(
  entry: Entry,
  name: string,
  ArrayType: new (buffer: ArrayBuffer) => A,
): Promise<A> {
  const bytes = await readFile(filePath(entry, name))
  // Copied: Node allocates small files from a pool, at arbitrary offsets.
  return new ArrayType(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
}

/** All records of `samples.bin`, which must fit into memory. Read in parts, because one call reads at most 2 GiB. */
export async function readAllRecords(entry: Entry, form: RecordForm): Promise<SampleArray> {
  const records = allocateRecords(form, entry.count)
  const bytes = new Uint8Array(records.buffer)
  const file = await open(filePath(entry, 'samples.bin'), 'r')
  try {
    for (let at = 0; at < bytes.length;) at += await readPart(file, bytes, at)
  } finally {
    await file.close()
  }
  return records
}

async function readPart(file: FileHandle, bytes: Uint8Array, at: number): Promise<number> {
  const { bytesRead } = await file.read(bytes, at, Math.min(1 << 28, bytes.length - at), at)
  if (bytesRead === 0) throw new Error('internal: a cache file shorter than its entry says')
  return bytesRead
}

const CHUNK = 1 << 20

/** The rows of a table entry in order, in chunks; a chunk is valid only until the next one is requested. */
export async function* rowChunks(entry: Entry, width: number, dtype: RowType): AsyncGenerator<RowChunk> {
  const rowBytes = bytesPerElement[dtype] * width
  const rowsAtOnce = Math.max(1, Math.floor(CHUNK / rowBytes))
  const chunk = new arrays[dtype](rowsAtOnce * width)
  const file = await open(filePath(entry, 'samples.bin'), 'r')
  try {
    for (let begin = 0; begin < entry.count; begin += rowsAtOnce) {
      const count = Math.min(rowsAtOnce, entry.count - begin)
      const bytes = new Uint8Array(chunk.buffer, 0, count * rowBytes)
      for (let at = 0; at < bytes.length;) {
        const { bytesRead } = await file.read(bytes, at, bytes.length - at, begin * rowBytes + at)
        if (bytesRead === 0) throw new Error('internal: a cache file shorter than its entry says')
        at += bytesRead
      }
      yield { begin, rows: chunk.subarray(0, count * width) }
    }
  } finally {
    await file.close()
  }
}
