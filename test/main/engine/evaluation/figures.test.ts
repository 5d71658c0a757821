/** The figures a run reports while training: one value per name, for all readers at all times. */
import { describe, expect, it } from 'vitest'
import type { PlanEvent, StepEvent } from '#core/runs/events'
import { measuredSamples } from '#core/runs/measuredSamples'
import { RunLibrary } from '../../../../src-main/training/runLibrary'
import { applyUpdate, newestTraining, stepPoints, viewOf, type RunView } from '../../../../src-renderer/stores/runView'
import { dirname, basename } from 'node:path'
import { insertAfter, newRun, sampleProject, train } from '../training/trainHere'

const NO_CHANGE = 1e-30

describe('figures of an epoch', () => {
  it('on the training set are measured like the validation figures: no dropout, no earlier batches', async () => {
    // Constant weights: any difference between two epochs comes from the measurement.
    const project = insertAfter(sampleProject('penguins', { epochs: 2, learningRate: NO_CHANGE }), 'relu1', 'dropout')
    const { epochs } = await train(newRun(project))
    const [first, second] = epochs
    expect(second!.validation).toEqual(first!.validation)
    expect(second!.trainingSet).toEqual(first!.trainingSet)
    expect(second!.train.loss).not.toBe(first!.train.loss)
    expect(Object.keys(first!.trainingSet!)).toEqual(Object.keys(first!.validation!))
  })

  it('on the training set use as many samples as the validation has, always the same ones', () => {
    const train = Int32Array.from({ length: 50 }, (_, i) => 2 * i)
    const samples = measuredSamples(train, new Int32Array(7), 3)
    expect(samples.length).toBe(7)
    expect(new Set(samples).size).toBe(7)
    expect(samples.every((sample) => sample % 2 === 0)).toBe(true)
    expect(measuredSamples(train, new Int32Array(7), 3)).toEqual(samples)
    expect(measuredSamples(train, new Int32Array(90), 3)).toEqual(train)
    expect(measuredSamples(new Int32Array(90_000), new Int32Array(9000), 3).length).toBe(2000)
  })

  it('are already reported by the step before them, and the metric for every step', async () => {
    const { events } = await train(newRun(sampleProject('penguins', { epochs: 3 })))
    const { samples } = events.find(({ event }) => event === 'start') as PlanEvent
    const told = events.filter(({ event }) => event === 'step' || event === 'epoch')
    let metrics: number[] = []
    for (const [at, event] of told.entries()) {
      if (event.event === 'step') {
        expect(event.metrics).toHaveLength(event.losses.length)
        metrics.push(...event.metrics!)
      } else if (event.event === 'epoch') {
        const before = told[at - 1] as StepEvent
        expect([before.epoch, before.step, before.train]).toEqual([event.epoch, event.step, event.train])
        // Seven batches, the last one short.
        const sizes = [32, 32, 32, 32, 32, 32, samples.train - 6 * 32]
        expect(metrics).toHaveLength(sizes.length)
        const right = metrics.reduce((sum, metric, i) => sum + metric * sizes[i]!, 0)
        expect(right / samples.train).toBeCloseTo(event.train.accuracy!, 5)
        metrics = []
      }
    }
  })

  it('add up to the wall-clock time of the run', async () => {
    const { epochs, finished } = await train(newRun(sampleProject('penguins', { epochs: 5 })))
    const together = epochs.reduce((sum, { seconds }) => sum + seconds, 0)
    expect(finished.seconds).toBeGreaterThanOrEqual(together - 1e-9)
  })
})

describe('a run that is stopped within an epoch', () => {
  it('shows the same curve and the same latest figures live and opened from disk', async () => {
    const { events, finished } = await train(
      newRun(sampleProject('mnist-mlp', { epochs: 2 }), 6000),
      (event, control) => {
        if (event.event === 'step' && event.step > 100) control.apply({ action: 'stop' })
      },
    )
    const id = basename(finished.run)
    const opened = viewOf(await new RunLibrary(dirname(finished.run)).open(id))
    let live: RunView | null = viewOf({ ...opened.record, ...empty })
    for (const event of events) live = applyUpdate(live, { type: 'event', run: id, event })
    expect(stepPoints(live!)).toEqual(stepPoints(opened))
    expect(newestTraining(opened)).toEqual(newestTraining(live!))
    expect(newestTraining(opened)!.epoch).toBe(2)
  })
})

const none = new Float32Array()
const empty = {
  plan: null,
  epochs: [],
  latest: null,
  end: null,
  steps: { stride: 1, step: none, loss: none, metric: none, open: { count: 0, step: 0, loss: 0, metric: 0 } },
}
