/** Layers that cannot learn from too small a batch, and the problem that reports it. */
import type { Problem } from '../problems/problem'
import { makeProblem } from '../problems/wording'
import type { BatchNeed } from './lowerNetwork'

/** Minimum batch size of a training step. */
export function leastBatch(needs: readonly BatchNeed[]): number {
  return needs.reduce((most, { samples }) => Math.max(most, samples), 1)
}

/**
 * What is wrong where steps take `batchSize` samples: one problem at the first of the layers that need more; `least-samples` where
 * the training split is smaller than the batch size that is set.
 */
export function checkBatch(
  needs: readonly BatchNeed[],
  batchSize: number,
  problemCase: 'least-batch' | 'least-samples' = 'least-batch',
): Problem[] {
  const need = needs.find(({ samples }) => samples > batchSize)
  if (!need) return []
  const { layer, samples } = need
  return [makeProblem('training-setting', problemCase, { layer, samples, batchSize }, { param: 'training.batchSize' })]
}
