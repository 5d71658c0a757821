/** Decompresses Parquet pages into exactly the bytes that their header declares; it never allocates more. */
import { brotliDecompressSync, unzipSync } from 'node:zlib'
import { decompress } from 'fzstd'
import type { CompressionCodec } from 'hyparquet'
import { snappyUncompress } from 'hyparquet/src/snappy.js'
import { Damage } from './damage'

type Decompress = (input: Uint8Array, size: number) => Uint8Array

const codecs: Partial<Record<CompressionCodec, Decompress>> = {
  UNCOMPRESSED: (input) => input,
  SNAPPY: (input, size) => {
    const output = new Uint8Array(size)
    snappyUncompress(input, output)
    return output
  },
  GZIP: (input, size) => unzipSync(input, { maxOutputLength: Math.max(1, size) }),
  BROTLI: (input, size) => brotliDecompressSync(input, { maxOutputLength: Math.max(1, size) }),
  ZSTD: zstd,
  LZ4_RAW: (input, size) => {
    const output = new Uint8Array(size)
    const written = lz4Block(input, output, 0)
    return output.subarray(0, written)
  },
  LZ4: (input, size) => framedLz4(input, size) ?? codecs.LZ4_RAW!(input, size),
}

export const knownCodecs: readonly string[] = Object.keys(codecs)

/** Throws if the bytes are damaged or have another length. */
export function decompressPage(codec: CompressionCodec, input: Uint8Array, size: number): Uint8Array {
  const output = size === 0 ? new Uint8Array() : codecs[codec]!(input, size)
  if (output.length !== size)
    throw new Damage(
      `${output.length} bytes when decompressed, not ${size}`,
      `解压后为 ${output.length} 字节，而非 ${size}`,
    )
  // The values are read through typed arrays, which must be aligned.
  return output.byteOffset % 8 === 0 && output.buffer instanceof ArrayBuffer ? output : Uint8Array.from(output)
}

function zstd(input: Uint8Array, size: number): Uint8Array {
  // The size in the frame header, if there is one (RFC 8878, 3.1.1.1); the decoder fills the given buffer.
  const single = ((input[4] ?? 0) & 32) !== 0
  const flag = (input[4] ?? 0) >> 6
  const length = flag === 0 ? (single ? 1 : 0) : 2 ** flag
  const at = (single ? 5 : 6) + [0, 1, 2, 4][(input[4] ?? 0) & 3]!
  let announced = flag === 1 ? 256 : 0
  for (let i = 0; i < length; i++) announced += (input[at + i] ?? 0) * 256 ** i
  if (length > 0 && announced !== size)
    throw new Damage(`${announced} bytes when decompressed, not ${size}`, `解压后为 ${announced} 字节，而非 ${size}`)
  return decompress(input, new Uint8Array(size))
}

/** Hadoop framing: both lengths as big-endian integers before each block. */
function framedLz4(input: Uint8Array, size: number): Uint8Array | undefined {
  const view = new DataView(input.buffer, input.byteOffset, input.byteLength)
  const output = new Uint8Array(size)
  let written = 0
  for (let at = 0; at < input.length;) {
    if (at + 8 > input.length) return undefined
    const [plain, packed] = [view.getUint32(at), view.getUint32(at + 4)]
    at += 8
    if (packed > input.length - at || plain > size - written) return undefined
    try {
      if (lz4Block(input.subarray(at, at + packed), output, written) !== plain) return undefined
    } catch {
      return undefined
    }
    at += packed
    written += plain
  }
  return output.subarray(0, written)
}

/** Decodes one LZ4 block into `output` from `begin`; returns the bytes written. */
function lz4Block(input: Uint8Array, output: Uint8Array, begin: number): number {
  let at = 0
  let to = begin
  const extended = (length: number) => {
    let total = length
    if (length === 15) {
      let byte = 255
      while (byte === 255) {
        byte = input[at++] ?? failLz4()
        total += byte
      }
    }
    return total
  }
  while (at < input.length) {
    const token = input[at++]!
    const literals = extended(token >> 4)
    if (at + literals > input.length || to + literals > output.length) failLz4()
    output.set(input.subarray(at, at + literals), to)
    at += literals
    to += literals
    if (at >= input.length) break
    const offset = input[at]! | ((input[at + 1] ?? failLz4()) << 8)
    at += 2
    const length = extended(token & 15) + 4
    if (offset === 0 || offset > to - begin || to + length > output.length) failLz4()
    for (let i = 0; i < length; i++, to++) output[to] = output[to - offset]!
  }
  return to - begin
}

function failLz4(): never {
  throw new Damage('a damaged LZ4 block', 'LZ4 块已损坏')
}
