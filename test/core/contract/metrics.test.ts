/** The contract of every metric: literal values, independent of batching, padding ignored. */
import { describe, expect, it } from 'vitest'
import { metrics, metricsFor } from '#core/metrics/index'
import type { MetricBatch, MetricDefinition } from '#core/metrics/metric'

const catalogue: readonly MetricDefinition[] = metrics

interface MetricCase {
  readonly name: string
  readonly predictions: number[]
  readonly targets: number[]
  readonly width: number
  readonly expected: number
}

const regression = { predictions: [2.5, 0, 2, 8], targets: [3, -0.5, 2, 7], width: 1 }

const cases: Record<string, readonly MetricCase[]> = {
  accuracy: [
    {
      name: 'three classes',
      predictions: [1, 5, 2, 9, 0, 1, 0, 0, 3, 1, 2, 0],
      targets: [1, 0, 2, 0],
      width: 3,
      expected: 0.75,
    },
    { name: 'a tie goes to the first class', predictions: [4, 4, 1, 1], targets: [0, 1], width: 2, expected: 0.5 },
    {
      name: 'one output says yes by its sign',
      predictions: [2, -1, 0.5, -3],
      targets: [1, 0, 0, 0],
      width: 1,
      expected: 0.75,
    },
  ],
  mae: [{ name: 'four numbers', ...regression, expected: 0.5 }],
  rmse: [{ name: 'four numbers', ...regression, expected: 0.6123724356957945 }],
  r2: [
    { name: 'four numbers', ...regression, expected: 0.9486081370449679 },
    { name: 'the mean of the targets', predictions: [2, 2, 2], targets: [1, 2, 3], width: 1, expected: 0 },
    { name: 'perfect', predictions: [1, 2, 3], targets: [1, 2, 3], width: 1, expected: 1 },
    {
      name: 'two outputs of different size are averaged output by output',
      predictions: [0.5, 1, -1, 1, 7, -5],
      targets: [1, 2, -1, 2, 7, -6],
      width: 2,
      expected: 0.9612379807692308,
    },
  ],
}

/** One batch of rows `from` to `to`, followed by two rows of padding that must not count. */
function batch(item: MetricCase, metric: MetricDefinition, from: number, to: number): MetricBatch {
  const perTarget = metric.task === 'classification' ? 1 : item.width
  const targets = [
    ...item.targets.slice(from * perTarget, to * perTarget),
    ...new Array<number>(2 * perTarget).fill(77),
  ]
  return {
    predictions: Float32Array.from([
      ...item.predictions.slice(from * item.width, to * item.width),
      ...new Array<number>(2 * item.width).fill(-50),
    ]),
    targets: metric.task === 'classification' ? Int32Array.from(targets) : Float32Array.from(targets),
    width: item.width,
    count: to - from,
  }
}

function measure(item: MetricCase, metric: MetricDefinition, cuts: readonly number[]): number {
  const accumulator = metric.accumulate()
  cuts.slice(1).forEach((to, i) => accumulator.add(batch(item, metric, cuts[i]!, to)))
  return accumulator.result()
}

for (const metric of catalogue)
  describe(metric.kind, () => {
    for (const item of cases[metric.kind] ?? []) {
      const rows = item.predictions.length / item.width
      it(`measures ${item.name}`, () => {
        expect(measure(item, metric, [0, rows])).toBeCloseTo(item.expected, 6)
      })
      it(`measures ${item.name} equally sample by sample`, () => {
        expect(
          measure(
            item,
            metric,
            Array.from({ length: rows + 1 }, (_, i) => i),
          ),
        ).toBeCloseTo(item.expected, 6)
      })
    }

    it('is NaN before the first sample', () => {
      expect(metric.accumulate().result()).toBeNaN()
    })
  })

describe('the metric catalog', () => {
  it('has cases for every metric', () => {
    expect(Object.keys(cases).sort()).toEqual(catalogue.map(({ kind }) => kind).sort())
  })

  it('offers each metric only for its own task', () => {
    for (const task of ['classification', 'regression'] as const)
      expect(metricsFor(task).map(({ kind }) => kind)).toEqual(
        catalogue.filter((metric) => metric.task === task).map(({ kind }) => kind),
      )
  })
})
