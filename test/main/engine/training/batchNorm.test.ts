/**
 * Batch normalization in whole runs: its running statistics after training, frozen layers, batches that are too small.
 */
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseProject } from '#core/graph/parse'
import type { Project } from '#core/graph/project'
import { openRun, readBestWeights } from '../../../../src-main/runs/store'
import { problemsOf, temporaryFolder } from '../../data/temporaryFolder'
import { train } from './trainHere'

/** Column a has mean 3 and variance 14/3, column b mean 50 and variance 200/3. */
const rows = ['a,b,label', '1,40,no', '2,60,yes', '3,50,no', '6,50,yes']

const edges = (...ids: string[]) => ids.slice(1).map((to, i) => ({ from: ids[i]!, to }))
const classifier = [{ id: 'fc', kind: 'linear', params: { outFeatures: 2 } }]

/** input → `layer` → fc → output on the table above, one batch per epoch. */
async function trainedOn(layer: object, training: object = {}) {
  const folder = await temporaryFolder()
  await folder.write('t.csv', rows.join('\n'))
  const { project, problems } = parseProject(
    JSON.stringify({
      format: 'layerloom',
      version: 1,
      name: 'norm',
      task: 'classification',
      data: {
        source: { kind: 'table', path: 't.csv', label: 'label' },
        split: { validation: 0, test: 0 },
        preprocess: [],
      },
      graph: {
        nodes: [{ id: 'in', kind: 'input' }, { id: 'bn', ...layer }, ...classifier, { id: 'out', kind: 'output' }],
        edges: edges('in', 'bn', 'fc', 'out'),
      },
      training: { optimizer: { kind: 'sgd' }, learningRate: 0.1, batchSize: 4, epochs: 1, threads: 1, ...training },
    }),
  )
  if (!project) throw new Error(problems.map(({ message }) => message).join('\n'))
  const run = await train({ project, projectFolder: folder.path, out: join(folder.path, 'run') })
  const { folder: opened } = await openRun(run.finished.run)
  const { weights } = await readBestWeights(opened)
  return { ...run, of: (name: string) => Array.from(weights.get(name)!.data) }
}

const closeTo = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 4) as number)

describe('the running statistics of batch normalization', () => {
  it('are the statistics of the last batch at momentum 1', async () => {
    const { of } = await trainedOn({ kind: 'batch-norm1d', params: { momentum: 1 } }, { epochs: 2 })
    expect(of('bn.running_mean')).toEqual(closeTo([3, 50]))
    expect(of('bn.running_var')).toEqual(closeTo([14 / 3, 200 / 3]))
  })

  it('move by the momentum otherwise', async () => {
    const { of } = await trainedOn({ kind: 'batch-norm1d', params: { momentum: 0.25 } })
    expect(of('bn.running_mean')).toEqual(closeTo([0.75, 12.5]))
    expect(of('bn.running_var')).toEqual(closeTo([0.75 + 14 / 12, 0.75 + 200 / 12]))
  })

  const inner: Pick<Project['graph'], 'edges'> & { nodes: object[] } = {
    nodes: [
      { id: 'x', kind: 'block-input' },
      { id: 'norm', kind: 'batch-norm1d' },
      { id: 'y', kind: 'block-output' },
    ],
    edges: edges('x', 'norm', 'y') as never,
  }

  it.each([
    ['a frozen layer', { kind: 'batch-norm1d', trainable: false }, 'bn'],
    ['a layer in a frozen block', { kind: 'block', trainable: false, graph: inner }, 'bn.0.norm'],
  ])('are kept and used in %s', async (_, layer, name) => {
    const { of, epochs } = await trainedOn(layer, { learningRate: 1e-30, epochs: 2 })
    expect(of(`${name}.running_mean`)).toEqual([0, 0])
    expect(of(`${name}.running_var`)).toEqual([1, 1])
    const without = await trainedOn({ kind: 'dropout', params: { p: 0 } }, { learningRate: 1e-30, epochs: 2 })
    // With mean 0 and variance 1 it passes its input through: training sees the numbers of the table, not those of a
    // normalized batch.
    expect(epochs[0]!.train.loss! / without.epochs[0]!.train.loss!).toBeCloseTo(1, 4)
  })
})

describe('batch normalization of one value per channel', () => {
  const norm = { kind: 'batch-norm1d' }

  it('is rejected at batch size 1', async () => {
    expect(await problemsOf(trainedOn(norm, { batchSize: 1 }))).toMatchObject([
      {
        code: 'training-setting',
        place: { param: 'training.batchSize' },
        message: 'bn would train on 1 value per channel, which has no mean and variance to learn from.',
        expected: 'batches of at least 2 samples',
        received: 'batches of 1 sample',
      },
    ])
  })

  it('can be trained through if it is frozen', async () => {
    const { losses } = await trainedOn({ ...norm, trainable: false }, { batchSize: 1 })
    expect(losses).toHaveLength(4)
  })

  it('leaves out a last batch of one sample', async () => {
    const { losses, events } = await trainedOn(norm, { batchSize: 3 })
    expect(losses).toHaveLength(1)
    expect(events.find((event) => event.event === 'start')!.note).toContain('One sample is left out of every epoch')
  })
})
