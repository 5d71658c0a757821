/** What the colours of a TIFF mean, where that is nothing which can be shown as grey or RGB. */

/** Of the tag PhotometricInterpretation. */
const PHOTOMETRIC = 262
const meanings: Readonly<Record<number, string>> = {
  4: 'a transparency mask',
  8: 'CIE L*a*b* colours',
  9: 'ICC L*a*b* colours',
  10: 'ITU L*a*b* colours',
  32803: 'unprocessed values of a camera sensor',
  32844: 'CIE Log2(L) values',
  32845: 'CIE Log2(L) u v values',
  34892: 'unprocessed linear values',
}

/** Undefined where the image can be read, and where the header does not say. */
export function tiffColours(bytes: Uint8Array): string | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const little = view.byteLength > 2 && view.getUint8(0) === 0x49
  const has = (end: number) => end <= view.byteLength
  // BigTIFF is laid out otherwise.
  if (!has(8) || view.getUint16(2, little) !== 42) return undefined
  const directory = view.getUint32(4, little)
  if (!has(directory + 2)) return undefined
  const count = view.getUint16(directory, little)
  for (let i = 0, at = directory + 2; i < count && has(at + 12); i++, at += 12) {
    if (view.getUint16(at, little) === PHOTOMETRIC) return meanings[view.getUint16(at + 8, little)]
  }
  return undefined
}
