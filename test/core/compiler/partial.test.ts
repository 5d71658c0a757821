/** Totals of a network with an error are marked as partial. */
import { expect, test } from 'vitest'
import { analyze, isPartial } from '#core/compiler/analyze'
import { digits, digitsProject, soundLines } from './networks'

const partial = (...project: Parameters<typeof digitsProject>): boolean =>
  isPartial(analyze(digitsProject(...project), [1, 28, 28], digits))

test('totals are partial where a shape is a guess or not known, and whole where all are', () => {
  expect(partial(soundLines)).toBe(false)
  expect(partial(soundLines, { conv1: { kernelSize: 40 } })).toBe(true)
  expect(partial([...soundLines, 'norm1:batch-norm2d'])).toBe(true)
  expect(partial(['input', 'output'])).toBe(true)
  expect(partial([])).toBe(true)
  // Ten units for ten classes are wanted; the shapes are all known.
  expect(partial(soundLines, { fc: { outFeatures: 12 } })).toBe(false)
})
