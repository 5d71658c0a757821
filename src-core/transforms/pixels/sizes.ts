/** Sizes and places of windows in images, by torchvision's rules. */
import { asPair, pair, text, type Pair } from '../../params/params'

/** Python's round: halves go to the even neighbour. */
export function roundHalfEven(value: number): number {
  const low = Math.floor(value)
  const rest = value - low
  if (rest !== 0.5) return rest < 0.5 ? low : low + 1
  return low % 2 === 0 ? low : low + 1
}

/** Where a window of `wanted` begins in the middle of `size` places; negative where it is the larger. */
export function centreOffset(size: number, wanted: number): number {
  return wanted > size ? -Math.floor((wanted - size) / 2) : roundHalfEven((size - wanted) / 2)
}

/** What a size that is not given stands for. */
export const asImage = text('same as the image', '与图像相同')

export const sizeParam = (doc: { readonly en: string; readonly zh: string }) =>
  pair(text('Size', '尺寸'), { default: null, min: 1, optional: true, unset: asImage, doc: text(doc.en, doc.zh) })

/** [height, width] of a size parameter: one number is a square, null the image's own size. */
export function windowSize(size: Pair | null, height: number, width: number): readonly [height: number, width: number] {
  return size === null ? [height, width] : asPair(size)
}

/** The area of a box and its ratio of width to height, as whole sizes. */
export function boxSize(area: number, ratio: number): readonly [height: number, width: number] {
  return [roundHalfEven(Math.sqrt(area / ratio)), roundHalfEven(Math.sqrt(area * ratio))]
}
