/** Training as a whole: networks learn, figures are correct, and nothing depends on timing. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { DataSource } from '#core/graph/dataSettings'
import { decodeModel } from '#core/onnx/decode'
import { Evaluation } from '../../../../src-main/engine/evaluation/evaluation'
import { openDevice } from '../../../../src-main/engine/device/runtimes'
import { evaluate } from '../../../../src-main/engine/calls/evaluator'
import { planTraining } from '../../../../src-main/engine/training/plan'
import { prepareNetwork } from '../../../../src-main/engine/training/prepare'
import { openSampleFeed } from '../../../../src-main/engine/evaluation/sampleFeed'
import { openDataset } from '../../../../src-main/data/openDataset'
import { initialBuffers, unpackBuffers } from '#core/compiler/weights'
import { openRun, readMetrics } from '../../../../src-main/runs/store'
import { predict } from '../../../../src-main/engine/calls/predictor'
import { problemsOf, temporaryFolder } from '../../data/temporaryFolder'
import { insertAfter, newRun, projectsFolder, sampleProject, train } from './trainHere'

describe('training', () => {
  it('teaches the perceptron to read digits, with the same figures as evaluating the run afterwards', async () => {
    const { finished, epochs, events } = await train(newRun(sampleProject('mnist-mlp', { epochs: 2, threads: 2 })))
    expect(finished).toMatchObject({ reason: 'completed', epochs: 2 })
    expect(finished.test!.accuracy).toBeGreaterThan(0.9)
    expect(epochs.map(({ epoch, step }) => [epoch, step])).toEqual([
      [1, 844],
      [2, 1688],
    ])
    const start = events.find((event) => event.event === 'start')!
    expect(start).toMatchObject({
      device: 'cpu',
      threads: 2,
      stepsPerEpoch: 844,
      samples: { train: 54000, validation: 6000, test: 10000 },
      parameters: 784 * 128 + 128 + 128 * 10 + 10,
      metrics: ['accuracy'],
    })
    const again = await evaluate({ target: finished.run, split: 'test', threads: 2 })
    expect(again).toMatchObject({ samples: 10000, figures: finished.test })
    const model = await evaluate({ target: finished.model, split: 'test', threads: 2 })
    expect(model.figures.accuracy).toBe(finished.test!.accuracy)
    expect(model.figures.loss).toBeCloseTo(finished.test!.loss!, 5)
    const validation = await evaluate({ target: finished.run, split: 'validation', threads: 2 })
    expect(validation.figures).toEqual(finished.validation)
  })

  it('gives bit-identical losses in two runs, however steps are grouped into calls', async () => {
    const project = sampleProject('mnist-cnn', { epochs: 2, threads: 2 })
    const [first, second] = [await train(newRun(project, 3000)), await train(newRun(project, 3000))]
    expect(first.losses).toHaveLength(2 * 47)
    expect(second.losses).toEqual(first.losses)
    const calls = ({ events }: typeof first) => events.flatMap((e) => (e.event === 'step' ? [e.losses.length] : []))
    expect(calls(first).length).toBeGreaterThan(3)
    expect(second.epochs.map(({ train, validation }) => ({ train, validation }))).toEqual(
      first.epochs.map(({ train, validation }) => ({ train, validation })),
    )
    expect(second.finished.test).toEqual(first.finished.test)
  })

  it('writes every loss and every epoch into the log of the run', async () => {
    const { finished, losses, epochs } = await train(newRun(sampleProject('penguins', { epochs: 4 })))
    const log = await readMetrics(finished.run)
    expect(log.flatMap((point) => (point.event === 'step' ? point.losses : []))).toEqual(losses)
    expect(log.filter(({ event }) => event === 'epoch')).toEqual(epochs)
    const { record } = await openRun(finished.run)
    expect(record).toMatchObject({ state: 'completed', reason: 'completed', progress: { epochs: 4, steps: 28 } })
  })

  it('weights a short last batch by its number of samples', async () => {
    // The learning rate is too small to change a weight, so every step sees the initial weights.
    const project = sampleProject('mnist-mlp', { epochs: 1, learningRate: 1e-30 })
    const { epochs, losses } = await train(newRun(project, 200))
    expect(losses).toHaveLength(4)
    const dataset = await openDataset(project.data, project.task, projectsFolder)
    const { source } = prepareNetwork(project, dataset)
    const device = await openDevice({ name: 'cpu', threads: 2, spinning: false })
    const feed = await openSampleFeed(device, dataset)
    const evaluation = await Evaluation.open(device, source, 'classification', 50, feed)
    const buffers = initialBuffers(evaluation.state, project.training.seed)
    const weights = await evaluation.weights(unpackBuffers(evaluation.state, buffers))
    const plan = planTraining(dataset.splits.train, 1, project.training, 200)
    const expected = (await evaluation.measure(weights, plan.train))!
    expect(epochs[0]!.train.loss).toBeCloseTo(expected.loss!, 5)
    expect(epochs[0]!.train.accuracy).toBe(expected.accuracy)
    expect(plan.note).toBeUndefined()
    const whole = planTraining(dataset.splits.train, 1, { ...project.training, batchSize: 300 }, 200)
    expect([whole.batchSize, whole.note]).toEqual([200, expect.stringContaining('The batch size is 300')])
    // A plain mean over steps is different enough to be distinguished.
    const plain = losses.reduce((a, b) => a + b, 0) / 4
    expect(Math.abs(plain - expected.loss!)).toBeGreaterThan(1e-4)
  })

  it('learns a regression and reports its figures in the unit of the data', async () => {
    const { finished } = await train(newRun(sampleProject('cars-mpg')))
    expect(finished.validation!.r2).toBeGreaterThan(0.8)
    expect(finished.validation!.mae).toBeGreaterThan(0.5)
    const run = await evaluate({ target: finished.run, split: 'test', threads: 2 })
    const model = await evaluate({ target: finished.model, split: 'test', threads: 2 })
    expect(run.figures).toEqual(finished.test)
    for (const [name, value] of Object.entries(run.figures)) expect(model.figures[name]).toBeCloseTo(value, 4)
  })

  it('learns a binary classification with one output, and predicts both classes', async () => {
    const folder = await temporaryFolder()
    const rows = Array.from(
      { length: 200 },
      (_, i) => `${Math.sin(i)},${Math.cos(i * 7)},${Math.sin(i) > 0 ? 'yes' : 'no'}`,
    )
    await folder.write('data.csv', ['a,b,answer', ...rows].join('\n'))
    const base = sampleProject('penguins', { epochs: 40, loss: { kind: 'bce-with-logits' } })
    const nodes = base.graph.nodes.map((node) => (node.id === 'fc2' ? { ...node, params: { outFeatures: 1 } } : node))
    const source: DataSource = { kind: 'table', path: 'data.csv', label: 'answer', columns: [] }
    const data = { ...base.data, source, preprocess: [{ kind: 'standardize' }] }
    const project = { ...base, data, graph: { ...base.graph, nodes } }
    const { finished } = await train({ project, projectFolder: folder.path, out: join(folder.path, 'run') })
    expect(finished.test!.accuracy).toBeGreaterThan(0.9)
    const model = await evaluate({ target: finished.model, split: 'test', threads: 1 })
    expect(model.figures.accuracy).toBe(finished.test!.accuracy)
    const { metadata, outputs } = decodeModel(await readFile(finished.model))
    // One number for two classes: the metadata must specify whose probability it is.
    expect(metadata).toMatchObject({ classes: '["no","yes"]', names: '{"0":"no","1":"yes"}', positive_class: 'yes' })
    expect(outputs).toMatchObject([
      { described: 'float32 [N, 1]' },
      { name: 'probabilities', described: 'float32 [N, 1]' },
    ])
    const file = await folder.write('new.csv', 'b,a\n0.5,0.9\n0.5,-0.9\n')
    const { files } = await predict({ target: finished.run, files: [file] })
    const answers = files[0]!.predictions.map((answer) => answer.kind === 'classes' && answer.classes)
    expect(answers).toMatchObject([
      [{ name: 'yes' }, { name: 'no' }],
      [{ name: 'no' }, { name: 'yes' }],
    ])
  })

  it('stops early if nothing improves for as many epochs as the patience', async () => {
    const earlyStopping = { metric: 'loss', patience: 2, minDelta: 0 }
    const { finished, epochs } = await train(
      newRun(sampleProject('penguins', { epochs: 50, learningRate: 1e-30, earlyStopping })),
    )
    expect(finished).toMatchObject({ reason: 'early-stopping', bestEpoch: 1, epochs: 3 })
    expect(epochs.map(({ best }) => best)).toEqual([true, false, false])
  })

  it('selects the best epoch by the metric of early stopping', async () => {
    const earlyStopping = { metric: 'accuracy', patience: 50, minDelta: 0 }
    const { finished, epochs } = await train(newRun(sampleProject('penguins', { epochs: 12, earlyStopping })))
    const accuracies = epochs.map(({ validation }) => validation!.accuracy!)
    expect(finished.bestEpoch).toBe(accuracies.indexOf(Math.max(...accuracies)) + 1)
    expect(finished.validation).toEqual(epochs[finished.bestEpoch - 1]!.validation)
  })

  it('leaves out a last batch of one sample if the network has batch normalization, with a note', async () => {
    const project = insertAfter(sampleProject('penguins', { epochs: 2, batchSize: 16 }), 'fc1', 'batch-norm1d')
    const { events, losses, epochs } = await train(newRun(project, 33))
    const start = events.find((event) => event.event === 'start')!
    expect(start.stepsPerEpoch).toBe(2)
    expect(start.note).toContain('One sample is left out of every epoch')
    expect(losses).toHaveLength(4)
    expect(epochs[1]!.train.loss).toBeLessThan(epochs[0]!.train.loss!)
  })

  it('follows the schedule and a learning rate changed during the run', async () => {
    const project = sampleProject('penguins', {
      epochs: 3,
      learningRate: 0.01,
      schedule: { kind: 'step', stepSize: 1, gamma: 0.1 },
    })
    const { epochs } = await train(newRun(project), (event, control) => {
      if (event.event === 'epoch' && event.epoch === 2) control.apply({ action: 'learning-rate', value: 1 })
    })
    expect(epochs.map(({ learningRate }) => Number(learningRate.toPrecision(6)))).toEqual([0.01, 0.001, 0.01])
  })

  it('reports all problems before creating a folder', async () => {
    const project = sampleProject('penguins', { batchSize: 32 })
    const wrong = { ...project, training: { ...project.training, loss: { kind: 'mse' }, schedule: { kind: 'never' } } }
    const job = newRun(wrong)
    const problems = await problemsOf(train(job))
    expect(problems.map(({ code }) => code).sort()).toEqual(['output-loss', 'training-setting'])
    expect((await problemsOf(openRun(job.out)))[0]!.code).toBe('run-missing')
  })
})
