/**
 * Training with transforms: all execution modes feed the same, a stopped run resumes the same, the model takes raw
 * images.
 */
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Project } from '#core/graph/project'
import { decodeModel } from '#core/onnx/decode'
import { portableTarget } from '#core/onnx/target'
import { openDataset } from '../../../../src-main/data/openDataset'
import type { Device } from '../../../../src-main/engine/device/device'
import { openDevice } from '../../../../src-main/engine/device/runtimes'
import { Evaluation } from '../../../../src-main/engine/evaluation/evaluation'
import { evaluate } from '../../../../src-main/engine/calls/evaluator'
import { planTraining } from '../../../../src-main/engine/training/plan'
import { predict } from '../../../../src-main/engine/calls/predictor'
import { prepareNetwork } from '../../../../src-main/engine/training/prepare'
import { RunControl } from '../../../../src-main/engine/training/runControl'
import { openSampleFeed } from '../../../../src-main/engine/evaluation/sampleFeed'
import { Trainer } from '../../../../src-main/engine/training/trainer'
import { readLast } from '../../../../src-main/runs/store'
import { writeNpy } from '../../../../src-main/data/writeNpy'
import { readFile } from 'node:fs/promises'
import { problemsOf, temporaryFolder } from '../../data/temporaryFolder'
import { newRun, projectsFolder, sampleProject, train } from './trainHere'

const transforms: Project['transforms'] = [
  { kind: 'random-crop', enabled: true, padding: 2 },
  { kind: 'random-rotation', enabled: true, degrees: [-20, 20] },
  { kind: 'color-jitter', enabled: true },
  { kind: 'random-erasing', enabled: true, random: true },
  { kind: 'normalize', enabled: true },
  { kind: 'cut-mix', enabled: true, p: 0.5 },
  { kind: 'mix-up', enabled: true, p: 0.5 },
]

const augmented = (training = {}, name = 'mnist-mlp', steps = transforms): Project => ({
  ...sampleProject(name, training),
  transforms: steps,
})

/** Losses of two epochs of 100 samples, and the validation metrics, on a device. */
async function takeSteps(device: Device) {
  const project = augmented({ epochs: 2, batchSize: 32 })
  const dataset = await openDataset(project.data, project.task, projectsFolder)
  const { source } = prepareNetwork(project, dataset)
  const feed = await openSampleFeed(device, dataset)
  const evaluation = await Evaluation.open(device, source, project.task, 50, feed)
  const plan = planTraining(dataset.splits.train, 1, project.training, 100)
  const validation = dataset.splits.validation.slice(0, 100)
  const { task, training } = project
  const trainer = await Trainer.open({ device, source, task, training, plan, feed, evaluation, validation })
  const losses: number[] = []
  const figures: unknown[] = []
  await trainer.run(new RunControl(), {
    step: async (event) => void losses.push(...event.losses),
    epoch: async ({ train, validation }) => void figures.push(train, validation),
    pause: async () => undefined,
  })
  await trainer.release()
  await evaluation.release()
  expect(losses).toHaveLength(8)
  return { losses, figures }
}

describe('training with transforms', () => {
  it('gives the same losses in a loop, one by one and unrolled', async () => {
    const cpu = await openDevice({ name: 'cpu', threads: 1, spinning: false })
    const { losses, figures } = await takeSteps(cpu)
    for (const form of ['single', 'unrolled'] as const)
      expect(await takeSteps({ ...cpu, form })).toEqual({ losses, figures })
    for (const form of ['loop', 'single', 'unrolled'] as const) {
      const portable = await takeSteps({ ...cpu, form, target: portableTarget })
      portable.losses.forEach((loss, i) => expect(loss).toBeCloseTo(losses[i]!, 4))
    }
  })

  it('changes the images in every epoch, and validates on unchanged images', async () => {
    // The learning rate is too small to change a weight: only the input differs between epochs.
    const { epochs } = await train(newRun(augmented({ epochs: 2, learningRate: 1e-30 }), 500))
    expect(epochs[1]!.train.loss).not.toBeCloseTo(epochs[0]!.train.loss!, 4)
    expect(epochs[1]!.validation).toEqual(epochs[0]!.validation)
  })

  it('resumes as if it had never stopped, from the middle of an epoch', async () => {
    const project = augmented({ epochs: 2, batchSize: 16 })
    const whole = await train(newRun(project, 9000))
    const job = newRun(project, 9000)
    const first = await train(job, (event, control) => {
      if (event.event === 'step' && event.step >= 30) control.apply({ action: 'stop' })
    })
    const { position } = await readLast(job.out)
    expect(position.epoch).toBe(0)
    expect(position.stepInEpoch).toBeLessThan(563)
    const second = await train({ resume: job.out })
    expect([...first.losses, ...second.losses]).toEqual(whole.losses)
    expect(second.finished).toMatchObject({ reason: 'completed', test: whole.finished.test })
  })

  it('produces a model that takes raw images and does the same as evaluation', async () => {
    const steps: Project['transforms'] = [
      { kind: 'random-resized-crop', enabled: true, size: 20, scale: [0.7, 1] },
      { kind: 'random-crop', enabled: true, size: 18, padding: 0 },
      { kind: 'random-rotation', enabled: true },
      { kind: 'normalize', enabled: true },
    ]
    const { finished } = await train(newRun(augmented({ epochs: 1, learningRate: 0.1 }, 'mnist-mlp', steps), 4000))
    expect(finished.test!.accuracy).toBeGreaterThan(0.5)
    const { graph } = decodeModel(await readFile(finished.model), finished.model)
    expect(graph.inputs.map(({ name, type }) => [name, type])).toEqual([
      ['samples', { dtype: 'uint8', shape: ['N', 1, 28, 28] }],
    ])
    const model = await evaluate({ target: finished.model, split: 'test', threads: 2 })
    expect(model.figures.accuracy).toBe(finished.test!.accuracy)
    expect(model.figures.loss).toBeCloseTo(finished.test!.loss!, 5)
  })

  it("describes the network's input: the center of the image, normalized", async () => {
    const steps: Project['transforms'] = [
      { kind: 'center-crop', enabled: true, size: 2 },
      { kind: 'random-invert', enabled: true },
      { kind: 'normalize', enabled: true, mean: [0.5], std: [0.25] },
    ]
    const { finished } = await train(newRun(augmented({ epochs: 1 }, 'mnist-mlp', steps), 100))
    const folder = await temporaryFolder()
    const file = join(folder.path, 'image.npy')
    const image = new Uint8Array(784).map((_, i) => (i % 28 === 13 ? 255 : i % 28 === 14 ? 51 : 9))
    await writeNpy(file, [1, 1, 28, 28], image)
    const { files } = await predict({ target: finished.run, files: [file], fed: true })
    const expected = [2, -1.2, 2, -1.2]
    expect(files[0]!.fed).toHaveLength(4)
    files[0]!.fed!.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 5))
    expect((await predict({ target: finished.run, files: [file] })).files[0]).not.toHaveProperty('fed')
  })

  it('finds the layer where numbers become non-finite, on the very images that caused it', async () => {
    const project = augmented({ epochs: 2, learningRate: 1e12 })
    const [problem] = await problemsOf(train(newRun(project, 3000)))
    expect(problem).toMatchObject({ code: 'training-not-finite', data: { epoch: 1 } })
    expect(['fc1', 'fc2']).toContain(problem!.place.node)
    expect((await problemsOf(train(newRun(project, 3000))))[0]!.data).toEqual(problem!.data)
  })

  it('rejects steps that do not fit before creating a folder', async () => {
    const steps: Project['transforms'] = [
      { kind: 'normalize', enabled: true },
      { kind: 'color-jitter', enabled: true },
      { kind: 'random-invert', enabled: false, nonsense: 1 },
    ]
    const problems = await problemsOf(train(newRun(augmented({ epochs: 1 }, 'mnist-mlp', steps))))
    expect(problems).toMatchObject([{ code: 'data-transform', place: { param: 'transforms.1' } }])
    const table = { ...sampleProject('penguins'), transforms: [{ kind: 'random-rotation', enabled: true }] }
    expect(await problemsOf(train(newRun(table)))).toMatchObject([{ code: 'data-transform', received: '9' }])
  })
})
