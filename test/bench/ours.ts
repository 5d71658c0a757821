/** Our side of the training benchmark: the engine's own step runner on a sample project, driven line by line over stdin. */
import { createInterface } from 'node:readline'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { compileStep } from '#core/compiler/compile'
import { initialBuffers, initialSlots } from '#core/compiler/weights'
import { parseProject } from '#core/graph/parse'
import { drawRows } from '#core/transforms/draws/draws'
import { openDataset } from '../../src-main/data/openDataset'
import type { Device } from '../../src-main/engine/device/device'
import { openDevice } from '../../src-main/engine/device/runtimes'
import { planTraining, type TrainingPlan } from '../../src-main/engine/training/plan'
import { prepareNetwork } from '../../src-main/engine/training/prepare'
import { rateFunction, scalarRows } from '../../src-main/engine/training/stepScalars'
import { openSampleFeed, type SampleFeed } from '../../src-main/engine/evaluation/sampleFeed'
import { openStepRunner, type State, type StepRunner } from '../../src-main/engine/training/stepRunner'
import type { Project } from '#core/graph/project'

export interface Bench {
  readonly project: Project
  readonly device: Device
  readonly runner: StepRunner
  readonly plan: TrainingPlan
  readonly feed: SampleFeed
  readonly frozen: Float32Array
  state: State
  /** Steps done. */
  step: number
}

/** A sample project, ready to take steps. */
export async function openBench(name: string, threads: number): Promise<Bench> {
  const directory = resolve(import.meta.dirname, '../../resources/projects')
  const { project } = parseProject(readFileSync(resolve(directory, `${name}.loom`), 'utf8'))
  if (!project) throw new Error(`${name} is not a project`)
  const dataset = await openDataset(project.data, project.task, directory)
  const device = await openDevice({ name: 'cpu', threads, spinning: true })
  const { source } = prepareNetwork(project, dataset)
  const plan = planTraining(dataset.splits.train, 1, project.training)
  const program = compileStep(source, project.training.optimizer, plan.batchSize, device.target)
  const { parameters, frozen, statistics } = initialBuffers(program.state, project.training.seed)
  const upload = (data: Float32Array) => device.upload('float32', [data.length], data)
  const slots = await Promise.all(
    Object.entries(initialSlots(program)).map(async ([slot, data]) => [`slot.${slot}`, await upload(data)] as const),
  )
  const state = {
    parameters: await upload(parameters),
    ...Object.fromEntries(slots),
    ...(statistics.length > 0 && { statistics: await upload(statistics) }),
  }
  const runner = await openStepRunner(device, program)
  const feed = await openSampleFeed(device, dataset)
  return { project, device, runner, plan, feed, frozen, state, step: 0 }
}

/** Takes `steps` steps in one call, like the trainer; returns the loss of the last one. */
export async function takeSteps(bench: Bench, steps: number): Promise<number> {
  const { runner, plan, feed, project } = bench
  const order = plan.order(0)
  const { batchSize } = plan
  const wanted = Int32Array.from(
    { length: steps * batchSize },
    (_, i) => order[(bench.step * batchSize + i) % order.length]!,
  )
  const rate = rateFunction(project.training.schedule, {
    stepsPerEpoch: plan.stepsPerEpoch,
    epochs: project.training.epochs,
  })
  const base = project.training.learningRate
  const scalars = scalarRows(runner.program, bench.step, steps, (step) => rate(step, base), project.training.seed)
  const draws = drawRows(runner.program.draws, {
    seed: project.training.seed,
    epoch: 0,
    samples: wanted,
    batchSize,
    firstBatch: bench.step,
  })
  const { data, indices } = await feed.take(wanted)
  const result = await runner.run(bench.state, { steps, indices, scalars, draws, data })
  bench.state = result.state
  bench.step += steps
  return result.losses.at(-1)!
}

/** Responds to every line `N` on stdin with the milliseconds of N steps, the last loss, and the peak memory. */
async function serve(name: string, threads: number): Promise<void> {
  const bench = await openBench(name, threads)
  console.log(JSON.stringify({ ready: true, version: bench.device.name }))
  for await (const line of createInterface({ input: process.stdin })) {
    const start = performance.now()
    const loss = await takeSteps(bench, Number(line))
    const milliseconds = performance.now() - start
    console.log(JSON.stringify({ milliseconds, loss, peakBytes: process.resourceUsage().maxRSS * 1024 }))
  }
}

if (process.argv[1] === import.meta.filename) await serve(process.argv[2]!, Number(process.argv[3]))
