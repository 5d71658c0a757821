/** Fitted transforms with Normalize as their only step. */
import type { ImageShape } from '#core/transforms/transform'
import type { FittedTransforms } from '#core/transforms/transformList'

export function normalized(shape: ImageShape, mean: readonly number[], std: readonly number[]): FittedTransforms {
  const step = { kind: 'normalize', occurrence: 0, params: { mean, std }, fitted: { mean, std }, from: shape }
  return { steps: [step], shape }
}
