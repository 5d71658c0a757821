/** How mini-batches are drawn and read: from disk as from memory, without short batches, with balanced classes. */
import { afterEach, describe, expect, it } from 'vitest'
import type { LoaderSettings, Project } from '#core/graph/project'
import { openDataset } from '../../../../src-main/data/openDataset'
import { planRun, planTraining } from '../../../../src-main/engine/training/plan'
import { readMetrics } from '../../../../src-main/runs/store'
import { newRun, projectsFolder, sampleProject, train } from './trainHere'

afterEach(() => {
  delete process.env['LAYERLOOM_SAMPLE_MEMORY']
})

const loader = (changes: Partial<LoaderSettings>): LoaderSettings => ({
  workers: null,
  prefetch: 2,
  dropLast: false,
  balanced: false,
  ...changes,
})

function digits(changes: Partial<LoaderSettings>, epochs = 2): Project {
  return sampleProject('mnist-cnn', { epochs, loader: loader(changes) })
}

describe('samples that do not fit in memory', () => {
  it.each([0, 1, 2])('give the same losses and metrics when %d workers read them from disk', async (workers) => {
    const inMemory = await train(newRun(digits({}), 1500))
    process.env['LAYERLOOM_SAMPLE_MEMORY'] = '0'
    const fromDisk = await train(newRun(digits({ workers }), 1500))
    expect(fromDisk.losses).toHaveLength(2 * 24)
    expect(fromDisk.losses).toEqual(inMemory.losses)
    expect(fromDisk.finished.test).toEqual(inMemory.finished.test)
  })

  it('resume in the middle of an epoch without a difference', async () => {
    process.env['LAYERLOOM_SAMPLE_MEMORY'] = '0'
    const project = sampleProject('mnist-mlp', { epochs: 3, loader: loader({ workers: 1, balanced: true }) })
    const whole = await train(newRun(project, 6000))
    const cut = newRun(project, 6000)
    let steps = 0
    const first = await train(cut, (event, control) => {
      if (event.event === 'step') steps = event.step
      if (steps >= 120) control.apply({ action: 'stop' })
    })
    expect(first.finished.reason).toBe('stopped')
    const second = await train({ resume: first.finished.run })
    expect([...first.losses, ...second.losses]).toEqual(whole.losses)
    expect(second.finished.test).toEqual(whole.finished.test)
  })
})

describe('the time spent waiting for samples', () => {
  it('is reported as a share of every epoch and stored in the log of the run', async () => {
    process.env['LAYERLOOM_SAMPLE_MEMORY'] = '0'
    const { epochs, finished } = await train(newRun(digits({ workers: 0 }), 1500))
    for (const { waiting } of epochs) {
      expect(waiting).toBeGreaterThan(0)
      expect(waiting).toBeLessThan(1)
    }
    const log = await readMetrics(finished.run)
    expect(log.flatMap((point) => (point.event === 'epoch' ? [point.waiting] : []))).toEqual(
      epochs.map(({ waiting }) => waiting),
    )
  })
})

describe('a plan', () => {
  it('drops a short last batch on request, with different samples in every epoch', async () => {
    const { losses, epochs } = await train(newRun(digits({ dropLast: true }), 200))
    expect(losses).toHaveLength(2 * 3)
    expect(epochs.map(({ step }) => step)).toEqual([3, 6])
    const split = Int32Array.from({ length: 200 }, (_, i) => i)
    const training = { batchSize: 64, seed: 3, loader: loader({ dropLast: true }) }
    const plan = planTraining(split, 1, training)
    expect(plan).toMatchObject({ fullSteps: 3, shortBatch: 0, stepsPerEpoch: 3, samplesPerEpoch: 192 })
    const leftOut = (epoch: number) => {
      const seen = new Set(plan.order(epoch))
      return split.filter((sample) => !seen.has(sample))
    }
    expect(leftOut(0)).toHaveLength(8)
    expect(leftOut(0)).not.toEqual(leftOut(1))
  })

  it('draws every class equally often: rare samples repeatedly, frequent ones in turn', () => {
    // 90 samples of class 0, 9 of class 1, one of class 2.
    const labels = Int32Array.from({ length: 100 }, (_, i) => (i < 90 ? 0 : i < 99 ? 1 : 2))
    const split = Int32Array.from({ length: 100 }, (_, i) => i)
    const training = { batchSize: 10, seed: 1, loader: loader({ balanced: true }) }
    const plan = planTraining(split, 1, training, undefined, labels)
    const counts = (epoch: number) => {
      const count = [0, 0, 0]
      for (const sample of plan.order(epoch)) count[labels[sample]!]!++
      return count
    }
    for (const epoch of [0, 1, 2]) expect(counts(epoch).toSorted()).toEqual([33, 33, 34])
    const order = plan.order(0)
    const times = (sample: number) => order.filter((other) => other === sample).length
    expect(times(99)).toBe(counts(0)[2])
    for (let sample = 90; sample < 99; sample++) expect([3, 4]).toContain(times(sample))
    for (let sample = 0; sample < 90; sample++) expect([0, 1]).toContain(times(sample))
    expect([...plan.order(0)]).toEqual([...order])
    expect([...plan.order(1)]).not.toEqual([...order])
  })

  it('balances the classes of a real dataset', async () => {
    const project = sampleProject('penguins')
    const dataset = await openDataset(project.data, project.task, projectsFolder)
    const training = { ...project.training, loader: loader({ balanced: true }) }
    const plan = planRun(dataset, 1, training)
    const labels = dataset.targets
    const count = [0, 0, 0]
    for (const sample of plan.order(0)) count[labels[sample]!]!++
    expect(Math.max(...count) - Math.min(...count)).toBeLessThanOrEqual(1)
    dataset.close()
  })
})

describe('balanced sampling', () => {
  it('is rejected without classes', async () => {
    const project = sampleProject('cars-mpg', { loader: loader({ balanced: true }) })
    await expect(train(newRun(project))).rejects.toMatchObject({
      problems: [{ code: 'training-setting', place: { param: 'training.loader.balanced' }, received: 'regression' }],
    })
  })
})
