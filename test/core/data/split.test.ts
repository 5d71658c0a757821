import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitSamples } from '#core/data/split'

const shares = fc.record({
  validation: fc.double({ min: 0, max: 0.45, noNaN: true }),
  test: fc.double({ min: 0, max: 0.45, noNaN: true }),
  seed: fc.integer({ min: 0, max: 1000 }),
})
const groups = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 300 }).map((g) => Int32Array.from(g))

const countOf = (indices: Int32Array, of: Int32Array, group: number) => indices.filter((i) => of[i] === group).length

describe('splitting samples', () => {
  it('puts every sample into exactly one split, in ascending order', () => {
    fc.assert(
      fc.property(groups, shares, fc.boolean(), (of, share, stratify) => {
        const { train, validation, test } = splitSamples(of.length, share, stratify ? of : undefined)
        for (const split of [train, validation, test]) expect(split).toEqual(split.slice().sort())
        const all = [...train, ...validation, ...test].sort((a, b) => a - b)
        expect(all).toEqual([...of.keys()])
      }),
    )
  })

  it('is the same on every call, and selects exactly these samples for this seed on every machine', () => {
    const share = { validation: 0.2, test: 0.1, seed: 7 }
    expect(splitSamples(20, share)).toEqual(splitSamples(20, share))
    expect({
      validation: [...splitSamples(20, share).validation],
      test: [...splitSamples(20, share).test],
    }).toMatchInlineSnapshot(`
      {
        "test": [
          14,
          19,
        ],
        "validation": [
          0,
          6,
          7,
          17,
        ],
      }
    `)
    expect(splitSamples(20, { ...share, seed: 8 })).not.toEqual(splitSamples(20, share))
  })

  it('has the requested sizes, rounded', () => {
    const sizes = (count: number, validation: number, test: number) => {
      const splits = splitSamples(count, { validation, test, seed: 0 })
      return [splits.train.length, splits.validation.length, splits.test.length]
    }
    expect(sizes(100, 0.1, 0.2)).toEqual([70, 10, 20])
    expect(sizes(344, 0.1, 0)).toEqual([310, 34, 0])
    expect(sizes(3, 0.1, 0.1)).toEqual([3, 0, 0])
    expect(sizes(1, 0.6, 0)).toEqual([1, 0, 0])
  })

  it('gives every class its share to within one sample, and leaves at least one of every class for training', () => {
    fc.assert(
      fc.property(groups, shares, (of, share) => {
        const { train, validation, test } = splitSamples(of.length, share, of)
        for (const group of new Set(of)) {
          const size = of.filter((g) => g === group).length
          expect(countOf(train, of, group)).toBeGreaterThanOrEqual(1)
          expect(Math.abs(countOf(test, of, group) - size * share.test)).toBeLessThanOrEqual(1)
          // A class too small for both shares gives the rest to validation.
          if (size > 10)
            expect(Math.abs(countOf(validation, of, group) - size * share.validation)).toBeLessThanOrEqual(1)
        }
      }),
    )
  })

  it('keeps the test set unchanged when the validation share changes', () => {
    fc.assert(
      fc.property(groups, shares, (of, share) => {
        expect(splitSamples(of.length, { ...share, validation: 0 }, of).test).toEqual(
          splitSamples(of.length, share, of).test,
        )
      }),
    )
  })

  describe('the remainder of the classes', () => {
    const classes = 10
    /** 15 samples of every class: a tenth is one and a half. */
    const of = Int32Array.from({ length: classes * 15 }, (_, i) => i % classes)
    const draw = (seed: number) => splitSamples(of.length, { validation: 0.1, test: 0.1, seed }, of)
    const counts = (indices: Int32Array) => Array.from({ length: classes }, (_, c) => countOf(indices, of, c))

    it('comes from classes drawn by the seed, from the others for validation', () => {
      expect(counts(draw(0).test)).toEqual([2, 2, 1, 2, 1, 1, 2, 1, 2, 1])
      for (let seed = 0; seed < 20; seed++) {
        const { validation, test } = draw(seed)
        expect([validation.length, test.length]).toEqual([15, 15])
        expect(counts(validation)).toEqual(counts(test).map((count) => 3 - count))
      }
    })

    it('comes from every class equally often', () => {
      const extra = Array.from({ length: 400 }, (_, seed) => counts(draw(seed).test))
      const perClass = Array.from({ length: classes }, (_, c) => extra.filter((count) => count[c] === 2).length)
      // 200 expected, with a standard deviation of 10.
      for (const count of perClass) expect(Math.abs(count - 200)).toBeLessThan(40)
    })
  })
})
