/** Every pre-transform of tables: its effect, and that the model does the same as the preparation. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ColumnFacts } from '#core/data/facts'
import { describeNumbers } from '#core/data/statistics'
import { printGraph } from '#core/onnx/print'
import { preTransforms } from '#core/pretransforms/index'
import { checkSteps, type PreTransformChoice } from '#core/pretransforms/preTransformList'
import { tensor } from '#core/tensor/dtype'
import { expectClose } from '../../support/expectClose'
import { applyAll, fitTable, problemOf, runTable, tableGraph, tableSample } from './fitTable'

const islands: ColumnFacts = { name: 'island', type: 'categorical', categories: ['A', 'B', 'C'], missing: 1 }
const penguins = tableSample([
  { name: 'mass', type: 'numeric', missing: 1 },
  islands,
  { name: 'length', type: 'numeric', missing: 1 },
  { name: 'sex', type: 'categorical', categories: ['f', 'm'] },
])
const rows = Float32Array.of(10, 0, NaN, 1, 30, 2, 5, 0, NaN, NaN, 9, 1)
const one = tableSample([{ name: 'x', type: 'numeric' }])

/** Settings for comparing every step with its ONNX form; a step without settings fails the test below. */
const settings: Readonly<Record<string, readonly PreTransformChoice[]>> = {
  'fill-missing': [
    { kind: 'fill-missing' },
    { kind: 'fill-missing', strategy: 'median', indicator: true },
    { kind: 'fill-missing', strategy: 'most-frequent', columns: ['island', 'mass'], indicator: true },
    { kind: 'fill-missing', strategy: 'constant', value: -7, columns: ['length'] },
  ],
  'clip-outliers': [
    { kind: 'clip-outliers' },
    { kind: 'clip-outliers', method: 'deviations', factor: 1 },
    { kind: 'clip-outliers', method: 'quantiles', quantiles: [0.1, 0.9], columns: ['mass'] },
  ],
  log: [{ kind: 'log' }, { kind: 'log', shift: 60, columns: ['length'] }],
  standardize: [{ kind: 'standardize' }, { kind: 'standardize', columns: ['mass'] }],
  'min-max': [{ kind: 'min-max' }, { kind: 'min-max', range: [-1, 1], columns: ['mass'] }],
  'one-hot': [{ kind: 'one-hot' }, { kind: 'one-hot', columns: ['sex'] }],
  ordinal: [{ kind: 'ordinal' }, { kind: 'ordinal', columns: ['island'] }],
  drop: [{ kind: 'drop', columns: ['island', 'mass'] }],
}

const anyRows = fc
  .array(
    fc.tuple(
      fc.option(fc.double({ min: 0, max: 1e6, noNaN: true }), { nil: NaN, freq: 4 }),
      fc.option(fc.integer({ min: 0, max: 2 }), { nil: NaN, freq: 4 }),
      fc.option(fc.integer({ min: -50, max: 50 }), { nil: NaN, freq: 4 }),
      fc.integer({ min: 0, max: 1 }),
    ),
    { minLength: 3, maxLength: 30 },
  )
  .filter((cells) => [0, 1, 2].every((c) => cells.some((row) => !Number.isNaN(row[c]!))))
  .map((cells) => Float32Array.from(cells.flat()))

describe('every table step', () => {
  it('is compared with its ONNX form here', () => {
    const kinds = preTransforms.filter(({ on }) => on === 'table').map(({ kind }) => kind)
    expect(Object.keys(settings).sort()).toEqual([...kinds].sort())
  })

  it.each(Object.values(settings).flat())('%j computes the same in a model as on disk', async (choice) => {
    const free = tableSample(penguins.columns!.map((column) => ({ ...column, missing: 0 })))
    await fc.assert(
      fc.asyncProperty(anyRows, anyRows, async (training, others) => {
        const { preprocess } = await fitTable([choice], free, training)
        const expected = applyAll(free, preprocess.sample, others)
        const received = await runTable(free, preprocess, others)
        expect(received.data.length).toBe(expected.length)
        for (let i = 0; i < expected.length; i++) {
          const [is, should] = [Number(received.data[i]), expected[i]!]
          if (Number.isNaN(should)) expect(is).toBeNaN()
          else expect(Math.abs(is - should)).toBeLessThanOrEqual(2e-6 * Math.max(1, Math.abs(should)))
        }
      }),
      { numRuns: 15 },
    )
  })
})

describe('float64 rows', () => {
  const wide = tableSample(
    penguins.columns!.map((column) => ({ ...column, missing: 0 })),
    'float64',
  )
  const width = wide.shape[0]!
  const offsets = (base: Float32Array) =>
    Float64Array.from(base, (value, i) => (wide.columns![i % width]!.type === 'numeric' ? 1.7e9 + 16 * value : value))

  it.each(Object.values(settings).flat())('%j computes the same in a model as on disk', async (choice) => {
    const after = choice.kind === 'standardize' ? [] : [{ kind: 'standardize' }]
    await fc.assert(
      fc.asyncProperty(anyRows, anyRows, async (training, others) => {
        const { preprocess } = await fitTable([choice, ...after], wide, offsets(training))
        const expected = applyAll(wide, preprocess.sample, offsets(others))
        const received = await runTable(wide, preprocess, offsets(others))
        expect(received.dtype).toBe('float32')
        const { mean, std } = preprocess.sample.at(-1)!.fitted as Record<'mean' | 'std', readonly number[]>
        for (let i = 0; i < expected.length; i++) {
          const [is, should] = [Number(received.data[i]), expected[i]!]
          // A logarithm may differ in its last bit in ONNX Runtime: that many deviations for a nearly constant column.
          const c = i % mean.length
          const lastBits = (4 * Number.EPSILON * Math.abs(mean[c]!)) / std[c]!
          if (Number.isNaN(should)) expect(is).toBeNaN()
          else expect(Math.abs(is - should)).toBeLessThanOrEqual(1e-5 * Math.max(1, Math.abs(should)) + lastBits)
        }
      }),
      { numRuns: 5 },
    )
  })
})

describe('offsets in float32', () => {
  const sample = tableSample([{ name: 'metres', type: 'numeric' }])
  /** Integer meters, exact in float32, around a mean that is not. */
  const metres = Float32Array.from({ length: 101 }, (_, i) => 5_819_300 + ((i * 37) % 101) + (i % 2))

  it.each([[{ kind: 'standardize' }], [{ kind: 'min-max' }]])('are subtracted without loss by %j', async (choice) => {
    const { preprocess } = await fitTable([choice], sample, metres)
    const expected = applyAll(sample, preprocess.sample, metres)
    const received = await runTable(sample, preprocess, metres)
    for (let i = 0; i < expected.length; i++)
      expect(Math.abs(Number(received.data[i]) - expected[i]!)).toBeLessThanOrEqual(1e-6)
  })
})

describe('min-max of a run from the first releases', () => {
  it('still computes x × scale + shift', async () => {
    const sample = tableSample([{ name: 'a', type: 'numeric' }])
    const { preprocess } = await fitTable([{ kind: 'min-max' }], sample, Float32Array.of(2, 6))
    const old = { ...preprocess, sample: [{ kind: 'min-max', fitted: { scale: [0.25], shift: [-0.5] } }] }
    expect([...applyAll(sample, old.sample, Float32Array.of(2, 4, 6))]).toEqual([0, 0.5, 1])
    expect([...(await runTable(sample, old, Float32Array.of(2, 4, 6))).data]).toEqual([0, 0.5, 1])
  })
})

describe('fill-missing', () => {
  it.each([
    [{ strategy: 'mean' }, [20, 7]],
    [{ strategy: 'median' }, [20, 7]],
    [{ strategy: 'constant', value: -1 }, [-1, -1]],
    [{}, [20, 7]],
  ])('fills numeric columns as given by %j and leaves the others', async (params, [mass, length]) => {
    const { preprocess } = await fitTable([{ kind: 'fill-missing', ...params }, { kind: 'one-hot' }], penguins, rows)
    const filled = applyAll(penguins, preprocess.sample.slice(0, 1), rows)
    expect([...filled]).toEqual([10, 0, length, 1, 30, 2, 5, 0, mass, NaN, 9, 1])
  })

  it('distinguishes mean, median and the most frequent value', async () => {
    const values = Float32Array.of(2, 2, 5, NaN, 9, 12)
    const fill = async (strategy: string) =>
      (await fitTable([{ kind: 'fill-missing', strategy }], one, values)).preprocess.sample[0]!.fitted.fill
    expect(await Promise.all(['mean', 'median', 'most-frequent'].map(fill))).toEqual([[6], [5], [2]])
  })

  it('fills a named category with the most frequent one, and marks where it did', async () => {
    const choice = { kind: 'fill-missing', strategy: 'most-frequent', columns: ['island'], indicator: true }
    const sample = tableSample([islands])
    const { preprocess, columns } = await fitTable([choice], sample, Float32Array.of(2, 2, NaN, 0))
    expect(columns.map(({ name, type }) => [name, type])).toEqual([
      ['island', 'categorical'],
      ['island missing', 'indicator'],
    ])
    expect([...applyAll(sample, preprocess.sample, Float32Array.of(NaN, 1))]).toEqual([2, 1, 1, 0])
  })

  it('fills cells in prediction that were never missing in training', async () => {
    const { preprocess } = await fitTable([{ kind: 'fill-missing' }], one, Float32Array.of(1, 3))
    expect(preprocess.acceptsMissing).toEqual([true])
    expect((await runTable(one, preprocess, Float32Array.of(NaN))).data).toEqual(Float32Array.of(2))
  })

  it('rejects a mean of no values, but fills with a constant', async () => {
    const nothing = Float32Array.of(NaN, NaN)
    expect(await problemOf(() => fitTable([{ kind: 'fill-missing' }], one, nothing))).toMatchObject({
      code: 'data-preprocess',
      place: { column: 'x' },
    })
    const constant = { kind: 'fill-missing', strategy: 'constant', value: 3 }
    const { preprocess } = await fitTable([constant], one, nothing)
    expect(preprocess.sample[0]!.fitted.fill).toEqual([3])
  })
})

describe('clip-outliers', () => {
  const values = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 1000)

  it.each([
    [{}, [-3, 13]],
    [{ method: 'quantiles', quantiles: [0.25, 0.75] }, [3, 7]],
    [{ method: 'deviations', factor: 0 }, [1036 / 9, 1036 / 9]],
  ])('has limits by %j', async (params, [low, high]) => {
    const { preprocess } = await fitTable([{ kind: 'clip-outliers', ...params }], one, values)
    const { fitted } = preprocess.sample[0]!
    expect(fitted.low![0]).toBeCloseTo(low!, 9)
    expect(fitted.high![0]).toBeCloseTo(high!, 9)
  })

  it('clips values outside to the limit and keeps missing ones', async () => {
    const { preprocess } = await fitTable([{ kind: 'clip-outliers' }], one, values)
    expect([...applyAll(one, preprocess.sample, Float32Array.of(-100, 5, 100, NaN))]).toEqual([-3, 5, 13, NaN])
  })
})

describe('log', () => {
  it('computes ln(x + shift), and raises new values that are too small to the smallest valid one', async () => {
    const { preprocess } = await fitTable([{ kind: 'log' }], one, Float32Array.of(0, 9))
    expect([...applyAll(one, preprocess.sample, Float32Array.of(0, Math.E - 1, -5))]).toEqual([
      0,
      expect.closeTo(1, 6),
      expect.closeTo(Math.log(1e-6), 4),
    ])
  })

  it('leaves out columns whose values are not valid for it, and rejects them if they are named', async () => {
    const values = Float32Array.of(-3, 4)
    expect((await fitTable([{ kind: 'log' }], one, values)).preprocess.sample[0]!.fitted.shift).toEqual([null])
    expect(await problemOf(() => fitTable([{ kind: 'log', columns: ['x'] }], one, values))).toMatchObject({
      code: 'data-preprocess',
      place: { column: 'x' },
      received: 'a smallest value of -3 in the training split',
    })
  })
})

describe('one-hot and ordinal', () => {
  it('expands each categorical column in place; a missing category is zero everywhere', async () => {
    const { preprocess } = await fitTable([{ kind: 'fill-missing' }, { kind: 'one-hot' }], penguins, rows)
    expect(preprocess.columns).toEqual(['mass', 'island=A', 'island=B', 'island=C', 'length', 'sex=f', 'sex=m'])
    const { data } = await runTable(penguins, preprocess, rows)
    expect([...(data as Float32Array)]).toEqual([10, 1, 0, 0, 7, 0, 1, 30, 0, 0, 1, 5, 1, 0, 20, 0, 0, 0, 9, 0, 1])
  })

  it('works on tables with only categories and leaves tables of numbers unchanged', async () => {
    const { preprocess } = await fitTable([{ kind: 'one-hot' }], tableSample([islands]), Float32Array.of(2, NaN, 0))
    const { data } = await runTable(tableSample([islands]), preprocess, Float32Array.of(2, NaN, 0))
    expect([...(data as Float32Array)]).toEqual([0, 0, 1, 0, 0, 0, 1, 0, 0])
    expect((await fitTable([{ kind: 'one-hot' }], one, Float32Array.of(5))).preprocess.columns).toEqual(['x'])
  })

  it('converts ordered categories to numbers, so that they can be standardized', async () => {
    const sample = tableSample([{ ...islands, missing: 0 }])
    const steps = [{ kind: 'ordinal' }, { kind: 'standardize' }]
    const { preprocess, notes } = await fitTable(steps, sample, Float32Array.of(0, 2))
    expect([...applyAll(sample, preprocess.sample, Float32Array.of(0, 1, 2))]).toEqual([-1, 0, 1])
    expect(notes).toEqual([])
  })
})

describe('standardize and min-max', () => {
  it('gives numeric columns mean 0 and deviation 1 after the previous steps, and leaves indicators', async () => {
    const steps = [
      { kind: 'fill-missing', strategy: 'constant', value: 50 },
      { kind: 'one-hot' },
      { kind: 'standardize' },
    ]
    const { preprocess } = await fitTable(steps, penguins, rows)
    const { data } = await runTable(penguins, preprocess, rows)
    const column = (c: number) => describeNumbers(Float64Array.from([0, 1, 2], (row) => Number(data[row * 7 + c])))
    expect(column(0)).toMatchObject({ mean: expect.closeTo(0, 6), deviation: expect.closeTo(1, 6) })
    expect(column(4)).toMatchObject({ mean: expect.closeTo(0, 6), deviation: expect.closeTo(1, 6) })
    expect(column(3)).toMatchObject({ min: 0, max: 1 })
  })

  it('only shifts a constant column, even if its mean is rounded', async () => {
    const { preprocess } = await fitTable([{ kind: 'standardize' }], one, new Float32Array(10).fill(0.1))
    const { data } = await runTable(one, preprocess, Float32Array.of(0.1, 0.3))
    expect([...(data as Float32Array)]).toEqual([expect.closeTo(0, 6), expect.closeTo(0.2, 6)])
  })

  it('scales from the minimum and maximum in training to a range', async () => {
    const { preprocess } = await fitTable([{ kind: 'min-max', range: [-1, 1] }], one, Float32Array.of(10, 30))
    expect([...applyAll(one, preprocess.sample, Float32Array.of(10, 20, 30, 40))]).toEqual([-1, 0, 1, 2])
  })
})

describe('the list of pre-transforms', () => {
  it('warns about categories that enter as numbers', async () => {
    const { notes } = await fitTable([], tableSample([{ ...islands, missing: 0 }]), Float32Array.of(0, 1))
    expect(notes[0]).toMatchObject({ severity: 'warning', place: { column: 'island' } })
  })

  it('rejects missing cells that no step handles', async () => {
    expect(await problemOf(() => fitTable([{ kind: 'one-hot' }], penguins, rows))).toMatchObject({
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
    ['a column that is not there', [{ kind: 'drop', columns: ['bill'] }], 'data.preprocess.drop.columns'],
    ['a column of another type', [{ kind: 'log', columns: ['sex'] }], 'data.preprocess.log.columns'],
    [
      'dropping everything',
      [{ kind: 'drop', columns: ['mass', 'island', 'length', 'sex'] }],
      'data.preprocess.drop.columns',
    ],
  ])('rejects %s and names its place', async (_, choices, param) => {
    expect(await problemOf(() => fitTable(choices, penguins, rows))).toMatchObject({
      code: 'data-preprocess',
      place: { param },
    })
  })

  it('lists every step that does not apply', async () => {
    const choices = [{ kind: 'resize' }, { kind: 'one-hot' }, { kind: 'pad' }]
    const problem = await problemOf(() => checkSteps(choices, 'table', 'classes'))
    expect(problem).toMatchObject({ message: 'resize works on images.', fix: 'Remove resize.' })
    expect(await problemOf(() => checkSteps([{ kind: 'one-hot' }], 'image', 'classes'))).toMatchObject({
      received: 'one-hot on images',
    })
    expect(await problemOf(() => checkSteps([{ kind: 'log-target' }], 'table', 'classes'))).toMatchObject({
      received: 'a classification',
    })
  })

  it('accepts a step twice on different columns', async () => {
    const steps = [
      { kind: 'fill-missing' },
      { kind: 'one-hot' },
      { kind: 'log', columns: ['mass'] },
      { kind: 'log', shift: 2, columns: ['length'] },
    ]
    expect((await fitTable(steps, penguins, rows)).preprocess.sample).toHaveLength(4)
  })

  it('skips a disabled step, even if it is invalid', async () => {
    const steps = [
      { kind: 'fill-missing' },
      { kind: 'one-hot', columns: ['nothing'], enabled: false },
      { kind: 'one-hot', enabled: true },
      { kind: 'log', enabled: false },
    ]
    const { preprocess } = await fitTable(steps, penguins, rows)
    expect(preprocess.sample.map(({ kind }) => kind)).toEqual(['fill-missing', 'one-hot'])
  })

  it('prints few operators, all supported by every GPU provider', async () => {
    const { preprocess } = await fitTable(
      [{ kind: 'fill-missing' }, { kind: 'standardize' }, { kind: 'one-hot' }],
      penguins,
      rows,
    )
    const graph = tableGraph(penguins, preprocess)
    expect(graph.nodes.map(({ op }) => op)).toEqual([
      ...['Abs', 'Less', 'Where', 'Sub', 'Div', 'Gather', 'Equal', 'Cast', 'Where', 'Identity'],
    ])
    expect(printGraph(graph)).toContain('preprocess')
  })

  it('returns exactly the rows that a model computes, concatenated', async () => {
    const steps = [{ kind: 'fill-missing', indicator: true }, { kind: 'clip-outliers' }, { kind: 'one-hot' }]
    const { preprocess } = await fitTable(steps, penguins, rows)
    const expected = tensor('float32', [3, preprocess.shape[0]!], applyAll(penguins, preprocess.sample, rows))
    expectClose(await runTable(penguins, preprocess, rows), expected, { relative: 1e-6 })
  })
})
