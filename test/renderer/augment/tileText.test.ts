/** The text of a preview tile: labels with their shares, and a short description of the draws. */
import { describe, expect, it } from 'vitest'
import { briefWords, partsOf, wordsOf } from '../../../src-renderer/augment/tileText'

const text = (en: string) => ({ en, zh: en })

describe('the parts of an image', () => {
  const indices = [10, 11, 12]
  const targets = [3, 5, 7]

  it('are its own label if nothing is mixed', () => {
    expect(partsOf({ indices, targets }, 1)).toEqual([{ target: 5, share: 1 }])
  })

  it('are those of the previous samples if batches are mixed, where the first one follows the last', () => {
    const shares = [Float32Array.of(0.75, 0.75, 1), Float32Array.of(0.25, 0.25, 0)]
    expect(partsOf({ indices, targets, shares }, 0)).toEqual([
      { target: 3, share: 0.75 },
      { target: 7, share: 0.25 },
    ])
    expect(partsOf({ indices, targets, shares }, 1)[1]).toEqual({ target: 3, share: 0.25 })
    expect(partsOf({ indices, targets, shares }, 2)).toEqual([{ target: 7, share: 1 }])
  })

  it('take the first number of multi-valued targets', () => {
    expect(partsOf({ indices, targets: [1, 2, 3, 4, 5, 6] }, 2)).toEqual([{ target: 5, share: 1 }])
  })
})

describe('the words of an image', () => {
  it('are those of its draws, without the mixing steps', () => {
    const stage = { shape: [1, 1, 1], image: new Uint8Array(1) }
    const preview = {
      order: { training: ['RandomRotation', 'MixUp'], evaluation: [] },
      stages: [
        { ...stage, step: null },
        { ...stage, step: 0, words: [text('+7.3°'), text('−2.0°')] },
        { ...stage, step: 1, words: [text('70 % and 30 % of the previous image'), text('not mixed')] },
      ],
    }
    expect(wordsOf(preview, 1)).toEqual([text('−2.0°')])
  })

  it('are short in a tile, and leave out steps without effect', () => {
    const words = ['+7.3°', 'dx +1, dy 0', 'not flipped', 'unchanged', 'nothing erased', 'no noise'].map(text)
    expect(briefWords(words).map(({ en }) => en)).toEqual(['+7.3°', '+1 0'])
  })
})
