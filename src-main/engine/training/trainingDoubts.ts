/** What should make a person look twice before a training begins, as far as data and settings tell it together. */
import { unseenChecks } from '#core/data/look'
import type { Problem } from '#core/problems/problem'
import type { PreparedTraining } from './prepare'

/** Warnings; a regression has none. */
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

/** A mean over weights that are all 0 is no number. */
function unweighted(loss: Readonly<Record<string, unknown>>, validation: readonly number[]): Problem[] {
  const weights = loss['weight']
  const count = validation.reduce((sum, of) => sum + of, 0)
  if (count === 0 || !Array.isArray(weights) || validation.some((of, c) => of > 0 && Number(weights[c]) > 0)) return []
  return [
    {
      code: 'training-setting',
      severity: 'warning',
      place: { param: 'training.loss.weight' },
      message: 'The validation loss cannot be measured: no validation sample is of a class with a weight above 0.',
      expected: 'validation samples of a class with a weight above 0',
      received: `${count} validation samples of weight 0`,
      fix: 'Give the validation split samples of such a class, or other weights; until then accuracy chooses the best epoch.',
      data: { case: 'unweighted-validation', count },
    },
  ]
}
