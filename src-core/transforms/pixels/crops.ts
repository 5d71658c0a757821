/** Windows cropped from images at fixed positions. */
import type { GraphBuilder } from '../../onnx/builder'
import type { Target } from '../../onnx/target'
import { imageSize, joinedMoves, moveImage, movablePixels, type Image } from './image'
import { centerOffset } from './sizes'

/** The center of an image, or the image centered in `fill` if the window is larger. */
export function cropCenter(
  b: GraphBuilder,
  image: Image,
  [wantedHeight, wantedWidth]: readonly [number, number],
  fill: number,
  target: Target,
): Image {
  const [height, width] = imageSize(image)
  if (height === wantedHeight && width === wantedWidth) return image
  const [top, left] = [centerOffset(height, wantedHeight), centerOffset(width, wantedWidth)]
  const leaves = wantedHeight > height || wantedWidth > width
  if (joinedMoves(image, leaves ? fill : undefined)) {
    const rows = { size: wantedHeight, offset: b.scalar(top) }
    const columns = { size: wantedWidth, offset: b.scalar(left) }
    return moveImage(b, image, { rows, columns, ...(leaves && { fill }) }, target)
  }
  const pixels = movablePixels(b, image, fill, target)
  const [begin, end] = [
    [Math.max(0, top), Math.max(0, left)] as const,
    [Math.min(height, top + wantedHeight), Math.min(width, left + wantedWidth)] as const,
  ]
  const cut = b.Slice(pixels, begin, end, [2, 3])
  if (!leaves) return { pixels: cut }
  const before = [Math.max(0, -top), Math.max(0, -left)] as const
  const after = [wantedHeight - before[0] - (end[0] - begin[0]), wantedWidth - before[1] - (end[1] - begin[1])] as const
  const value = cut.type.dtype === 'uint8' ? Math.round(fill * 255) : fill
  return { pixels: b.Pad(cut, [0, 0, ...before, 0, 0, ...after], value) }
}
