/**
 * Decoder for BMP images, which libvips lacks: palettes of 1, 4 and 8 bits; 16, 24 and 32 bits, with or without bit
 * masks.
 */
import { fail } from '#core/problems/problem'
import type { Pixels } from './pixels'

export interface BmpHeader {
  readonly width: number
  readonly height: number
  /** 1 if the palette has only grays, otherwise 3; 4 with alpha. */
  readonly channels: number
  readonly bits: number
  /** Byte offset of the first row. */
  readonly begin: number
  /** Whether the first row is the top one. */
  readonly topDown: boolean
  /** Red, green, blue per palette entry. */
  readonly palette: Uint8Array
  /** Red, green, blue and alpha; empty for palettes. */
  readonly masks: readonly number[]
}

const OLD_HEADER = 12
const COMPRESSIONS: Readonly<Record<number, string>> = {
  1: 'run lengths of 8 bits',
  2: 'run lengths of 4 bits',
  4: 'JPEG',
  5: 'PNG',
}
const defaultMasks: Readonly<Record<number, readonly number[]>> = {
  16: [0x7c00, 0x3e0, 0x1f, 0],
  24: [0xff0000, 0xff00, 0xff, 0],
  32: [0xff0000, 0xff00, 0xff, 0],
}

/** Size and kind, checked for plausibility, but not against the file length. */
export function readBmpHeader(file: string, bytes: Uint8Array): BmpHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const size = bytes.length < 26 ? failShort(file, bytes.length, 26) : view.getUint32(14, true)
  const old = size === OLD_HEADER
  if (!old && (size < 40 || size > 256)) fail('data-format', 'bmp-header', { size }, { file, byte: 14 })
  if (bytes.length < 14 + size) failShort(file, bytes.length, 14 + size)
  const width = old ? view.getUint16(18, true) : view.getInt32(18, true)
  const signed = old ? view.getUint16(20, true) : view.getInt32(22, true)
  const bits = view.getUint16(old ? 24 : 28, true)
  const compression = old ? 0 : view.getUint32(30, true)
  const height = Math.abs(signed)
  if (width < 1 || height < 1) fail('data-format', 'bmp-size', { width, height: signed }, { file, byte: 18 })
  if (![1, 4, 8, 16, 24, 32].includes(bits)) fail('data-format', 'bmp-bits', { received: bits }, { file, byte: 28 })
  const masked = (compression === 3 || compression === 6) && (bits === 16 || bits === 32)
  if (compression !== 0 && !masked) {
    const received = COMPRESSIONS[compression]
    if (received !== undefined) fail('data-format', 'bmp-compression', { received }, { file, byte: 30 })
    fail('data-format', 'bmp-compression-code', { compression, bits }, { file, byte: 30 })
  }
  const palette = bits > 8 ? new Uint8Array() : readPalette(file, bytes, view, 14 + size, old, bits)
  const masks = masked ? readMasks(file, view, size, compression) : (defaultMasks[bits] ?? [])
  const gray = bits <= 8 && isGray(palette)
  const channels = gray ? 1 : masks[3] ? 4 : 3
  return { width, height, channels, bits, begin: view.getUint32(10, true), topDown: signed < 0, palette, masks }
}

export function decodeBmp(file: string, bytes: Uint8Array, header: BmpHeader): Pixels {
  const { width, height, channels, bits, begin, topDown } = header
  const stride = Math.ceil((width * bits) / 32) * 4
  if (begin + stride * height > bytes.length) failShort(file, bytes.length, begin + stride * height)
  const data = new Uint8Array(width * height * channels)
  const put = bits <= 8 ? paletteRow(file, header) : maskedRow(header)
  for (let row = 0; row < height; row++) {
    const from = begin + stride * (topDown ? row : height - 1 - row)
    put(bytes.subarray(from, from + stride), data, row * width * channels)
  }
  return { width, height, channels, data }
}

type PutRow = (row: Uint8Array, data: Uint8Array, at: number) => void

function paletteRow(file: string, { width, channels, bits, palette }: BmpHeader): PutRow {
  const entries = palette.length / 3
  const perByte = 8 / bits
  const mask = 2 ** bits - 1
  return (row, data, at) => {
    for (let x = 0; x < width; x++) {
      const shift = 8 - bits * ((x % perByte) + 1)
      const index = (row[Math.floor(x / perByte)]! >> shift) & mask
      if (index >= entries) fail('data-format', 'bmp-entry', { entries, index }, { file, byte: 46 })
      for (let c = 0; c < channels; c++) data[at + x * channels + c] = palette[3 * index + c]!
    }
  }
}

function maskedRow({ width, channels, bits, masks }: BmpHeader): PutRow {
  const size = bits / 8
  const scales = masks.slice(0, channels).map((mask) => {
    const shift = mask === 0 ? 0 : 31 - Math.clz32(mask & -mask)
    const largest = mask >>> shift
    return { mask, shift, largest }
  })
  return (row, data, at) => {
    for (let x = 0; x < width; x++) {
      let value = 0
      for (let b = size - 1; b >= 0; b--) value = ((value << 8) | row[x * size + b]!) >>> 0
      scales.forEach(({ mask, shift, largest }, c) => {
        const part = (value & mask) >>> shift
        data[at + x * channels + c] =
          largest === 255 ? part : largest === 0 ? 0 : Math.floor((part * 255) / largest + 0.5)
      })
    }
  }
}

function readPalette(
  file: string,
  bytes: Uint8Array,
  view: DataView,
  at: number,
  old: boolean,
  bits: number,
): Uint8Array {
  const used = old ? 0 : view.getUint32(46, true)
  const count = used === 0 ? 2 ** bits : used
  if (count > 2 ** bits) fail('data-format', 'bmp-palette', { most: 2 ** bits, count }, { file, byte: 46 })
  const size = old ? 3 : 4
  if (at + count * size > bytes.length) failShort(file, bytes.length, at + count * size)
  return Uint8Array.from({ length: count * 3 }, (_, i) => bytes[at + Math.floor(i / 3) * size + 2 - (i % 3)]!)
}

/** After a header of 40 bytes, inside longer ones. */
function readMasks(file: string, view: DataView, size: number, compression: number): number[] {
  const count = compression === 6 || size >= 56 ? 4 : 3
  if (view.byteLength < 54 + 4 * count) failShort(file, view.byteLength, 54 + 4 * count)
  const masks = Array.from({ length: count }, (_, i) => view.getUint32(54 + 4 * i, true))
  if (masks.slice(0, 3).some((mask) => mask === 0 || !isRun(mask))) {
    const received = masks.map((mask) => mask.toString(16)).join(' ')
    fail('data-format', 'bmp-masks', { received }, { file, byte: 54 })
  }
  return count === 4 && isRun(masks[3]!) ? masks : [...masks.slice(0, 3), 0]
}

function isRun(mask: number): boolean {
  const shifted = mask === 0 ? 0 : mask >>> (31 - Math.clz32(mask & -mask))
  return (shifted & (shifted + 1)) === 0
}

function isGray(palette: Uint8Array): boolean {
  for (let i = 0; i < palette.length; i += 3) {
    if (palette[i] !== palette[i + 1] || palette[i] !== palette[i + 2]) return false
  }
  return true
}

function failShort(file: string, size: number, bytes: number): never {
  return fail('data-truncated', 'bmp-end', { bytes, size }, { file, byte: size })
}
