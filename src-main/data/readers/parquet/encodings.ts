/**
 * Decodes Parquet's runs and deltas. Counts come from the caller, never from the bytes: a run that declares more values
 * than are left is truncated, a length beyond the page throws.
 */
import { Damage } from './damage'

export type Integers = Uint8Array | Uint16Array | Uint32Array

/** Bytes of a page with the current read position. */
export interface Cursor {
  readonly bytes: Uint8Array
  at: number
}

/** Texts with shared prefixes can be larger than their page. */
const BYTES_LIMIT = 64 * 2 ** 20
const BLOCK_LIMIT = 2 ** 16

/** Exactly `count` values of `width` bits in runs and bit-packed groups, which end at `end`. */
export function readHybrid(cursor: Cursor, end: number, width: number, count: number): Integers {
  if (width > 32) throw new Damage(`values of ${width} bits`, `${width} 位的值`)
  const values = width <= 8 ? new Uint8Array(count) : width <= 16 ? new Uint16Array(count) : new Uint32Array(count)
  if (width === 0) return values
  for (let seen = 0; seen < count;) {
    const head = readVarint(cursor, end)
    if (head % 2 === 0) {
      const length = Math.min(count - seen, head / 2)
      if (length === 0) throw new Damage('a run without values', '没有值的游程')
      const value = readLittle(cursor, Math.ceil(width / 8), end)
      values.fill(value, seen, seen + length)
      seen += length
    } else seen += readPacked(cursor, end, width, Math.floor(head / 2) * 8, values, seen)
  }
  return values
}

/** At most `count` values, as many as are needed; returns how many. */
function readPacked(cursor: Cursor, end: number, width: number, count: number, values: Integers, seen: number): number {
  const wanted = Math.min(count, values.length - seen)
  const { bytes, at } = cursor
  if (wanted === 0 || at + Math.ceil((wanted * width) / 8) > end)
    throw new Damage('bit-packed values that end too early', '按位打包的值过早结束')
  let bits = 0
  let held = 0
  let from = at
  for (let i = 0; i < wanted; i++) {
    // Up to 39 bits are held, so this uses plain arithmetic, not 32-bit operations.
    while (held < width) {
      bits += bytes[from++]! * 2 ** held
      held += 8
    }
    values[seen + i] = width === 32 ? bits % 2 ** 32 : bits & (2 ** width - 1)
    bits = Math.floor(bits / 2 ** width)
    held -= width
  }
  cursor.at = Math.min(end, at + (count * width) / 8)
  return wanted
}

/** DELTA_BINARY_PACKED: blocks with a minimum delta, and miniblocks with the remainders; sums wrap at 32 or 64 bits. */
export function readDeltas(cursor: Cursor, count: number, bits: 32 | 64): BigInt64Array {
  const end = cursor.bytes.length
  const block = readVarint(cursor, end)
  const miniblocks = readVarint(cursor, end)
  const total = readVarint(cursor, end)
  const each = block / miniblocks
  if (block > BLOCK_LIMIT || miniblocks < 1 || each % 8 !== 0 || each === 0)
    throw new Damage('impossible delta blocks', '差值块不可能成立')
  if (total < count) throw new Damage(`${total} deltas for ${count} values`, `${count} 个值有 ${total} 个差值`)
  const values = new BigInt64Array(count)
  let value = readZigzag(cursor, end)
  if (count > 0) values[0] = value
  for (let i = 1; i < total;) {
    const smallest = readZigzag(cursor, end)
    const widths = cursor.bytes.subarray(cursor.at, cursor.at + miniblocks)
    if (widths.length < miniblocks) throw new Damage('delta blocks that end too early', '差值块过早结束')
    cursor.at += miniblocks
    for (let m = 0; m < miniblocks && i < total; m++) {
      const width = widths[m]!
      const begin = cursor.at
      if (width > 64 || begin + (each * width) / 8 > end)
        throw new Damage('delta blocks that end too early', '差值块过早结束')
      for (let k = 0; k < each && i < total; k++, i++) {
        value = BigInt.asIntN(bits, value + smallest + readBits(cursor.bytes, begin * 8 + k * width, width))
        if (i < count) values[i] = value
        else return values
      }
      cursor.at = begin + (each * width) / 8
    }
  }
  return values
}

/** DELTA_LENGTH_BYTE_ARRAY: all lengths, then all bytes. */
export function readDeltaLengths(cursor: Cursor, count: number): Uint8Array[] {
  return Array.from(readDeltas(cursor, count, 32), (length) => take(cursor, Number(length)))
}

/** DELTA_BYTE_ARRAY: the prefix length shared with the previous value, then the suffix of each. */
export function readDeltaTexts(cursor: Cursor, count: number): Uint8Array[] {
  const prefixes = readDeltas(cursor, count, 32)
  const rests = readDeltaLengths(cursor, count)
  let before = new Uint8Array()
  let total = 0
  return rests.map((rest, i) => {
    const shared = Number(prefixes[i])
    if (shared < 0 || shared > before.length)
      throw new Damage('a text that begins like a longer one', '文本的开头长于前一个文本')
    total += shared
    if (total > BYTES_LIMIT)
      throw new Damage(`texts of more than ${BYTES_LIMIT} bytes in one page`, `一页中的文本超过 ${BYTES_LIMIT} 字节`)
    const value = new Uint8Array(shared + rest.length)
    value.set(before.subarray(0, shared))
    value.set(rest, shared)
    before = value
    return value
  })
}

function take(cursor: Cursor, length: number): Uint8Array {
  const { bytes, at } = cursor
  if (length < 0 || at + length > bytes.length) throw new Damage('bytes that end too early', '字节过早结束')
  cursor.at += length
  return bytes.subarray(at, at + length)
}

function readBits(bytes: Uint8Array, begin: number, width: number): bigint {
  if (width <= 24) {
    const at = begin >> 3
    const word = bytes[at]! | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24)
    return BigInt((word >>> (begin & 7)) & (2 ** width - 1))
  }
  let value = 0n
  for (let at = (begin + width - 1) >> 3; at >= begin >> 3; at--) value = (value << 8n) | BigInt(bytes[at]!)
  return BigInt.asUintN(width, value >> BigInt(begin & 7))
}

function readLittle(cursor: Cursor, length: number, end: number): number {
  if (cursor.at + length > end) throw new Damage('runs that end too early', '游程过早结束')
  let value = 0
  for (let i = 0; i < length; i++) value += cursor.bytes[cursor.at++]! * 2 ** (8 * i)
  return value
}

/** At most five bytes: counts are 32-bit. */
function readVarint(cursor: Cursor, end: number): number {
  let value = 0
  for (let i = 0; i < 5; i++) {
    if (cursor.at >= end) throw new Damage('a number that ends too early', '数字过早结束')
    const byte = cursor.bytes[cursor.at++]!
    value += (byte & 127) * 2 ** (7 * i)
    if (byte < 128) return value
  }
  throw new Damage('a number of more than 32 bits', '超过 32 位的数')
}

function readZigzag(cursor: Cursor, end: number): bigint {
  let value = 0n
  for (let i = 0; i < 10; i++) {
    if (cursor.at >= end) throw new Damage('a number that ends too early', '数字过早结束')
    const byte = cursor.bytes[cursor.at++]!
    value |= BigInt(byte & 127) << BigInt(7 * i)
    if (byte < 128) return (value >> 1n) ^ -(value & 1n)
  }
  throw new Damage('a number of more than 64 bits', '超过 64 位的数')
}
