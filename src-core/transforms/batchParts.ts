/**
 * Processes large images a few at a time: the output of one operator is then still in the processor's cache when the
 * next one reads it. Measured in docs/performance.md.
 */
import type { Target } from '../onnx/target'
import { elementCount, type Dim } from '../tensor/shape'
import { definitionOf, type FittedTransform } from './transformList'

/** Bytes of pixels that stay in the cache together with the intermediate results. */
const CACHED = 2 ** 20
/** Batches of fewer bytes are fast as a whole. */
const LARGE = 4 * CACHED
/** More parts make the graph too long. */
const MOST_PARTS = 16
const FLOAT_BYTES = 4

/** Number of samples per part that go through the steps together; null if splitting gains nothing. */
export function partSizes(batch: Dim, steps: readonly FittedTransform[], target: Target): readonly number[] | null {
  if (typeof batch !== 'number' || target.portable || steps.every(isLight)) return null
  const bytes = FLOAT_BYTES * Math.max(...steps.map(({ from }) => elementCount(from)))
  if (batch * bytes < LARGE) return null
  const size = Math.max(Math.round(CACHED / bytes), Math.ceil(batch / MOST_PARTS), 1)
  const count = Math.ceil(batch / size)
  return Array.from({ length: count }, (_, part) => Math.min(size, batch - part * size))
}

function isLight(step: FittedTransform): boolean {
  return definitionOf(step).light?.(step.params) === true
}
