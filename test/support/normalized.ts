/** Fitted transforms with Normalize as their only step. */
import type { FittedTransforms } from '#core/transforms/transformList'

export function normalized(
  shape: readonly number[],
  mean: readonly number[],
  std: readonly number[],
): FittedTransforms {
  const step = { kind: 'normalize', occurrence: 0, params: { mean, std }, fitted: { mean, std }, from: shape }
  return { steps: [step], shape }
}
