/** Selects the training samples that are measured at the end of an epoch, in the same way as validation samples. */
import { keyOf, permutation } from '../base/random'

/**
 * Measuring takes a third of the time of training on the same samples; for the cost and value of this number, see
 * docs/decisions/0018.
 */
const MOST_SAMPLES = 2000

const purpose = keyOf('measured')

/** Number of these samples. */
export function measuredCount({ train, validation }: { readonly train: number; readonly validation: number }): number {
  return Math.min(train, validation, MOST_SAMPLES)
}

/** As many samples as the validation split has, at most 2,000; the same after every epoch, in ascending order. */
export function measuredSamples(train: Int32Array, validation: Int32Array, seed: number): Int32Array {
  const count = measuredCount({ train: train.length, validation: validation.length })
  if (count === train.length) return train
  const places = permutation(train.length, seed, purpose).subarray(0, count)
  return Int32Array.from(places, (place) => train[place]!).sort()
}
