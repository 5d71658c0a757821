/** Checks that an IDX file contains images. */
import { fail } from '#core/problems/problem'
import type { IdxFile } from '../readers/idx'

/** Shape of one image as [channels, height, width]; fails if the file contains something else. */
export function imageShape(images: IdxFile): number[] {
  const { shape, elementType } = images
  if (elementType.dtype === 'uint8' && (shape.length === 3 || shape.length === 4) && !shape.slice(1).includes(0)) {
    return shape.length === 3 ? [1, ...shape.slice(1)] : shape.slice(1)
  }
  const values = { type: elementType.name, shape: shape.join('×') }
  return fail('data-format', 'idx-images', values, { file: images.path, byte: 2 })
}
