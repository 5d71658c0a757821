/** The best epoch if metrics are not finite, and warnings before a training that cannot go well. */
import { describe, expect, it } from 'vitest'
import { parseProject } from '#core/graph/parse'
import type { PlanEvent } from '#core/runs/events'
import { readLast } from '../../../../src-main/runs/store'
import { Watcher } from '../../../../src-main/engine/training/watcher'
import { temporaryFolder } from '../../data/temporaryFolder'
import { freshFolder, train } from './trainHere'

/** The best epoch after each of them, by validation loss and accuracy. */
function bestEpochs(figures: readonly (readonly [loss: number, accuracy: number])[]): (number | undefined)[] {
  let watcher = new Watcher('classification', null)
  return figures.map(([loss, accuracy], i) => {
    watcher.take(i + 1, { train: { loss: 1 }, validation: { loss, accuracy } })
    // Its criterion survives a checkpoint.
    const saved = JSON.parse(JSON.stringify(watcher.save())) as ReturnType<Watcher['save']>
    watcher = new Watcher('classification', null)
    watcher.restore(saved)
    return watcher.best?.epoch
  })
}

describe('the best epoch', () => {
  it('is never one without a loss if another has one', () => {
    const found = bestEpochs([
      [NaN, 0.9],
      [2, 0.1],
      [NaN, 1],
      [1, 0.1],
    ])
    expect(found).toEqual([1, 2, 2, 4])
  })

  it('is chosen by accuracy if no epoch has a loss, and is the last one if there is neither', () => {
    const byAccuracy = bestEpochs([
      [NaN, 0.5],
      [NaN, 0.8],
      [NaN, 0.8],
      [NaN, 0.7],
    ])
    expect(byAccuracy).toEqual([1, 2, 2, 2])
    const blind = bestEpochs([
      [NaN, NaN],
      [NaN, NaN],
    ])
    expect(blind).toEqual([1, 2])
  })
})

/** Rows of three classes; a column assigns them to splits. */
async function trained(parts: Readonly<Record<string, string>>, weight: readonly number[] | null) {
  const home = await temporaryFolder()
  const lines = Object.entries(parts).flatMap(([part, letters]) =>
    [...letters].map((letter, i) => `${letter.charCodeAt(0) % 7},${i / 10},${part},${letter}`),
  )
  await home.write('data.csv', ['a,b,part,answer', ...lines].join('\n'))
  const { project, problems } = parseProject(
    JSON.stringify({
      format: 'layerloom',
      version: 1,
      name: 'Weighted',
      task: 'classification',
      data: {
        source: { kind: 'table', path: 'data.csv', label: 'answer', columns: [{ name: 'part', role: 'split' }] },
        split: { validation: 0.2, test: 0.2 },
        preprocess: [],
      },
      graph: {
        nodes: [
          { id: 'in', kind: 'input' },
          { id: 'fc', kind: 'linear', params: { outFeatures: 3 } },
          { id: 'out', kind: 'output' },
        ],
        edges: [
          { from: 'in', to: 'fc' },
          { from: 'fc', to: 'out' },
        ],
      },
      training: {
        optimizer: { kind: 'sgd' },
        loss: { kind: 'cross-entropy', weight },
        learningRate: 0.1,
        batchSize: 100,
        epochs: 3,
        threads: 1,
      },
    }),
  )
  if (!project) throw new Error(problems.map(({ message }) => message).join('\n'))
  const out = freshFolder()
  const { events, epochs } = await train({ project, projectFolder: home.path, out })
  const { warnings } = events.find(({ event }) => event === 'start') as PlanEvent
  return { warnings, epochs, out }
}

describe('before a training', () => {
  it('a warning says that the validation has no loss, and the best epoch is chosen by accuracy', async () => {
    const parts = { train: 'xyzxyzxyzxyz', validation: 'xyxyxx', test: 'xyz' }
    const { warnings, epochs, out } = await trained(parts, [0, 0, 1])
    expect(warnings).toMatchObject([
      {
        code: 'training-setting',
        severity: 'warning',
        place: { param: 'training.loss.weight' },
        received: '6 validation samples of weight 0',
      },
    ])
    expect(epochs.every(({ validation }) => Number.isNaN(validation!.loss))).toBe(true)
    const accuracies = epochs.map(({ validation }) => validation!.accuracy!)
    const best = accuracies.indexOf(Math.max(...accuracies)) + 1
    expect((await readLast(out)).position.best).toMatchObject({ epoch: best, value: null })
    expect((await trained(parts, [0, 1, 1])).warnings).toBeUndefined()
  })

  it('classes missing from the training split are listed', async () => {
    const { warnings } = await trained({ train: 'xyxyxyxyxy', validation: 'xyz', test: 'xyz' }, null)
    expect(warnings).toMatchObject([
      {
        code: 'data-suspicious',
        message: 'The training split has no sample of z.',
        received: 'samples of 2 of 3 classes',
        data: { case: 'unseen' },
      },
    ])
    expect((await trained({ train: 'xxxxxxxx', validation: 'xyz', test: 'xyz' }, null)).warnings).toMatchObject([
      {
        message: 'All training samples are of the class x, so there is nothing to tell apart.',
        received: 'samples of 1 of 3 classes',
        data: { case: 'one-class' },
      },
    ])
  })
})
