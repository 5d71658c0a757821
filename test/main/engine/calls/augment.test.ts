/**
 * The preview shows exactly what training feeds; any batch of any run can be shown again; draws at the ends of the
 * ranges.
 */
import { describe, expect, it } from 'vitest'
import { buildForward } from '#core/compiler/network'
import { prune } from '#core/compiler/passes/prune'
import { standardTarget } from '#core/onnx/target'
import type { Project } from '#core/graph/project'
import { planDraws } from '#core/transforms/draws/draws'
import { openDataset } from '../../../../src-main/data/openDataset'
import { pickTargets } from '../../../../src-main/data/samples'
import { augment, augmentRows } from '../../../../src-main/engine/calls/augment'
import { EngineHost } from '../../../../src-main/engine/host/host'
import { EpochDraws } from '../../../../src-main/engine/training/epochDraws'
import { forkLauncher } from '../../../../src-main/engine/host/launcher'
import { planTraining } from '../../../../src-main/engine/training/plan'
import { prepareNetwork } from '../../../../src-main/engine/training/prepare'
import { loadRuntime } from '../../../../src-main/engine/device/runtimes'
import { numbersOf, type RuntimeTensor } from '../../../../src-main/engine/device/session'
import { openRun } from '../../../../src-main/runs/store'
import { problemsOf } from '../../data/temporaryFolder'
import { newRun, projectsFolder, sampleProject, train } from '../training/trainHere'

type Steps = Project['transforms']

const everything: Steps = [
  { kind: 'random-horizontal-flip', enabled: true },
  { kind: 'random-crop', enabled: true, padding: 3 },
  { kind: 'random-rotation', enabled: true, degrees: [-30, 30], interpolation: 'bilinear' },
  { kind: 'random-invert', enabled: false },
  { kind: 'random-resized-crop', enabled: true, size: 24 },
  { kind: 'gaussian-noise', enabled: true, sigma: 0.05 },
  { kind: 'normalize', enabled: true },
  { kind: 'mix-up', enabled: true },
]

const withTransforms = (transforms: Steps, name = 'mnist-mlp', training = {}): Project => ({
  ...sampleProject(name, { epochs: 2, ...training }),
  transforms,
})

const asked = (transforms: Steps) => {
  const { data, task } = withTransforms(transforms)
  return { data, task, transforms, projectFolder: projectsFolder }
}

/** The network's input for batch `batch` of epoch `epoch`, taken from the graph of a training step. */
async function fedInTraining(project: Project, epoch: number, batch: number, limit?: number) {
  const dataset = await openDataset(project.data, project.task, projectsFolder)
  const { source } = prepareNetwork(project, dataset)
  const plan = planTraining(dataset.splits.train, 1, project.training, limit)
  const order = plan.order(epoch)
  const from = batch * plan.batchSize
  const indices = order.slice(from, from + plan.batchSize)
  const count = indices.length
  const forward = buildForward('step', source, { training: true, target: standardTarget, batch: count })
  const input = source.graph.nodes.find(({ kind }) => kind === 'input')!.id
  forward.b.output(forward.network.layerOutputs.get(input)!.value, 'entering')
  const samples = dataset.samples.gather(indices)
  const targets = pickTargets(dataset.targets, indices, 1)
  const draws = new EpochDraws(forward.draws, project.training.seed).take(epoch, order, from, count, count, batch)
  const runtime = await loadRuntime('cpu')
  const { graph } = forward.b
  graph.outputs = graph.outputs.filter(({ name }) => name === 'entering')
  const session = await runtime.open(prune({ ...graph, inputs: graph.inputs.filter(isData) }), {
    device: 'cpu',
    threads: 1,
  })
  const given: Record<string, RuntimeTensor> = {
    samples: runtime.tensor('uint8', [count, 1, 28, 28], samples),
    draws: runtime.tensor('float32', [count, forward.draws.width], draws),
  }
  const values = numbersOf((await session.run(given)).entering)
  return { values, indices, targets, draws }
}

const isData = ({ name }: { name: string }) => name === 'samples' || name === 'draws'

describe('previewing transforms', () => {
  it('shows the image after every enabled step, the drawn values, and the tensor as fed', async () => {
    const indices = [5, 60, 5]
    const request = { ...asked(everything), kind: 'draws', indices, seed: 7, epoch: 0 } as const
    const report = await augmentRows(request)
    expect([...report.indices]).toEqual(indices)
    expect([...report.targets]).toHaveLength(3)
    expect(report.stages.map(({ step, shape }) => [step, shape.join('×')])).toEqual([
      [null, '1×28×28'],
      [0, '1×28×28'],
      [1, '1×28×28'],
      [2, '1×28×28'],
      [4, '1×24×24'],
      [5, '1×24×24'],
      [6, '1×24×24'],
      [7, '1×24×24'],
    ])
    const [stored, flipped, cropped, turned, , , normalized, mixed] = report.stages
    expect(stored!.words).toBeUndefined()
    expect(normalized!.words).toBeUndefined()
    for (const { en } of flipped!.words!) expect(['flipped', 'not flipped']).toContain(en)
    for (const { en } of cropped!.words!) expect(en).toMatch(/^dx [+−]?[0-3], dy [+−]?[0-3]$/)
    for (const { en } of turned!.words!) expect(en).toMatch(/^[+−]\d+\.\d°$/)
    // The same sample twice is the same image with different draws.
    const of = (stage: typeof stored, row: number) => stage!.images.slice(row * 784, (row + 1) * 784)
    expect(of(stored, 2)).toEqual(of(stored, 0))
    expect(of(turned, 2)).not.toEqual(of(turned, 0))
    expect(report.fed.values).toEqual(mixed!.images)
    expect(report.shares!.map((share) => share.length)).toEqual([3, 3])
    report.shares![0]!.forEach((share, row) => expect(share + report.shares![1]![row]!).toBeCloseTo(1, 6))
  })

  it('sends one row after every step and the pictures of all rows, with Normalize undone for display', async () => {
    const steps: Steps = [
      { kind: 'random-invert', enabled: true, p: 1 },
      { kind: 'normalize', enabled: true },
    ]
    const request = { ...asked(steps), kind: 'draws', indices: [5, 60], seed: 7, epoch: 0 } as const
    const report = await augment({ ...request, row: 1 })
    const { fed, stages } = await augmentRows(request)
    const second = fed.values.slice(784)
    expect(report.row).toBe(1)
    expect(report.fed.values).toEqual(second)
    expect(report.fed).toMatchObject({
      shape: [1, 28, 28],
      minimum: Math.min(...second),
      maximum: Math.max(...second),
    })
    const stored = stages[0]!.images.slice(784)
    expect(report.stages[0]!.image).toEqual(Uint8Array.from(stored, (value) => Math.round(value * 255)))
    expect(report.stages[1]!.image).toEqual(report.stages[0]!.image.map((value) => 255 - value))
    expect(report.stages[2]!.image).toEqual(report.stages[1]!.image)
    expect(report.pictures.shape).toEqual([1, 28, 28])
    expect(report.pictures.images.slice(784)).toEqual(report.stages[2]!.image)
  })

  it('draws the same for the same seed and epoch, and different numbers otherwise', async () => {
    const look = async (seed: number, epoch: number) =>
      (await augmentRows({ ...asked(everything), kind: 'draws', indices: [1, 2], seed, epoch })).fed.values
    const first = await look(1, 0)
    expect(await look(1, 0)).toEqual(first)
    expect(await look(1, 1)).not.toEqual(first)
    expect(await look(2, 0)).not.toEqual(first)
  })

  it('shows every sample at the ends of the ranges of a step, with all others inactive', async () => {
    const report = await augment({ ...asked(everything), kind: 'corners', indices: [3, 9], step: 2 })
    expect([...report.indices]).toEqual([3, 3, 9, 9])
    expect(report.pictures.shape).toEqual([1, 28, 28])
    expect(report.pictures.images).toHaveLength(4 * 784)
    const [, flipped, cropped, turned] = report.stages
    expect(turned!.words!.map(({ en }) => en)).toEqual(['−30.0°', '+30.0°', '−30.0°', '+30.0°'])
    expect(new Set([...flipped!.words!, ...cropped!.words!].map(({ en }) => en))).toEqual(
      new Set(['not flipped', 'dx 0, dy 0']),
    )
  })

  it('works on tables, which have no transforms', async () => {
    const { data, task } = sampleProject('penguins')
    const request = { data, task, transforms: [], projectFolder: projectsFolder }
    const report = await augmentRows({ ...request, kind: 'draws', indices: [0, 1], seed: 0, epoch: 0 })
    expect(report.stages).toHaveLength(1)
    expect(report.fed.values).toEqual(report.stages[0]!.images)
  })

  it('reports problems with transforms, samples and steps', async () => {
    const wrong: Steps = [{ kind: 'random-crop', enabled: true, size: 99 }]
    const ask = { kind: 'draws', indices: [0], seed: 0, epoch: 0 } as const
    expect(await problemsOf(augment({ ...asked(wrong), ...ask }))).toMatchObject([
      { code: 'data-transform', place: { param: 'transforms.0.size' } },
    ])
    expect(await problemsOf(augment({ ...asked(everything), ...ask, indices: [70000] }))).toMatchObject([
      { code: 'model-input', expected: 'indices from 0 to 69999' },
    ])
    expect(await problemsOf(augment({ ...asked(everything), ...ask, indices: [0, 65000] }))).toMatchObject([
      { code: 'data-sealed', received: 'sample 65000 of the test split' },
    ])
    const corners = { ...asked(everything), kind: 'corners', indices: [0] } as const
    for (const step of [3, 6, 99])
      expect(await problemsOf(augment({ ...corners, step }))).toMatchObject([{ code: 'data-transform' }])
  })

  it('draws anew for every epoch, and the same for the same epoch', async () => {
    const host = new EngineHost(forkLauncher())
    try {
      const indices = Array.from({ length: 24 }, (_, i) => i * 100)
      const look = (epoch: number) => host.augment({ ...asked(everything), kind: 'draws', indices, seed: 0, epoch })
      const first = await look(0)
      expect(await look(1)).not.toEqual(first)
      expect(await look(0)).toEqual(first)
    } finally {
      host.close()
    }
  })
})

describe('a batch of a run', () => {
  it("is shown as fed by the run, from the run's own records", async () => {
    const project = withTransforms(everything, 'mnist-mlp', { seed: 11, batchSize: 32 })
    const { finished } = await train(newRun(project, 300))
    for (const [epoch, batch] of [
      [0, 0],
      [1, 9],
    ] as const) {
      const report = await augmentRows({ kind: 'replay', run: finished.run, epoch, batch })
      const { values, indices, targets } = await fedInTraining(project, epoch, batch, 300)
      expect(report.indices).toEqual(indices)
      expect(report.targets).toEqual(targets)
      expect(report.fed.values).toEqual(values)
    }
    expect((await augment({ kind: 'replay', run: finished.run, epoch: 1, batch: 9 })).indices).toHaveLength(300 % 32)
    const beyond = { kind: 'replay', run: finished.run, epoch: 0, batch: 10 } as const
    expect(await problemsOf(augment(beyond))).toMatchObject([{ code: 'training-setting', expected: '0 to 9' }])
    expect(await problemsOf(augment({ ...beyond, epoch: 2 }))).toMatchObject([{ expected: '0 to 1' }])
  })

  it('uses the transforms of the run, as fitted then', async () => {
    const { finished } = await train(newRun(withTransforms(everything), 300))
    const { record } = await openRun(finished.run)
    expect(record.data.transforms.steps.map(({ kind }) => kind)).toEqual(
      everything.filter(({ enabled }) => enabled).map(({ kind }) => kind),
    )
    expect(record.data.transforms.shape).toEqual([1, 24, 24])
    expect(planDraws(record.data.transforms).width).toBeGreaterThan(10)
  })
})
