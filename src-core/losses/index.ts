/** The catalogue of losses. */
import { bceWithLogits } from './bceWithLogits'
import { crossEntropy } from './crossEntropy'
import { huber } from './huber'
import { l1 } from './l1'
import type { LossDefinition } from './loss'
import { mse } from './mse'

export const losses = [crossEntropy, bceWithLogits, mse, l1, huber] as const

export function findLoss(kind: string): LossDefinition | undefined {
  return losses.find((item) => item.kind === kind)
}
