import { describe, expect, it } from 'vitest'
import type { ColumnFacts, DataFacts } from '#core/data/facts'
import { describeData } from '#core/data/statistics'
import { GraphBuilder } from '#core/onnx/builder'
import { tensor } from '#core/tensor/dtype'
import { preTransforms } from '#core/pretransforms/index'
import { fitPreprocess, lowerSample } from '#core/pretransforms/preprocess'
import { prepareSample } from '#core/pretransforms/prepareSample'
import { expectClose } from '../../support/expectClose'
import { runOnnx } from '../../support/runOnnx'

const target = { kind: 'numbers', size: 1, names: ['y'] } as const

/** Prepares every sample both ways: by the arithmetic, and by ONNX Runtime on the graph that models carry. */
async function compare(
  choices: Parameters<typeof fitPreprocess>[0],
  facts: DataFacts,
  samples: Uint8Array | Float32Array,
): Promise<void> {
  const { dtype, shape } = facts.sample
  const size = shape.reduce((a, b) => a * b, 1)
  const count = samples.length / size
  const every = Int32Array.from({ length: count }, (_, i) => i)
  const { preprocess } = fitPreprocess(choices, facts, describeData(facts, samples, Float32Array.from(every), every))
  const b = new GraphBuilder('preprocess')
  b.output(lowerSample(b, b.input('x', { dtype, shape: ['N', ...shape] }), preprocess), 'y')
  const { y } = await runOnnx(b.graph, { x: { dtype, shape: [count, ...shape], data: samples } })
  const prepared = [...every].flatMap((i) => [...prepareSample(preprocess, samples.slice(i * size, (i + 1) * size))])
  expectClose(tensor('float32', y!.shape, prepared), y!, { relative: 1e-6 })
}

describe('the pre-processing that is shown', () => {
  it('agrees with the graph on tables with missing cells and categories', async () => {
    const columns: ColumnFacts[] = [
      { name: 'mass', type: 'numeric', missing: 1 },
      { name: 'island', type: 'categorical', categories: ['a', 'b', 'c'], missing: 1 },
      { name: 'length', type: 'numeric' },
    ]
    const rows = Float32Array.of(3000, 0, 18, NaN, 2, 20, 4100, NaN, 19.5, 5000, 1, 23)
    const facts: DataFacts = { sample: { dtype: 'float32', shape: [3], columns }, target }
    await compare([{ kind: 'fill-missing' }, { kind: 'standardize' }, { kind: 'one-hot' }], facts, rows)
  })

  it('knows every step on samples', () => {
    const kinds = preTransforms.filter(({ on }) => on === 'sample').map(({ kind }) => kind)
    expect(kinds.toSorted()).toEqual(['fill-missing', 'one-hot', 'standardize'])
  })
})
