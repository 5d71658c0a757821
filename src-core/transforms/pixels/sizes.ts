/** Sizes and positions of windows in images, by torchvision's rules. */
import { asPair, pair, text, type Pair } from '../../params/params'

/** Python's round: ties go to the even neighbor. */
export function roundHalfEven(value: number): number {
  const low = Math.floor(value)
  const rest = value - low
  if (rest !== 0.5) return rest < 0.5 ? low : low + 1
  return low % 2 === 0 ? low : low + 1
}

/** Where a window of `wanted` begins when centered in `size` positions; negative if it is larger. */
export function centerOffset(size: number, wanted: number): number {
  return wanted > size ? -Math.floor((wanted - size) / 2) : roundHalfEven((size - wanted) / 2)
}

/** What a size that is not given stands for. */
export const asImage = text('same as the image', '与图像相同')

export const sizeParam = (doc: { readonly en: string; readonly zh: string }) =>
  pair(text('Size', '尺寸'), { default: null, min: 1, optional: true, unset: asImage, doc: text(doc.en, doc.zh) })

/** [height, width] of a size parameter: one number is a square, null the image's size. */
export function windowSize(size: Pair | null, height: number, width: number): readonly [height: number, width: number] {
  return size === null ? [height, width] : asPair(size)
}

/** Integer height and width of a box with this area and ratio of width to height. */
export function boxSize(area: number, ratio: number): readonly [height: number, width: number] {
  return [roundHalfEven(Math.sqrt(area / ratio)), roundHalfEven(Math.sqrt(area * ratio))]
}
