/** Whether a run ended while it still learned, so that more epochs may bring more: read from the slope of the loss and the rate. */

interface Epoch {
  readonly validation?: { readonly loss?: number } | undefined
  readonly learningRate: number
}

/** Epochs that a slope is measured over, at least. */
const FEWEST = 3
/** Share of the last epochs that the slope is measured over. */
const LAST = 0.25
/** Fall an epoch, relative to the last loss, from which it is worth going on. */
const WORTH = 0.01
/** Below this share of the highest rate the schedule has ended the learning: a fall comes from that, and is over with it. */
const RATE_OVER = 0.1

/**
 * How much the loss on validation samples still fell in each of the last epochs, relative to where it is, 0.03 for 3 %; null where
 * it did not, where it was not lower at the end than ever before, or where the learning rate has come down to nearly nothing.
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

/** Slope of the straight line through values one apart, by least squares. */
function slopeOf(values: readonly number[]): number {
  const middle = (values.length - 1) / 2
  const spread = values.reduce((sum, _, at) => sum + (at - middle) ** 2, 0)
  return values.reduce((sum, value, at) => sum + (at - middle) * value, 0) / spread
}
