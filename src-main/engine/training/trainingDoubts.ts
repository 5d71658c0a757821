/** Warnings before training that follow from data and settings together. */
import { unseenChecks } from '#core/data/look'
import type { Problem } from '#core/problems/problem'
import { makeProblem } from '#core/problems/wording'
import type { PreparedTraining } from './prepare'

/** The warnings; none for regression. */
export function trainingDoubts({
  project,
  dataset: { facts, splits, targets },
  plan,
}: Pick<PreparedTraining, 'project' | 'plan'> & {
  readonly dataset: Pick<PreparedTraining['dataset'], 'facts' | 'splits' | 'targets'>
}): Problem[] {
  const { target } = facts
  if (target.kind !== 'classes') return []
  const train = countClasses(plan.train, targets, target.classes.length)
  const validation = countClasses(splits.validation, targets, target.classes.length)
  return [...unseenChecks(target.classes, train), ...unweighted(project.training.loss, validation)]
}

function countClasses(samples: Int32Array, labels: ArrayLike<number>, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0)
  for (const sample of samples) counts[labels[sample]!]!++
  return counts
}

/** A mean with all weights 0 is not a number. */
function unweighted(loss: Readonly<Record<string, unknown>>, validation: readonly number[]): Problem[] {
  const weights = loss['weight']
  const count = validation.reduce((sum, of) => sum + of, 0)
  if (count === 0 || !Array.isArray(weights) || validation.some((of, c) => of > 0 && Number(weights[c]) > 0)) return []
  const where = { param: 'training.loss.weight', severity: 'warning' } as const
  return [makeProblem('training-setting', 'unweighted-validation', { count }, where)]
}
