import { expect, it } from 'vitest'
import type { EpochEvent, PlanEvent } from '#core/runs/events'
import { bestFigures } from '../../../src-renderer/run/bestFigures'
import { StepCurve } from '#core/runs/stepCurve'
import type { RunView } from '../../../src-renderer/stores/runView'

function viewOf(task: 'classification' | 'regression', epoch: Partial<EpochEvent>, unit?: string): RunView {
  const metrics = task === 'classification' ? ['accuracy'] : ['mae', 'rmse', 'r2']
  const record = {
    plan: { metrics, ...(unit !== undefined && { unit }) } as unknown as PlanEvent,
    epochs: [{ epoch: 3, best: true, train: {}, ...epoch }],
    summary: { task },
    end: null,
    test: null,
  } as unknown as RunView['record']
  return { record, state: 'completed', preparing: null, latest: null, curve: new StepCurve(undefined, 1) }
}

it('the gap compares figures measured in the same way, not the mean of an epoch with augmentation', () => {
  // Figures of a real first epoch with augmentation: the mean is far below that of the weights at its end.
  const { columns, rows, gap } = bestFigures(
    viewOf('classification', {
      train: { loss: 0.45, accuracy: 0.8616 },
      validation: { loss: 0.17, accuracy: 0.9468 },
      trainingSet: { loss: 0.14, accuracy: 0.9575 },
    }),
  )!
  expect(columns).toEqual(['validation', 'trainingSet'])
  expect(rows.map(({ kind, values }) => [kind, ...values])).toEqual([
    ['loss', 0.17, 0.14],
    ['accuracy', 0.9468, 0.9575],
  ])
  expect(gap).toMatchObject({ kind: 'accuracy', unit: undefined })
  expect(gap!.value).toBeCloseTo(0.0107, 10)
})

it('the gap of equal figures is 0, not −0', () => {
  const figures = { loss: 0.01, accuracy: 1 }
  const { gap } = bestFigures(viewOf('classification', { validation: figures, trainingSet: figures }))!
  expect(gap!.value).toBe(0)
})

it('errors have their unit, and their gap is the excess of the validation error', () => {
  const { rows, gap } = bestFigures(
    viewOf(
      'regression',
      { validation: { loss: 9, mae: 2.5, r2: 0.8 }, trainingSet: { loss: 8, mae: 2, r2: 0.9 } },
      'mpg',
    ),
  )!
  expect(rows.map(({ kind, unit }) => [kind, unit])).toEqual([
    ['loss', undefined],
    ['mae', 'mpg'],
    ['r2', undefined],
  ])
  expect(gap).toEqual({ kind: 'mae', unit: 'mpg', value: 0.5 })
})

it('a run without validation shows the mean of its epoch, and no gap', () => {
  const { columns, gap } = bestFigures(viewOf('classification', { train: { loss: 0.5, accuracy: 0.8 } }))!
  expect([columns, gap]).toEqual([['train'], null])
})
