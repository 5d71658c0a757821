import { describe, expect, it } from 'vitest'
import type { DataFacts } from '#core/data/facts'
import { describeData } from '#core/data/statistics'

describe('statistics of the training split', () => {
  it('describe image channels over the pixels of the given samples only', () => {
    const facts: DataFacts = {
      sample: { dtype: 'uint8', shape: [2, 1, 2] },
      target: { kind: 'classes', classes: ['a', 'b', 'c'] },
    }
    const samples = Uint8Array.of(0, 10, 100, 100, 255, 255, 255, 255, 20, 30, 101, 103)
    const { sample, target } = describeData(facts, samples, Int32Array.of(0, 1, 2), Int32Array.of(0, 2))
    expect(sample).toEqual([
      { count: 4, missing: 0, mean: 15, deviation: Math.sqrt(125), min: 0, max: 30, median: 15 },
      { count: 4, missing: 0, mean: 101, deviation: Math.sqrt(1.5), min: 100, max: 103, median: 100.5 },
    ])
    expect(target).toEqual([{ count: 2, missing: 0, counts: [1, 0, 1] }])
  })

  it('describe columns without their missing cells, categories by count, and the targets of a regression', () => {
    const facts: DataFacts = {
      sample: {
        dtype: 'float32',
        shape: [2],
        columns: [
          { name: 'x', type: 'numeric' },
          { name: 'c', type: 'categorical', categories: ['a', 'b', 'c'] },
        ],
      },
      target: { kind: 'numbers', size: 1, names: ['y'] },
    }
    const samples = Float32Array.of(1, 2, NaN, NaN, 5, 2, 9, 0, 1e6, 1)
    const { sample, target } = describeData(facts, samples, Float32Array.of(1, 2, 3, 6, 9), Int32Array.of(0, 1, 2, 3))
    expect(sample).toEqual([
      { count: 3, missing: 1, mean: 5, deviation: Math.sqrt(32 / 3), min: 1, max: 9, median: 5 },
      { count: 3, missing: 1, counts: [1, 0, 2] },
    ])
    expect(target).toEqual([{ count: 4, missing: 0, mean: 3, deviation: Math.sqrt(3.5), min: 1, max: 6, median: 2.5 }])
  })

  it('keep the digits of a column with values far from zero', () => {
    const facts: DataFacts = {
      sample: { dtype: 'float32', shape: [1], columns: [{ name: 'x', type: 'numeric' }] },
      target: { kind: 'numbers', size: 1, names: ['y'] },
    }
    const samples = Float32Array.of(16777214, 16777215, 16777216)
    const { sample } = describeData(facts, samples, new Float32Array(3), Int32Array.of(0, 1, 2))
    expect(sample[0]).toMatchObject({ mean: 16777215, deviation: Math.sqrt(2 / 3) })
  })
})
