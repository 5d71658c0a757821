/** The problem for a sample index that a dataset does not have. */
import { fail } from '#core/problems/problem'

export function failIndex(index: number, count: number): never {
  return fail('model-input', 'no-sample', { last: count - 1, received: index })
}
