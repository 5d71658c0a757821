/** Detects the format of an image file by its first bytes; its name is not trusted. */
import { extname } from 'node:path'
import { fail, type Problem } from '#core/problems/problem'
import { makeProblem } from '#core/problems/wording'

export const imageFormats = ['png', 'jpeg', 'webp', 'bmp', 'tiff', 'gif', 'pnm'] as const
export type ImageFormat = (typeof imageFormats)[number]

const names: Readonly<Record<ImageFormat, string>> = {
  png: 'PNG',
  jpeg: 'JPEG',
  webp: 'WebP',
  bmp: 'BMP',
  tiff: 'TIFF',
  gif: 'GIF',
  pnm: 'PGM or PPM',
}

/** Formats by extension; other files in a folder are ignored. */
export const imageExtensions: Readonly<Record<string, ImageFormat>> = {
  '.png': 'png',
  '.jpg': 'jpeg',
  '.jpeg': 'jpeg',
  '.jpe': 'jpeg',
  '.jfif': 'jpeg',
  '.webp': 'webp',
  '.bmp': 'bmp',
  '.dib': 'bmp',
  '.tif': 'tiff',
  '.tiff': 'tiff',
  '.gif': 'gif',
  '.pgm': 'pnm',
  '.ppm': 'pnm',
  '.pnm': 'pnm',
}

const begins: readonly { format: ImageFormat; begin: RegExp }[] = [
  { format: 'png', begin: /^\x89PNG\r\n\x1a\n/ },
  { format: 'jpeg', begin: /^\xff\xd8\xff/ },
  { format: 'webp', begin: /^RIFF[^]{4}WEBP/ },
  { format: 'tiff', begin: /^(II[*+]\0|MM\0[*+])/ },
  { format: 'gif', begin: /^GIF8[79]a/ },
  { format: 'pnm', begin: /^P[56][\s#]/ },
  { format: 'bmp', begin: /^BM/ },
]

/** Other file types found under an image name, for the message. */
const others: readonly { begin: RegExp; name: string }[] = [
  { begin: /^$/, name: 'an empty file' },
  { begin: /^%PDF/, name: 'a PDF document' },
  { begin: /^\s*(<\?xml[^]*)?<(svg|!DOCTYPE svg)/i, name: 'an SVG drawing' },
  { begin: /^\s*<(!DOCTYPE )?html/i, name: 'a web page' },
  { begin: /^[^]{4}ftyp(heic|heix|mif1|avif)/, name: 'a HEIC or AVIF image' },
  { begin: /^P[1-47]\s/, name: 'a PBM, PAM or text PGM/PPM image' },
  { begin: /^8BPS/, name: 'a Photoshop document' },
  { begin: /^PK\x03\x04/, name: 'a ZIP archive' },
  { begin: /^\x1f\x8b/, name: 'a gzip file' },
  { begin: /^\x93NUMPY/, name: 'a NumPy array' },
  { begin: /^[\t\n\r\x20-\x7e\x80-\xff]+$/, name: 'a text' },
]

/** The format by the first bytes; fails if it is not supported. */
export function imageFormat(file: string, bytes: Uint8Array): ImageFormat {
  const begin = Buffer.from(bytes.subarray(0, 200)).toString('latin1')
  const known = begins.find((entry) => entry.begin.test(begin))
  if (known) return known.format
  const other = others.find((entry) => entry.begin.test(begin))?.name
  if (other === undefined)
    return fail('data-format', 'image-bytes', { bytes: hex(bytes.subarray(0, 8)) }, { file, byte: 0 })
  const code = bytes.length === 0 ? 'data-empty' : 'data-format'
  return fail(code, 'image-unknown', { received: other }, { file, byte: 0 })
}

/** A warning if the extension is that of another image format. */
export function extensionNote(file: string, format: ImageFormat): Problem[] {
  const named = imageExtensions[extname(file).toLowerCase()]
  if (named === undefined || named === format) return []
  const values = { named: names[named], format: names[format] }
  return [makeProblem('data-format', 'image-extension', values, { file, severity: 'warning' })]
}

export function formatName(format: ImageFormat): string {
  return names[format]
}

function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
}
