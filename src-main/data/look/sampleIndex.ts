/** The problem of asking for a sample that a data set does not have. */
import { fail } from '#core/problems/problem'

export function failIndex(index: number, count: number): never {
  return fail('model-input', 'no-sample', { last: count - 1, received: index })
}
