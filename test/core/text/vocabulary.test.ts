import { describe, expect, it } from 'vitest'
import { padOrCut } from '#core/text/padOrCut'
import { tokenize } from '#core/text/tokenize'
import { buildVocabulary, countTokens, encode, indexVocabulary } from '#core/text/vocabulary'

function counted(...texts: string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const text of texts) countTokens(counts, tokenize(text, 'word'))
  return counts
}

describe('a vocabulary', () => {
  it('starts with padding and unknown, then the most frequent tokens, ties in alphabetical order', () => {
    const counts = counted('b a c', 'b a d', 'b 中 Z é')
    expect(buildVocabulary(counts, { size: 100, minCount: 1 })).toEqual([
      '<padding>',
      '<unknown>',
      'b',
      'a',
      'Z',
      'c',
      'd',
      'é',
      '中',
    ])
  })

  it('has no more ids than allowed, and no token below the minimum count', () => {
    const counts = counted('b a c', 'b a d', 'b')
    expect(buildVocabulary(counts, { size: 4, minCount: 1 })).toEqual(['<padding>', '<unknown>', 'b', 'a'])
    expect(buildVocabulary(counts, { size: 100, minCount: 2 })).toEqual(['<padding>', '<unknown>', 'b', 'a'])
    expect(buildVocabulary(counts, { size: 1, minCount: 1 })).toEqual(['<padding>', '<unknown>'])
    expect(buildVocabulary(new Map(), { size: 100, minCount: 1 })).toEqual(['<padding>', '<unknown>'])
  })

  it('does not depend on the order of the texts', () => {
    const limits = { size: 100, minCount: 1 }
    expect(buildVocabulary(counted('x y', 'y z'), limits)).toEqual(buildVocabulary(counted('y z', 'x y'), limits))
  })

  it('maps the tokens of a text to ids; tokens not in it are unknown', () => {
    const vocabulary = buildVocabulary(counted('b a c', 'b a', 'b'), { size: 100, minCount: 2 })
    const index = indexVocabulary(vocabulary)
    expect([...encode(['a', 'b', 'c', '中', '<padding>', '<unknown>', 'constructor'], index)]).toEqual([
      3, 2, 1, 1, 1, 1, 1,
    ])
    expect([...encode([], index)]).toEqual([])
  })
})

describe('a fixed length', () => {
  const ids = Int32Array.of(5, 6, 7)

  it('is reached with padding at the end, keeping the beginning of long texts', () => {
    expect([...padOrCut(ids, 5, 'end')]).toEqual([5, 6, 7, 0, 0])
    expect([...padOrCut(ids, 2, 'end')]).toEqual([5, 6])
  })

  it('is reached with padding at the start, keeping the end of long texts', () => {
    expect([...padOrCut(ids, 5, 'start')]).toEqual([0, 0, 5, 6, 7])
    expect([...padOrCut(ids, 2, 'start')]).toEqual([6, 7])
  })

  it('leaves texts of this length unchanged, and empty ones are all padding', () => {
    expect([...padOrCut(ids, 3, 'start')]).toEqual([5, 6, 7])
    expect([...padOrCut(Int32Array.of(), 2, 'end')]).toEqual([0, 0])
  })
})
