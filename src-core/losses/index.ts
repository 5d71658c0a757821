/** The catalog of losses. */
import { bceWithLogits } from './kinds/bceWithLogits'
import { crossEntropy } from './kinds/crossEntropy'
import { huber } from './kinds/huber'
import { l1 } from './kinds/l1'
import type { LossDefinition } from './loss'
import { mse } from './kinds/mse'

export const losses = [crossEntropy, bceWithLogits, mse, l1, huber] as const

export function findLoss(kind: string): LossDefinition | undefined {
  return losses.find((item) => item.kind === kind)
}
