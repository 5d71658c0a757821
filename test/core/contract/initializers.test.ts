/** The contract of every initializer: its draws have the same statistics as PyTorch's. */
import { describe, expect, it } from 'vitest'
import { normal, uniform } from '#core/base/random'
import { initializers } from '#core/initializers/index'
import { fansOf, type InitializerDefinition } from '#core/initializers/initializer'
import { checkParams } from '#core/params/params'
import { goldenCases, goldenKinds, type GoldenCase } from '../../support/goldens'
import { expectMoments } from '../../support/moments'
import { describeParams } from './describeParams'

const catalogue: readonly InitializerDefinition[] = initializers
/** As many draws as for the golden statistics. */
const SEEDS = 200

function draws(initializer: InitializerDefinition, item: GoldenCase): Float64Array {
  const { shape, weightShape } = item.fields as { shape: number[]; weightShape: number[] }
  const count = shape.reduce((product, size) => product * size, 1)
  const values = new Float64Array(count * SEEDS)
  const { values: params } = checkParams(initializer.params, item.params, initializer.kind, {})
  for (let seed = 0; seed < SEEDS; seed++) {
    const draw = { uniform: (i: number) => uniform(seed, i), normal: (i: number) => normal(seed, i) }
    for (let i = 0; i < count; i++) values[seed * count + i] = initializer.value(i, fansOf(weightShape), draw, params)
  }
  return values
}

for (const initializer of catalogue)
  describe(initializer.kind, () => {
    describeParams(initializer)
    for (const item of goldenCases('initializers', initializer.kind))
      it(`draws numbers with PyTorch's statistics: ${item.name}`, () =>
        expectMoments(draws(initializer, item), item.get('statistics').data as Float64Array))
  })

describe('the initializer catalog', () => {
  it('has golden cases for every initializer, and no golden file without one', () => {
    expect(goldenKinds('initializers')).toEqual(catalogue.map(({ kind }) => kind).sort())
  })
})
