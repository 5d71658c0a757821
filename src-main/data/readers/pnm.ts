/** Reader of binary grey (PGM, P5) and colour (PPM, P6) images: a text header, then rows of one or two bytes a value. */
import { fail } from '#core/problems/problem'
import type { Pixels } from './pixels'

export interface PnmHeader {
  readonly width: number
  readonly height: number
  readonly channels: 1 | 3
  /** The value of white. */
  readonly largest: number
  /** Byte of the first value. */
  readonly begin: number
}

/** Comments run from # to the end of the line; one white-space byte ends the header (netpbm's pgm(5), ppm(5)). */
export function readPnmHeader(file: string, bytes: Uint8Array): PnmHeader {
  const start = Buffer.from(bytes.subarray(0, 4096)).toString('latin1')
  const gap = '(?:\\s|#[^\\n\\r]*[\\n\\r])+'
  const header = new RegExp(`^P([56])${gap}(\\d{1,9})${gap}(\\d{1,9})${gap}(\\d{1,9})\\s`).exec(start)
  if (!header) {
    return fail({
      code: 'data-format',
      place: { file, byte: 0 },
      message: 'This is not a binary PGM or PPM image.',
      expected: 'P5 or P6, width, height and largest value',
      received: bytes.length === 0 ? 'an empty file' : JSON.stringify(start.slice(0, 20)),
      fix: 'Save the image as binary PGM or PPM ("raw", not "ASCII").',
    })
  }
  const [format, width, height, largest] = header.slice(1).map(Number) as [number, number, number, number]
  if (largest < 1 || largest > 65535 || width < 1 || height < 1) {
    fail({
      code: 'data-format',
      place: { file, byte: 2 },
      message: 'The header of the image is impossible.',
      expected: 'a width and height of at least 1 and a largest value of 1 to 65535',
      received: `${width} × ${height}, largest value ${largest}`,
      fix: 'Save the image again.',
    })
  }
  return { width, height, channels: format === 5 ? 1 : 3, largest, begin: header[0].length }
}

/** Values are brought from the file's range to 0 … 255, rounded. */
export function decodePnm(file: string, bytes: Uint8Array, header: PnmHeader): Pixels {
  const { width, height, channels, largest, begin } = header
  const wide = largest > 255
  const count = width * height * channels
  const expected = count * (wide ? 2 : 1)
  if (bytes.length - begin < expected) {
    fail({
      code: 'data-truncated',
      place: { file, byte: bytes.length },
      message: 'The image is shorter than its header says.',
      expected: `${expected} bytes for ${width} × ${height} × ${channels}`,
      received: `${bytes.length - begin} bytes`,
      fix: 'Copy or save the image again.',
    })
  }
  const data = new Uint8Array(count)
  for (let i = 0; i < count; i++) {
    const value = wide ? (bytes[begin + 2 * i]! << 8) | bytes[begin + 2 * i + 1]! : bytes[begin + i]!
    data[i] = largest === 255 ? value : Math.round((Math.min(value, largest) * 255) / largest)
  }
  return { width, height, channels, data }
}
