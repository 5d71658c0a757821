/** Totals of a network with an error are marked as partial. */
import { expect, test } from 'vitest'
import { analyze, isPartial } from '#core/compiler/analyze'
import { digits, digitsProject, soundLines } from './networks'

const partial = (...project: Parameters<typeof digitsProject>): boolean =>
  isPartial(analyze(digitsProject(...project), [1, 28, 28], digits))

test('totals are partial if a shape is guessed or unknown, and complete if all are known', () => {
  expect(partial(soundLines)).toBe(false)
  expect(partial(soundLines, { conv1: { kernelSize: 40 } })).toBe(true)
  expect(partial([...soundLines, 'norm1:batch-norm2d'])).toBe(true)
  expect(partial(['input', 'output'])).toBe(true)
  expect(partial([])).toBe(true)
  // Ten units are required for ten classes; all shapes are known.
  expect(partial(soundLines, { fc: { outFeatures: 12 } })).toBe(false)
})
