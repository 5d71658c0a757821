/** A run with non-finite numbers: the step and the layer are reported, and the last good weights are kept. */
import { describe, expect, it } from 'vitest'
import type { Project } from '#core/graph/project'
import { ProblemError, type Problem } from '#core/problems/problem'
import type { TrainJob } from '../../../../src-main/engine/messages'
import { openRun, readBestWeights, readLast, readMetrics } from '../../../../src-main/runs/store'
import { temporaryFolder } from '../../data/temporaryFolder'
import { freshFolder, insertAfter, newRun, sampleProject, train } from './trainHere'

/** The one problem that a run ends with. */
async function failureOf(job: TrainJob): Promise<Problem> {
  try {
    await train(job)
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    expect(error.problems).toHaveLength(1)
    return error.problems[0]!
  }
  throw new Error('the run did not fail')
}

const allFinite = (tensors: Iterable<{ data: Float32Array }>) =>
  [...tensors].every(({ data }) => data.every((value) => Number.isFinite(value)))

describe('a run with non-finite numbers', () => {
  it('reports the layer and the step if the learning rate is too high, and keeps the last good weights', async () => {
    const optimizer = { kind: 'sgd', momentum: 0.9 }
    const job = newRun(sampleProject('mnist-mlp', { epochs: 3, learningRate: 40, optimizer }), 6000)
    const problem = await failureOf(job)
    expect(problem).toMatchObject({ code: 'training-not-finite', data: { learningRate: 40 } })
    expect(['fc1', 'fc2']).toContain(problem.place.node)
    expect(problem.fix).toContain('Lower the learning rate to 0.01,')
    const { position, weights, slots } = await readLast(job.out)
    expect(position.step).toBe((problem.data!.step as number) - 1)
    expect(allFinite(weights.values())).toBe(true)
    expect(Object.keys(slots)).toEqual(['momentum'])
    expect(slots.momentum!.every(Number.isFinite)).toBe(true)
    const { record } = await openRun(job.out)
    expect(record).toMatchObject({ state: 'failed', progress: { steps: position.step } })
    expect(record.problems).toMatchObject([{ code: 'training-not-finite' }])
  })

  it('finds the same step every time, regardless of the call it is in', async () => {
    const project = sampleProject('mnist-mlp', {
      epochs: 3,
      learningRate: 40,
      optimizer: { kind: 'sgd', momentum: 0.9 },
    })
    const [first, second] = [await failureOf(newRun(project, 6000)), await failureOf(newRun(project, 6000))]
    expect(second.data).toEqual(first.data)
    expect(second.place).toEqual(first.place)
  })

  it('keeps the best weights of a good epoch', async () => {
    // The rate rises a hundred-thousandfold after the first epoch, and weight decay turns into growth.
    const optimizer = { kind: 'sgd', weightDecay: 50 }
    const project = sampleProject('penguins', { epochs: 5, optimizer, learningRate: 0.01 })
    const job = newRun(project)
    const failing = train(job, (event, control) => {
      if (event.event === 'epoch') control.apply({ action: 'learning-rate', value: 1000 })
    })
    await expect(failing).rejects.toThrow('training-not-finite')
    const best = await readBestWeights(job.out)
    expect(best.epoch).toBe(1)
    expect(allFinite(best.weights.values())).toBe(true)
    expect((await readMetrics(job.out)).filter(({ event }) => event === 'epoch')).toHaveLength(1)
  })

  it('reports a layer with dropout before it, whose masks have to be reproduced', async () => {
    const base = sampleProject('mnist-mlp', { epochs: 1, learningRate: 1e15 })
    const problem = await failureOf(newRun(insertAfter(base, 'relu1', 'dropout', { p: 0.5 }), 2000))
    expect(problem.place.node).toMatch(/^fc[12]$/)
    expect(problem.received).toMatch(/loss of (NaN|Infinity)|not finite/)
  })

  it('reports the data if numbers are already non-finite before the first layer', async () => {
    const folder = await temporaryFolder()
    const { path } = folder
    // Scaled beyond the largest float32.
    const rows = Array.from({ length: 60 }, (_, i) => `${i % 10},${i},${i % 2 ? 'a' : 'b'}`)
    await folder.write('data.csv', ['wide,count,label', ...rows].join('\n'))
    const base = sampleProject('penguins', { epochs: 1, batchSize: 60 })
    const nodes = base.graph.nodes.map((node) => (node.id === 'fc2' ? { ...node, params: { outFeatures: 2 } } : node))
    const project: Project = {
      ...base,
      graph: { ...base.graph, nodes },
      data: {
        ...base.data,
        source: { kind: 'table', path: 'data.csv', label: 'label', columns: [] },
        preprocess: [{ kind: 'min-max', range: [0, 1e39] }],
      },
    }
    const problem = await failureOf({ project, projectFolder: path, out: freshFolder() })
    expect(problem.place).toEqual({ node: 'input' })
    expect(problem.message).toContain('the pre-processed input has +∞')
    expect(problem.fix).toContain('Look at the data')
  })

  it('reports a batch with only samples whose class has no weight', async () => {
    const loss = { kind: 'cross-entropy', weight: [0, 1, 1] }
    const problem = await failureOf(newRun(sampleProject('penguins', { epochs: 3, batchSize: 1, loss })))
    expect(problem).toMatchObject({
      code: 'training-not-finite',
      place: { param: 'training.loss.weight' },
      received: '1 sample with the weight 0',
      fix: expect.stringMatching(/^Give every class a weight above 0, or make the batches larger\./),
      data: { case: 'no-weight', epoch: 1, batch: 1 },
    })
  })
})
