/** The problem of asking for a sample that a data set does not have. */
import { fail } from '#core/problems/problem'

export function failIndex(index: number, count: number): never {
  return fail({
    code: 'model-input',
    place: {},
    message: 'There is no such sample.',
    expected: `an index from 0 to ${count - 1}`,
    received: String(index),
    fix: 'Choose another sample.',
  })
}
