/** The meaning of TIFF colors, if they cannot be shown as gray or RGB. */
import { text, type Text } from '#core/base/text'

/** Number of the tag PhotometricInterpretation. */
const PHOTOMETRIC = 262
const meanings: Readonly<Record<number, Text>> = {
  4: text('a transparency mask', '透明度蒙版'),
  8: text('CIE L*a*b* colors', 'CIE L*a*b* 颜色'),
  9: text('ICC L*a*b* colors', 'ICC L*a*b* 颜色'),
  10: text('ITU L*a*b* colors', 'ITU L*a*b* 颜色'),
  32803: text('unprocessed values of a camera sensor', '相机传感器的原始值'),
  32844: text('CIE Log2(L) values', 'CIE Log2(L) 值'),
  32845: text('CIE Log2(L) u v values', 'CIE Log2(L) u v 值'),
  34892: text('unprocessed linear values', '未处理的线性值'),
}

/** Undefined if the image can be read, or if the header does not say. */
export function tiffColors(bytes: Uint8Array): Text | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const little = view.byteLength > 2 && view.getUint8(0) === 0x49
  const has = (end: number) => end <= view.byteLength
  // BigTIFF has another layout.
  if (!has(8) || view.getUint16(2, little) !== 42) return undefined
  const directory = view.getUint32(4, little)
  if (!has(directory + 2)) return undefined
  const count = view.getUint16(directory, little)
  for (let i = 0, at = directory + 2; i < count && has(at + 12); i++, at += 12) {
    if (view.getUint16(at, little) === PHOTOMETRIC) return meanings[view.getUint16(at + 8, little)]
  }
  return undefined
}
