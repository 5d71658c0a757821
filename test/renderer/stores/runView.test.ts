/** What the screens derive from a run: its best epoch, and the extent of its charts. */
import { describe, expect, it } from 'vitest'
import { StepCurve } from '#core/runs/stepCurve'
import type { ResumePoint } from '#core/runs/events'
import { bestEpoch, shownEpochs, type RunView } from '../../../src-renderer/stores/runView'

/** A run of 9 steps per epoch; every epoch was better than the previous one. */
function viewOf(planned: number, done: number, end: object | null = null): RunView {
  const epochs = Array.from({ length: done }, (_, i) => ({ epoch: i + 1, step: 9 * (i + 1), best: true, train: {} }))
  const record = {
    plan: { epochs: planned, stepsPerEpoch: 9 },
    summary: { epochsPlanned: planned },
    epochs,
    steps: { step: [] },
    end,
  } as unknown as RunView['record']
  return { record, state: 'training', preparing: null, latest: null, curve: new StepCurve(undefined, 9) }
}

describe('the best epoch', () => {
  it('of a run in progress is the last that was better than all before', () => {
    expect(bestEpoch(viewOf(5, 3))?.epoch).toBe(3)
    expect(bestEpoch(viewOf(5, 0))).toBeNull()
  })

  it('of an interrupted run is the one whose weights were kept, as in the list of runs', () => {
    const bestOf = (checkpoint?: ResumePoint) =>
      bestEpoch(viewOf(5, 3, { event: 'error', ...(checkpoint && { checkpoint }) }))?.epoch
    expect(bestOf({ epoch: 3, step: 20, bestEpoch: 2 })).toBe(2)
    expect(bestOf({ epoch: 1, step: 4 }), 'cut off before an epoch was kept').toBeUndefined()
    expect(bestOf(), 'without a checkpoint').toBeUndefined()
  })
})

it('charts have space for all epochs of a short plan, and for at most twice the completed ones of a very long plan', () => {
  const plans = [
    [5, 1],
    [20, 3],
    [100_000, 1],
    [100_000, 21],
    [100_000, 41],
    [50, 45],
  ] as const
  expect(plans.map(([planned, done]) => shownEpochs(viewOf(planned, done)))).toEqual([5, 20, 20, 40, 80, 50])
})
