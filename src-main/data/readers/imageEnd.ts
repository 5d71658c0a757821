/** Detects truncated image files by the lengths they declare; decoders do not always report truncation. */
import type { ImageFormat } from './imageFormat'

type EndsEarly = (view: DataView) => boolean

const PNG_SIGNATURE = 8
/** Length, type and checksum. */
const PNG_CHUNK = 12
const RIFF_HEADER = 8

const checks: Partial<Record<ImageFormat, EndsEarly>> = {
  png: (view) => {
    let at = PNG_SIGNATURE
    while (at + PNG_CHUNK <= view.byteLength && chunkType(view, at) !== 'IEND') at += PNG_CHUNK + view.getUint32(at)
    return at + PNG_CHUNK > view.byteLength
  },
  webp: (view) => RIFF_HEADER + view.getUint32(4, true) > view.byteLength,
  // The directory may follow the pixels.
  tiff: (view) => view.byteLength < 8 || view.getUint32(4, view.getUint8(0) === 0x49) > view.byteLength,
}

/** False for formats without such lengths. */
export function endsEarly(format: ImageFormat, bytes: Uint8Array): boolean {
  return checks[format]?.(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)) ?? false
}

function chunkType(view: DataView, at: number): string {
  return String.fromCharCode(...[4, 5, 6, 7].map((offset) => view.getUint8(at + offset)))
}
