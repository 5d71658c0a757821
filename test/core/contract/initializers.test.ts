/** The contract of every initialiser: the statistics of its draws are those of PyTorch's. */
import { describe, expect, it } from 'vitest'
import { normal, uniform } from '#core/base/random'
import { initializers } from '#core/initializers/index'
import { fansOf, type InitializerDefinition } from '#core/initializers/initializer'
import { checkParams } from '#core/params/params'
import { goldenCases, goldenKinds, type GoldenCase } from '../../support/goldens'
import { describeParams } from './describeParams'

const catalogue: readonly InitializerDefinition[] = initializers
/** As many draws as the golden statistics were made from. */
const SEEDS = 200

function draws(initializer: InitializerDefinition, item: GoldenCase): Float64Array {
  const { shape, weightShape } = item.fields as { shape: number[]; weightShape: number[] }
  const count = shape.reduce((product, size) => product * size, 1)
  const values = new Float64Array(count * SEEDS)
  const { values: params } = checkParams(initializer.params, item.params, initializer.kind, {})
  for (let seed = 0; seed < SEEDS; seed++) {
    const draw = { uniform: (i: number) => uniform(seed, i), normal: (i: number) => normal(seed, i) }
    for (let i = 0; i < count; i++)
      values[seed * count + i] = initializer.value(i, fansOf(weightShape), draw, params)
  }
  return values
}

function statistics(values: Float64Array) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const moment = (power: number) => values.reduce((sum, value) => sum + (value - mean) ** power, 0) / values.length
  const deviation = Math.sqrt(moment(2))
  const extreme = (f: (a: number, b: number) => number) => values.reduce((a, b) => f(a, b))
  return {
    minimum: extreme(Math.min),
    maximum: extreme(Math.max),
    mean,
    deviation,
    kurtosis: deviation === 0 ? 0 : moment(4) / deviation ** 4,
  }
}

function checkCase(initializer: InitializerDefinition, item: GoldenCase): void {
  const values = draws(initializer, item)
  const ours = statistics(values)
  const [minimum, maximum, mean, deviation, kurtosis] = item.get('statistics').data as Float64Array
  const scale = deviation! || 1
  // Five standard errors of a mean and of a deviation, for both samples together.
  const error = (5 * Math.SQRT2 * scale) / Math.sqrt(values.length)
  expect(Math.abs(ours.mean - mean!)).toBeLessThanOrEqual(deviation === 0 ? 0 : error)
  expect(Math.abs(ours.deviation - deviation!)).toBeLessThanOrEqual(deviation === 0 ? 0 : error)
  expect(Math.abs(ours.kurtosis - kurtosis!)).toBeLessThanOrEqual(0.1)
  // Uniform draws end at their bound; the ends of normal ones vary from sample to sample.
  const room = kurtosis! > 2 ? scale : 0.01 * scale
  expect(Math.abs(ours.minimum - minimum!)).toBeLessThanOrEqual(room)
  expect(Math.abs(ours.maximum - maximum!)).toBeLessThanOrEqual(room)
}

for (const initializer of catalogue)
  describe(initializer.kind, () => {
    describeParams(initializer)
    for (const item of goldenCases('initializers', initializer.kind))
      it(`draws numbers with PyTorch's statistics: ${item.name}`, () => checkCase(initializer, item))
  })

describe('the initialiser catalogue', () => {
  it('has golden cases for every initialiser, and no golden file without one', () => {
    expect(goldenKinds('initializers')).toEqual(catalogue.map(({ kind }) => kind).sort())
  })
})
