/** The catalogue of optimizers. */
import { adam } from './adam'
import { adamw } from './adamw'
import type { OptimizerDefinition } from './optimizer'
import { rmsprop } from './rmsprop'
import { sgd } from './sgd'

export const optimizers = [sgd, adam, adamw, rmsprop] as const

export function findOptimizer(kind: string): OptimizerDefinition | undefined {
  return optimizers.find((item) => item.kind === kind)
}
