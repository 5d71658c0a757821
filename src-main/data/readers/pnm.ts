/**
 * Reader for binary gray (PGM, P5) and color (PPM, P6) images: a text header, then rows of one or two bytes per value.
 */
import { fail } from '#core/problems/problem'
import type { Pixels } from './pixels'

export interface PnmHeader {
  readonly width: number
  readonly height: number
  readonly channels: 1 | 3
  /** The value of white. */
  readonly largest: number
  /** Byte offset of the first value. */
  readonly begin: number
}

/** Comments run from # to the end of the line; one white-space byte ends the header (netpbm's pgm(5), ppm(5)). */
export function readPnmHeader(file: string, bytes: Uint8Array): PnmHeader {
  const start = Buffer.from(bytes.subarray(0, 4096)).toString('latin1')
  const gap = '(?:\\s|#[^\\n\\r]*[\\n\\r])+'
  const header = new RegExp(`^P([56])${gap}(\\d{1,9})${gap}(\\d{1,9})${gap}(\\d{1,9})\\s`).exec(start)
  if (!header) {
    const received = bytes.length === 0 ? 'an empty file' : JSON.stringify(start.slice(0, 20))
    return fail('data-format', 'pnm-kind', { received }, { file, byte: 0 })
  }
  const [format, width, height, largest] = header.slice(1).map(Number) as [number, number, number, number]
  if (largest < 1 || largest > 65535 || width < 1 || height < 1) {
    fail('data-format', 'pnm-header', { width, height, largest }, { file, byte: 2 })
  }
  return { width, height, channels: format === 5 ? 1 : 3, largest, begin: header[0].length }
}

/** Values are scaled from the file's range to 0 … 255 and rounded. */
export function decodePnm(file: string, bytes: Uint8Array, header: PnmHeader): Pixels {
  const { width, height, channels, largest, begin } = header
  const wide = largest > 255
  const count = width * height * channels
  const expected = count * (wide ? 2 : 1)
  if (bytes.length - begin < expected) {
    const values = { bytes: expected, size: bytes.length - begin, width, height, channels }
    fail('data-truncated', 'pnm-end', values, { file, byte: bytes.length })
  }
  const data = new Uint8Array(count)
  for (let i = 0; i < count; i++) {
    const value = wide ? (bytes[begin + 2 * i]! << 8) | bytes[begin + 2 * i + 1]! : bytes[begin + i]!
    data[i] = largest === 255 ? value : Math.round((Math.min(value, largest) * 255) / largest)
  }
  return { width, height, channels, data }
}
