/** What an IDX file must be to hold images. */
import { fail } from '#core/problems/problem'
import type { IdxFile } from '../readers/idx'

/** Shape of one image as [channels, height, width]; fails where the file holds something else. */
export function imageShape(images: IdxFile): number[] {
  const { shape, elementType } = images
  if (elementType.dtype === 'uint8' && (shape.length === 3 || shape.length === 4) && !shape.slice(1).includes(0)) {
    return shape.length === 3 ? [1, ...shape.slice(1)] : shape.slice(1)
  }
  return fail({
    code: 'data-format',
    place: { file: images.path, byte: 2 },
    message: 'The IDX file does not hold images.',
    expected: 'unsigned bytes as count × height × width or count × channels × height × width',
    received: `${elementType.name} as ${shape.join('×')}`,
    fix: 'Give the file of the images here and the file of the labels as the labels.',
  })
}
