/** All execution modes on all devices give the same numbers, and a failing one is replaced by one that works. */
import { describe, expect, it, onTestFinished } from 'vitest'
import { portableTarget, standardTarget } from '#core/onnx/target'
import { openDataset } from '../../../../src-main/data/openDataset'
import { openSamples } from '../../../../src-main/data/samples'
import { linuxCores, physicalCores } from '../../../../src-main/machine/cores'
import type { Device, DeviceSettings } from '../../../../src-main/engine/device/device'
import { Evaluation } from '../../../../src-main/engine/evaluation/evaluation'
import { EngineHost } from '../../../../src-main/engine/host/host'
import { forkLauncher } from '../../../../src-main/engine/host/launcher'
import { planTraining } from '../../../../src-main/engine/training/plan'
import { prepareNetwork, prepareTraining } from '../../../../src-main/engine/training/prepare'
import { chooseDevice, requireDevice, tryDevice } from '../../../../src-main/engine/device/providers'
import { loadRuntime, openDevice } from '../../../../src-main/engine/device/runtimes'
import { RuntimeFailure } from '../../../../src-main/engine/device/session'
import { RunControl } from '../../../../src-main/engine/training/runControl'
import { openSampleFeed } from '../../../../src-main/engine/evaluation/sampleFeed'
import { Trainer } from '../../../../src-main/engine/training/trainer'
import { openTrainingKit } from '../../../../src-main/engine/training/trainingKit'
import { probeBlockSize } from '../../../support/blockSize'
import { noSoftwareGpu, softwareGpuEnvironment } from '../../../support/softwareGpu'
import { problemsOf } from '../../data/temporaryFolder'
import { epochsOf, insertAfter, lossesOf, newRun, projectsFolder, sampleProject } from '../training/trainHere'

/** Losses of 20 steps and the validation metrics, on a device. */
async function takeSteps(device: Device, hideMemory = false) {
  const project = insertAfter(sampleProject('penguins', { epochs: 3, batchSize: 32 }), 'relu1', 'dropout', { p: 0.25 })
  const dataset = await openDataset(project.data, project.task, projectsFolder)
  const { source } = prepareNetwork(project, dataset)
  const samples = hideMemory ? await openSamples(dataset.samples.stored, 0) : dataset.samples
  const feed = await openSampleFeed(device, { ...dataset, samples })
  const evaluation = await Evaluation.open(device, source, project.task, 50, feed)
  const trainer = await Trainer.open({
    device,
    source,
    task: project.task,
    training: project.training,
    plan: planTraining(dataset.splits.train, 1, project.training),
    feed,
    evaluation,
    validation: dataset.splits.validation,
  })
  const losses: number[] = []
  const figures: unknown[] = []
  await trainer.run(new RunControl(), {
    step: async (event) => void losses.push(...event.losses),
    epoch: async ({ train, validation }) => void figures.push(train, validation),
    pause: async () => undefined,
  })
  await trainer.release()
  await evaluation.release()
  expect(losses).toHaveLength(21)
  return { losses, figures }
}

describe('taking steps', () => {
  it('in a loop, one by one and unrolled gives the same losses', async () => {
    const cpu = await openDevice({ name: 'cpu', threads: 1, spinning: false })
    const { losses, figures } = await takeSteps(cpu)
    for (const form of ['single', 'unrolled'] as const)
      expect(await takeSteps({ ...cpu, form })).toEqual({ losses, figures })
    for (const form of ['loop', 'single', 'unrolled'] as const) {
      const portable = await takeSteps({ ...cpu, form, target: portableTarget })
      portable.losses.forEach((loss, i) => expect(loss).toBeCloseTo(losses[i]!, 4))
    }
  })

  it('gives the same losses if samples are read on demand', async () => {
    const cpu = await openDevice({ name: 'cpu', threads: 1, spinning: false })
    expect(await takeSteps(cpu, true)).toEqual(await takeSteps(cpu))
  })

  it('falls back to the plain layout, with a note, if the blocked one does not work', async () => {
    const project = sampleProject('mnist-cnn', { epochs: 1 })
    const prepared = await prepareTraining(project, projectsFolder, 128)
    // A runtime without the blocked operators, like a possible later version.
    const open = async (settings: DeviceSettings): Promise<Device> => {
      const device = await openDevice(settings)
      const refuse = async () => Promise.reject(new RuntimeFailure('nchwc.Conv is not a registered function/op'))
      return device.target.blockSize > 1 ? { ...device, open: refuse } : device
    }
    const kit = await openTrainingKit(prepared, { name: 'cpu', threads: 1, spinning: false, blockSize: 16 }, open)
    expect(kit.device.target).toEqual(standardTarget)
    expect(kit.note).toContain('plain layout, which is slower: the blocked one failed (nchwc.Conv is not a registered')
    await kit.release()
  })
})

describe('a device', () => {
  it('that supports blocked convolutions is detected by probing', async () => {
    const { blockSize } = await (await loadRuntime('cpu')).target('cpu')
    expect(blockSize).toBe(await probeBlockSize())
    expect([1, 8, 16]).toContain(blockSize)
  })

  it('has as many threads as the CPU has cores, or as few as OMP_NUM_THREADS allows', () => {
    const { OMP_NUM_THREADS: allowed } = process.env
    onTestFinished(() => {
      if (allowed === undefined) delete process.env['OMP_NUM_THREADS']
      else process.env['OMP_NUM_THREADS'] = allowed
    })
    process.env['OMP_NUM_THREADS'] = '1'
    expect(physicalCores()).toBe(1)
    delete process.env['OMP_NUM_THREADS']
    const cores = physicalCores()
    expect(cores).toBeGreaterThanOrEqual(1)
    for (const unclear of ['', '0', 'many', '1000', 'Infinity']) {
      process.env['OMP_NUM_THREADS'] = unclear
      expect(physicalCores(), unclear).toBe(cores)
    }
    if (process.platform === 'linux') expect(linuxCores('/sys/devices/system/cpu')).toBeGreaterThanOrEqual(1)
    expect(linuxCores('/nowhere')).toBeUndefined()
  })

  it('is the CPU for small networks, without probing a GPU', async () => {
    // A choice that probed would have a note on its findings.
    expect(await chooseDevice('auto', 1e6)).toEqual({ device: 'cpu' })
  })

  it('is the CPU for large networks too if there is no GPU, with a note on why', async () => {
    const choice = await chooseDevice('auto', 1e12)
    const works = []
    for (const device of ['cuda', 'webgpu', 'dml'] as const) if (!(await tryDevice(device))) works.push(device)
    if (works.length === 0)
      expect(choice).toMatchObject({ device: 'cpu', note: expect.stringContaining('not available') as string })
    else expect(['cpu', ...works]).toContain(choice.device)
  })

  it('that the machine does not have is rejected by name, with the reason', async () => {
    const absent = process.platform === 'win32' ? 'cuda' : 'dml'
    const [problem] = await problemsOf(requireDevice(absent))
    expect(problem).toMatchObject({ code: 'device-unavailable', place: { param: 'training.device' } })
    expect(problem!.received!.length).toBeGreaterThan(10)
    expect(problem!.fix).toContain('cpu')
  })
})

describe.skipIf(noSoftwareGpu)(noSoftwareGpu ?? 'WebGPU in software', () => {
  it('trains with its state on the device, evaluates, and exports the result', async () => {
    // The driver is set only for the engine process.
    const before = { ...process.env }
    Object.assign(process.env, softwareGpuEnvironment())
    const host = new EngineHost(forkLauncher())
    try {
      const run = async (device: 'webgpu' | 'cpu') => {
        const base = insertAfter(sampleProject('penguins', { epochs: 2, device }), 'fc1', 'batch-norm1d')
        // Batch norm cancels a preceding bias; its gradient is pure rounding error, which Adam turns into steps.
        const nodes = base.graph.nodes.map((node) =>
          node.id === 'fc1' ? { ...node, params: { ...node.params, bias: false } } : node,
        )
        const project = { ...base, graph: { ...base.graph, nodes } }
        const handle = host.train(newRun(project, 70))
        const events = []
        for await (const event of handle.events) events.push(event)
        return { events, finished: await handle.finished }
      }
      const [gpu, cpu] = [await run('webgpu'), await run('cpu')]
      expect(gpu.events.find((event) => event.event === 'start')).toMatchObject({ device: 'webgpu' })
      const [ours, theirs] = [lossesOf(gpu.events), lossesOf(cpu.events)]
      expect(ours).toHaveLength(6)
      ours.forEach((loss, i) => expect(loss).toBeCloseTo(theirs[i]!, 3))
      expect(epochsOf(gpu.events)[1]!.validation!.loss).toBeCloseTo(epochsOf(cpu.events)[1]!.validation!.loss!, 3)
      const evaluated = await host.evaluate({ target: gpu.finished.run, split: 'test' })
      expect(evaluated.figures.loss).toBeCloseTo(gpu.finished.test!.loss!, 3)
    } finally {
      host.close()
      process.env = before
    }
  })
})
