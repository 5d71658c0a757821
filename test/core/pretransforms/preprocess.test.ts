import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ColumnFacts, DataFacts } from '#core/data/facts'
import { describeData, describeNumbers } from '#core/data/statistics'
import { GraphBuilder } from '#core/onnx/builder'
import { printGraph } from '#core/onnx/print'
import { ProblemError, type Problem } from '#core/problems/problem'
import { tensor, type Tensor } from '#core/tensor/dtype'
import { preTransforms } from '#core/pretransforms/index'
import {
  fitPreprocess,
  lowerSample,
  lowerTarget,
  restoreTarget,
  type FittedPreprocess,
} from '#core/pretransforms/preprocess'
import type { SampleTransform } from '#core/pretransforms/preTransform'
import { expectClose } from '../../support/expectClose'
import { runOnnx } from '../../support/runOnnx'

const regression = { kind: 'numbers', size: 1, names: ['y'] } as const

function tableFacts(columns: readonly ColumnFacts[]): DataFacts {
  return { sample: { dtype: 'float32', shape: [columns.length], columns }, target: regression }
}

function imageFacts(shape: readonly number[]): DataFacts {
  return { sample: { dtype: 'uint8', shape }, target: regression }
}

/** Fits on all of `samples`. */
function fit(choices: Parameters<typeof fitPreprocess>[0], facts: DataFacts, samples: Uint8Array | Float32Array) {
  const count = samples.length / facts.sample.shape.reduce((a, b) => a * b, 1)
  const every = Int32Array.from({ length: count }, (_, i) => i)
  return fitPreprocess(choices, facts, describeData(facts, samples, Float32Array.from(every), every))
}

function problemOf(action: () => unknown): Problem {
  try {
    action()
  } catch (error) {
    if (error instanceof ProblemError) return error.problems[0]!
    throw error
  }
  throw new Error('expected a problem, but nothing was wrong')
}

function sampleGraph(facts: DataFacts, preprocess: FittedPreprocess) {
  const b = new GraphBuilder('preprocess')
  const { dtype, shape } = facts.sample
  // As the run stores it, so that what is lost in JSON is lost here too.
  const stored = JSON.parse(JSON.stringify(preprocess)) as FittedPreprocess
  b.output(lowerSample(b, b.input('x', { dtype, shape: ['N', ...shape] }), stored), 'y')
  return b.graph
}

async function apply(
  facts: DataFacts,
  preprocess: FittedPreprocess,
  samples: Uint8Array | Float32Array,
): Promise<Tensor> {
  const { dtype, shape } = facts.sample
  const count = samples.length / shape.reduce((a, b) => a * b, 1)
  const graph = sampleGraph(facts, preprocess)
  const { y } = await runOnnx(graph, { x: { dtype, shape: [count, ...shape], data: samples } })
  expect(graph.outputs[0]!.type).toEqual({ dtype: 'float32', shape: ['N', ...preprocess.shape] })
  return y!
}

const islands: ColumnFacts = { name: 'island', type: 'categorical', categories: ['A', 'B', 'C'], missing: 1 }
const penguins = tableFacts([
  { name: 'mass', type: 'numeric', missing: 1 },
  islands,
  { name: 'length', type: 'numeric', missing: 1 },
  { name: 'sex', type: 'categorical', categories: ['f', 'm'] },
])
const rows = Float32Array.of(10, 0, NaN, 1, 30, 2, 5, 0, NaN, NaN, 9, 1)

describe('fill-missing', () => {
  it.each([
    [{ strategy: 'mean' }, [20, 7]],
    [{ strategy: 'median' }, [20, 7]],
    [{ strategy: 'constant', value: -1 }, [-1, -1]],
    [{}, [20, 7]],
  ])('puts what %j says into numeric columns and leaves the others', async (params, [mass, length]) => {
    const choices = [{ kind: 'fill-missing', ...params }]
    const { preprocess } = fit([...choices, { kind: 'one-hot' }], penguins, rows)
    const filled = await apply(penguins, { ...preprocess, sample: preprocess.sample.slice(0, 1), shape: [4] }, rows)
    expect([...(filled.data as Float32Array)]).toEqual([10, 0, length, 1, 30, 2, 5, 0, mass, NaN, 9, 1])
  })

  it('takes mean and median apart', () => {
    const facts = tableFacts([{ name: 'x', type: 'numeric', missing: 1 }])
    const values = Float32Array.of(1, 2, NaN, 9)
    const fill = (strategy: string) =>
      fit([{ kind: 'fill-missing', strategy }], facts, values).preprocess.sample[0]!.fitted.fill
    expect([fill('mean'), fill('median')]).toEqual([[4], [2]])
  })

  it('fills at prediction what was never missing in training', async () => {
    const facts = tableFacts([{ name: 'x', type: 'numeric', missing: 0 }])
    const { preprocess } = fit([{ kind: 'fill-missing' }], facts, Float32Array.of(1, 3))
    expect(preprocess.acceptsMissing).toEqual([true])
    expect((await apply(facts, preprocess, Float32Array.of(NaN))).data).toEqual(Float32Array.of(2))
  })

  it('refuses a mean of nothing, but fills by a constant', () => {
    const facts = tableFacts([{ name: 'x', type: 'numeric', missing: 2 }])
    const nothing = Float32Array.of(NaN, NaN)
    expect(problemOf(() => fit([{ kind: 'fill-missing' }], facts, nothing))).toMatchObject({
      code: 'data-preprocess',
      place: { column: 'x' },
    })
    const { preprocess } = fit([{ kind: 'fill-missing', strategy: 'constant', value: 3 }], facts, nothing)
    expect(preprocess.sample[0]!.fitted).toEqual({ fill: [3] })
  })
})

describe('one-hot', () => {
  it('expands each categorical column where it stands; a missing category is zero everywhere', async () => {
    const { preprocess } = fit([{ kind: 'fill-missing' }, { kind: 'one-hot' }], penguins, rows)
    expect(preprocess.columns).toEqual(['mass', 'island=A', 'island=B', 'island=C', 'length', 'sex=f', 'sex=m'])
    const { data } = await apply(penguins, preprocess, rows)
    expect([...(data as Float32Array)]).toEqual([10, 1, 0, 0, 7, 0, 1, 30, 0, 0, 1, 5, 1, 0, 20, 0, 0, 0, 9, 0, 1])
  })

  it('works on tables of categories alone and leaves tables of numbers as they are', async () => {
    const categories = tableFacts([islands])
    const { preprocess } = fit([{ kind: 'one-hot' }], categories, Float32Array.of(2, NaN, 0))
    expect([...((await apply(categories, preprocess, Float32Array.of(2, NaN, 0))).data as Float32Array)]).toEqual([
      0, 0, 1, 0, 0, 0, 1, 0, 0,
    ])
    const numbers = tableFacts([{ name: 'x', type: 'numeric' }])
    expect(fit([{ kind: 'one-hot' }], numbers, Float32Array.of(5)).preprocess.columns).toEqual(['x'])
  })
})

describe('standardize', () => {
  it('gives numeric columns mean 0 and deviation 1 after what stands before it, and leaves indicators', async () => {
    const steps = [
      { kind: 'fill-missing', strategy: 'constant', value: 50 },
      { kind: 'one-hot' },
      { kind: 'standardize' },
    ]
    const { preprocess } = fit(steps, penguins, rows)
    const { data } = await apply(penguins, preprocess, rows)
    const column = (c: number) => describeNumbers(Float64Array.from([0, 1, 2], (row) => Number(data[row * 7 + c])))
    expect(column(0)).toMatchObject({ mean: expect.closeTo(0, 6), deviation: expect.closeTo(1, 6) })
    expect(column(4)).toMatchObject({ mean: expect.closeTo(0, 6), deviation: expect.closeTo(1, 6) })
    expect(column(3)).toMatchObject({ min: 0, max: 1 })
  })
})

describe('a column that never changes', () => {
  it('is only shifted, even where its mean is rounded', async () => {
    const facts = tableFacts([{ name: 'x', type: 'numeric' }])
    const { preprocess } = fit([{ kind: 'standardize' }], facts, new Float32Array(10).fill(0.1))
    const { data } = await apply(facts, preprocess, Float32Array.of(0.1, 0.3))
    expect([...(data as Float32Array)]).toEqual([expect.closeTo(0, 6), expect.closeTo(0.2, 6)])
  })
})

describe('standardize-target', () => {
  it('is undone by its inverse inside the graph', async () => {
    const facts = tableFacts([{ name: 'x', type: 'numeric' }])
    const targets = Float32Array.of(3, 5, 10)
    const every = Int32Array.of(0, 1, 2)
    const statistics = describeData(facts, Float32Array.of(1, 2, 3), targets, every)
    const { preprocess } = fitPreprocess([{ kind: 'standardize-target' }], facts, statistics)
    const b = new GraphBuilder('target')
    const learnt = lowerTarget(b, b.input('t', { dtype: 'float32', shape: ['N', 1] }), preprocess)
    b.output(restoreTarget(b, learnt, preprocess), 'restored')
    b.output(learnt, 'learnt')
    const { learnt: z, restored } = await runOnnx(b.graph, { t: tensor('float32', [3, 1], targets) })
    expect(describeNumbers(Float64Array.from(z!.data as Float32Array))).toMatchObject({
      mean: expect.closeTo(0, 6),
      deviation: expect.closeTo(1, 6),
    })
    expectClose(restored!, tensor('float32', [3, 1], targets), { relative: 1e-6 })
  })

  it('refuses classes', () => {
    const facts: DataFacts = { ...penguins, target: { kind: 'classes', classes: ['a', 'b'] } }
    const every = Int32Array.of(0, 1, 2)
    const statistics = describeData(facts, rows, Int32Array.of(0, 1, 0), every)
    expect(problemOf(() => fitPreprocess([{ kind: 'standardize-target' }], facts, statistics)).code).toBe(
      'data-preprocess',
    )
  })
})

describe('the list of pre-transforms', () => {
  it('leaves the bytes of images to the transforms', () => {
    const facts = imageFacts([1, 1, 2])
    const { preprocess, notes } = fit([], facts, Uint8Array.of(7, 255))
    expect(notes).toEqual([])
    const graph = sampleGraph(facts, preprocess)
    expect(graph.outputs[0]!.type).toEqual({ dtype: 'uint8', shape: ['N', 1, 1, 2] })
  })

  it('warns of categories that enter as numbers', () => {
    const facts = tableFacts([{ ...islands, missing: 0 }])
    expect(fit([], facts, Float32Array.of(0, 1)).notes[0]).toMatchObject({
      severity: 'warning',
      place: { column: 'island' },
    })
  })

  it('refuses missing cells that no step takes care of', () => {
    expect(problemOf(() => fit([{ kind: 'one-hot' }], penguins, rows))).toMatchObject({
      code: 'data-preprocess',
      place: { column: 'mass' },
      received: '1 missing in mass, 1 missing in length',
    })
  })

  it.each([
    ['an unknown step', [{ kind: 'normalise' }], 'data.preprocess.0.kind'],
    ['a step twice', [{ kind: 'fill-missing' }, { kind: 'one-hot' }, { kind: 'fill-missing' }], 'data.preprocess.2'],
    ['an unknown parameter', [{ kind: 'fill-missing', how: 'mean' }], 'data.preprocess.0.how'],
    ['an unknown strategy', [{ kind: 'fill-missing', strategy: 'mode' }], 'data.preprocess.0.strategy'],
  ])('refuses %s and names its place', (_, choices, param) => {
    expect(problemOf(() => fit(choices, penguins, rows))).toMatchObject({ code: 'data-preprocess', place: { param } })
  })

  it.each(['fill-missing', 'standardize', 'one-hot'])('refuses %s on images', (kind) => {
    expect(problemOf(() => fit([{ kind }], imageFacts([1, 1, 1]), Uint8Array.of(1)))).toMatchObject({
      code: 'data-preprocess',
      fix: `Remove ${kind}; for images use the transform normalize.`,
    })
  })

  it('says after every step what a second look at the data would find', async () => {
    const table = fc.array(
      fc.tuple(
        fc.option(fc.integer({ min: -50, max: 50 }), { nil: NaN, freq: 3 }),
        fc.option(fc.integer({ min: 0, max: 2 }), { nil: NaN, freq: 3 }),
      ),
      { minLength: 3, maxLength: 20 },
    )
    const order = fc.shuffledSubarray(['fill-missing', 'standardize', 'one-hot'], { minLength: 3 })
    const facts = tableFacts([{ name: 'x', type: 'numeric', missing: 1 }, islands])
    await fc.assert(
      fc.asyncProperty(table, order, fc.constantFrom('mean', 'median', 'constant'), async (cells, kinds, strategy) => {
        fc.pre(cells.some(([x]) => !Number.isNaN(x)))
        const samples = Float32Array.from(cells.flat())
        const choices = kinds.map((kind) => (kind === 'fill-missing' ? { kind, strategy } : { kind }))
        const { preprocess } = fit(choices, facts, samples)
        const { data } = await apply(facts, preprocess, samples)
        const statistics = resultStatistics(facts, samples, preprocess)
        statistics.forEach((expected, c) => {
          const found = describeNumbers(Float64Array.from(cells, (_, row) => Number(data[row * statistics.length + c])))
          expect(found.missing).toBe(expected.missing)
          expect(found.mean).toBeCloseTo(expected.mean, 3)
          expect(found.deviation).toBeCloseTo(expected.deviation, 3)
        })
      }),
      { numRuns: 60 },
    )
  })

  it('prints as few operators that every GPU provider has', () => {
    const { preprocess } = fit([{ kind: 'fill-missing' }, { kind: 'standardize' }, { kind: 'one-hot' }], penguins, rows)
    const graph = sampleGraph(penguins, preprocess)
    expect(graph.nodes.map(({ op }) => op)).toEqual([
      'Abs',
      'Less',
      'Where',
      'Sub',
      'Div',
      'Gather',
      'Equal',
      'Cast',
      'Where',
      'Identity',
    ])
    expect(printGraph(graph)).toContain('preprocess')
  })
})

/** Runs the definitions' own account of columns along the fitted steps. */
function resultStatistics(facts: DataFacts, samples: Float32Array, preprocess: FittedPreprocess) {
  const every = Int32Array.from({ length: samples.length / 2 }, (_, i) => i)
  const statistics = describeData(facts, samples, Float32Array.from(every), every)
  let sample: Parameters<SampleTransform['result']>[0] = {
    dtype: 'float32',
    shape: facts.sample.shape,
    columns: facts.sample.columns!.map((column, source) => ({
      ...column,
      source,
      passesMissing: true,
      statistics: statistics.sample[source]!,
    })),
  }
  for (const { kind, fitted } of preprocess.sample) {
    const definition = preTransforms.find((item) => item.kind === kind) as unknown as SampleTransform
    sample = definition.result(sample, fitted)
  }
  return sample.columns!.map(({ statistics: of }) => of as { missing: number; mean: number; deviation: number })
}
