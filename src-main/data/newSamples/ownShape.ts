/** The sample shape in a file, for models with open sizes. */
import type { SampleFacts } from '#core/data/facts'
import { decodePixels } from '../readers/image'
import { openNpy } from '../readers/npy'
import { extname } from 'node:path'
import { imageExtensions } from '../readers/imageFormat'
import { failShape } from './expectedSample'

/** @throws ProblemError `model-input` where the fixed sizes of the model differ */
export async function ownShape(
  path: string,
  sample: SampleFacts,
  open: readonly (number | null)[],
): Promise<readonly number[]> {
  const shape = await shapeIn(path, open)
  if (shape?.length === open.length && open.every((size, axis) => size === null || size === shape[axis])) return shape
  const expected = open.map((size) => size ?? 'any')
  return failShape(path, { ...sample, shape: expected as never }, shape?.join('×') ?? 'a file without a shape')
}

/** Undefined for files without an array or an image. */
async function shapeIn(path: string, open: readonly (number | null)[]): Promise<readonly number[] | undefined> {
  const extension = extname(path).toLowerCase()
  if (extension === '.npy') {
    const { shape } = await openNpy(path)
    return shape.length > open.length ? shape.slice(1) : shape
  }
  if (imageExtensions[extension] === undefined) return undefined
  const { channels, height, width } = (await decodePixels(path)).pixels
  const [wanted] = open
  // Gray and color images are converted into each other where possible.
  return [wanted === 1 || wanted === 3 ? wanted : channels, height, width]
}
