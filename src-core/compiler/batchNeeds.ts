/** Layers that cannot learn from too small a batch, and how that is told. */
import type { Problem } from '../problems/problem'
import type { BatchNeed } from './lowerNetwork'

/** Samples that a training step needs in its batch. */
export function leastBatch(needs: readonly BatchNeed[]): number {
  return needs.reduce((most, { samples }) => Math.max(most, samples), 1)
}

/**
 * What is wrong where steps take `batchSize` samples: one problem at the first of the layers that need more. `given` says where
 * the batch size comes from, if it is not the setting.
 */
export function checkBatch(needs: readonly BatchNeed[], batchSize: number, given?: string): Problem[] {
  const need = needs.find(({ samples }) => samples > batchSize)
  if (!need) return []
  const { layer, samples } = need
  return [
    {
      code: 'training-setting',
      severity: 'error',
      place: { param: 'training.batchSize' },
      message: `${layer} would train on 1 value per channel, which has no mean and variance to learn from.`,
      expected: `batches of at least ${samples} samples`,
      received: given ?? `batches of ${batchSize} sample${batchSize === 1 ? '' : 's'}`,
      fix: given
        ? `Give the training split at least ${samples} samples, freeze ${layer}, or use LayerNorm instead.`
        : `Set the batch size to ${samples} or more, freeze ${layer}, or use LayerNorm instead.`,
      data: { case: given ? 'least-samples' : 'least-batch', layer, samples, batchSize },
    },
  ]
}
