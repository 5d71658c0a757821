/**
 * Detects runs that ended while still learning, so that more epochs may help: from the slope of the loss and the
 * learning rate.
 */

interface Epoch {
  readonly validation?: { readonly loss?: number } | undefined
  readonly learningRate: number
}

/** Minimum number of epochs to measure a slope over. */
const FEWEST = 3
/** Share of the epochs, counted from the end, that the slope is measured over. */
const LAST = 0.25
/** Decrease per epoch, relative to the last loss, that makes continuing worthwhile. */
const WORTH = 0.01
/**
 * Below this share of the highest rate, the schedule has ended the learning: the decrease is caused by that, and will
 * not continue.
 */
const RATE_OVER = 0.1

/**
 * How much the validation loss still fell in each of the last epochs, relative to its value: 0.03 for 3 %. Null if
 * it did not fall, did not end at its minimum, or the learning rate has dropped to almost zero.
 */
export function stillFalling(epochs: readonly Epoch[]): number | null {
  const told = epochs.flatMap(({ validation, learningRate }) =>
    validation?.loss === undefined ? [] : [{ loss: validation.loss, rate: learningRate }],
  )
  const last = told.at(-1)
  if (last === undefined || told.length < FEWEST || !(last.loss > 0)) return null
  if (told.some(({ loss }) => loss < last.loss)) return null
  if (last.rate < RATE_OVER * Math.max(...told.map(({ rate }) => rate))) return null
  const recent = told.slice(-Math.max(FEWEST, Math.ceil(LAST * told.length))).map(({ loss }) => loss)
  const fall = -slopeOf(recent) / last.loss
  return fall >= WORTH ? fall : null
}

/** Slope of the least-squares line through equidistant values. */
function slopeOf(values: readonly number[]): number {
  const middle = (values.length - 1) / 2
  const spread = values.reduce((sum, _, at) => sum + (at - middle) ** 2, 0)
  return values.reduce((sum, value, at) => sum + (at - middle) * value, 0) / spread
}
