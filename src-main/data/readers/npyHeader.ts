/** The header of NumPy's .npy format, versions 1 to 3: a magic string, a length, and a Python dict literal. */
import { fail } from '#core/problems/problem'

export interface NpyHeader {
  readonly shape: readonly number[]
  /** Byte order and kind as NumPy writes them, e.g. `<f4`. */
  readonly order: '<' | '>' | '|'
  readonly kind: string
  readonly fortran: boolean
  /** Byte offset of the first element. */
  readonly begin: number
}

/** Number of bytes needed to know the header length. */
export const PREFIX = 12
const HEADER_LIMIT = 2 ** 20
const RANK_LIMIT = 32

/** Header length including its prefix; fails if the prefix is invalid. */
export function headerLength(file: string, prefix: Buffer): number {
  const magic = prefix.subarray(0, 6).toString('latin1')
  const version = prefix[6] ?? 0
  if (magic !== '\x93NUMPY' || version < 1 || version > 3 || prefix.length < PREFIX) {
    const received = prefix.length === 0 ? 'an empty file' : JSON.stringify(magic)
    return fail('data-format', 'npy-magic', { received }, { file, byte: 0 })
  }
  const begin = version === 1 ? 10 + prefix.readUInt16LE(8) : 12 + prefix.readUInt32LE(8)
  if (begin > HEADER_LIMIT)
    fail('data-format', 'npy-long-header', { most: HEADER_LIMIT, size: begin }, { file, byte: 8 })
  return begin
}

export function parseHeader(file: string, bytes: Buffer): NpyHeader {
  const text = bytes.subarray(bytes[6] === 1 ? 10 : 12).toString('utf8')
  const type = /'descr':\s*'([<>|=]?)([?a-zA-Z]\d*)'/.exec(text)
  const order = /'fortran_order':\s*(True|False)/.exec(text)
  const shape = /'shape':\s*\(([\dL,\s]*)\)/.exec(text)
  const received = text.trim().slice(0, 120) || 'nothing but white space'
  const place = { file, byte: 10 }
  if (!type || !order || !shape) return fail('data-format', 'npy-description', { received }, place)
  if (type[2] === 'O') fail('data-format', 'npy-pickled', { header: received }, place)
  const sizes = shape[1]!.split(',').map((size) => size.trim().replace('L', ''))
  const dims = sizes.filter((size) => size !== '').map(Number)
  if (dims.some(Number.isNaN)) fail('data-format', 'npy-shape', { received }, place)
  if (dims.length > RANK_LIMIT) fail('data-format', 'npy-axes', { most: RANK_LIMIT, count: dims.length }, place)
  return {
    shape: dims,
    order: type[1] === '' || type[1] === '=' ? '<' : (type[1] as NpyHeader['order']),
    kind: type[2]!,
    fortran: order[1] === 'True',
    begin: bytes.length,
  }
}
