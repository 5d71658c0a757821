/** Which training samples are measured at the end of an epoch, as those of the validation are. */
import { keyOf, permutation } from '#core/base/random'

/**
 * Measuring costs about a third of training on the same samples. So many tell an accuracy of 0.99 to ± 0.2 points, and on
 * the 54,000 samples of MNIST they make an epoch 1 % longer.
 */
const MOST_SAMPLES = 2000

const purpose = keyOf('measured')

/** As many as the validation has, at most 2,000; the same ones after every epoch, in ascending order. */
export function measuredSamples(train: Int32Array, validation: Int32Array, seed: number): Int32Array {
  const count = Math.min(train.length, validation.length, MOST_SAMPLES)
  if (count === train.length) return train
  const places = permutation(train.length, seed, purpose).subarray(0, count)
  return Int32Array.from(places, (place) => train[place]!).sort()
}
