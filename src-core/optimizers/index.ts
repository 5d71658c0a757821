/** The catalog of optimizers. */
import { adam } from './kinds/adam'
import { adamw } from './kinds/adamw'
import type { OptimizerDefinition } from './optimizer'
import { rmsprop } from './kinds/rmsprop'
import { sgd } from './kinds/sgd'

export const optimizers = [sgd, adam, adamw, rmsprop] as const

export function findOptimizer(kind: string): OptimizerDefinition | undefined {
  return optimizers.find((item) => item.kind === kind)
}
