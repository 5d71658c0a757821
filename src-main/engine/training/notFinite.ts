/**
 * Finds where values became non-finite: repeats the last steps one by one, with identical results, up to the first step
 * whose loss or new weights are not finite, then checks the output of every layer in that step.
 */
import { INPUT } from '#core/graph/kinds'
import { addLoss } from '#core/compiler/passes/addLoss'
import { prune } from '#core/compiler/passes/prune'
import { buildForward, type NetworkSource } from '#core/compiler/network'
import { unpackBuffers, type NamedTensors } from '#core/compiler/weights'
import { RANDOM_ROUNDS } from '#core/onnx/randomNumbers'
import type { StepProgram } from '#core/compiler/packing'
import type { Graph } from '#core/onnx/graph'
import { standardTarget } from '#core/onnx/target'
import { fail, type Problem } from '#core/problems/problem'
import { makeProblem } from '#core/problems/wording'
import type { Device } from '../device/device'
import type { SampleFeed } from '../evaluation/sampleFeed'
import { loadRuntime } from '../device/runtimes'
import { numbersOf, RuntimeFailure, type RuntimeTensor } from '../device/session'
import type { State, StepRunner } from './stepRunner'

/** A past call, kept so that it can be repeated. */
export interface TakenCall {
  readonly runner: StepRunner
  /** State before the call. */
  readonly state: State
  /** Sample indices in the dataset, [steps × batch]. */
  readonly order: Int32Array
  readonly scalars: Float32Array
  /** [steps × batch, width] */
  readonly draws: Float32Array
  /** For the first step: steps before it in its epoch and in the run; epoch from 0. */
  readonly epoch: number
  readonly stepInEpoch: number
  readonly step: number
}

export interface Failure {
  readonly call: TakenCall
  /** Index of the step in the call. */
  readonly at: number
  readonly loss: number
  /** Weights before that step: the last finite ones. */
  readonly before: State
  /** Weights after it, if they and not the loss are not finite. */
  readonly after?: State
}

/** Index of the first NaN or infinity, or −1. */
export function firstNotFinite(numbers: Float32Array): number {
  for (let i = 0; i < numbers.length; i++) if (!Number.isFinite(numbers[i]!)) return i
  return -1
}

const namesOf = (state: State) => ['parameters', 'statistics'].filter((name) => state[name])

/** Whether all weights and running statistics are finite. */
export async function isFinite(device: Device, state: State): Promise<boolean> {
  for (const name of namesOf(state)) if (firstNotFinite(await device.download(state[name]!)) >= 0) return false
  return true
}

interface Replay {
  readonly device: Device
  readonly feed: SampleFeed
  readonly frozen: Readonly<Record<string, RuntimeTensor>>
}

/** Repeats the calls; undefined if everything is finite this time. */
export async function findFailure(replay: Replay, calls: readonly TakenCall[]): Promise<Failure | undefined> {
  for (const call of calls) {
    const { runner, order, scalars } = call
    const steps = order.length / runner.batchSize
    const width = scalars.length / steps
    let { state } = call
    for (let at = 0; at < steps; at++) {
      const { data, indices } = await replay.feed.take(batchOf(call, at))
      const row = scalars.slice(at * width, (at + 1) * width)
      const given = { ...data, ...replay.frozen }
      const draws = drawsOf(call, at)
      const result = await runner.run(state, { steps: 1, indices, scalars: row, draws, data: given })
      const loss = result.losses[0]!
      if (!Number.isFinite(loss)) return { call, at, loss, before: state }
      if (!(await isFinite(replay.device, result.state))) return { call, at, loss, before: state, after: result.state }
      state = result.state
    }
  }
  return undefined
}

function batchOf({ runner: { batchSize }, order }: TakenCall, at: number): Int32Array {
  return order.slice(at * batchSize, (at + 1) * batchSize)
}

function drawsOf({ runner, draws }: TakenCall, at: number): Float32Array {
  const size = runner.batchSize * runner.program.draws.width
  return draws.slice(at * size, (at + 1) * size)
}

/** When values first became non-finite, and what to try. */
interface Moment {
  readonly epoch: number
  readonly step: number
  readonly learningRate: number
  readonly loss: string
  readonly suggestedLearningRate: number
}

/** The problem that describes where, when and why. */
export async function explainFailure(
  failure: Failure,
  { device, feed, frozen, source, learningRate }: Replay & { source: NetworkSource; learningRate: number },
): Promise<Problem> {
  const { call, at, loss, after } = failure
  const { program } = call.runner
  const frozenData = frozen.frozen ? await device.download(frozen.frozen) : new Float32Array(0)
  const tensors = await namedTensors(device, program, after ?? failure.before, frozenData)
  // A tenth, or the optimizer's usual initial rate if that is lower still.
  const { recommended } = program.optimizer.definition
  const lower = Number(Math.min(learningRate / 10, recommended.learningRate).toPrecision(2))
  const moment = {
    epoch: call.epoch + 1,
    step: call.step + at + 1,
    // Schedules turn a round rate into one with many digits.
    learningRate: Number(learningRate.toPrecision(3)),
    loss: String(loss),
    suggestedLearningRate: lower,
  }
  return after ? brokenWeight(program, tensors, moment) : brokenLayer(failure, { moment, source, tensors, feed })
}

/** For a device on which repeated steps give different numbers, so that the failing one cannot be found. */
export function failUnexplained(epoch: number, step: number): never {
  return fail('training-not-finite', 'unexplained', { epoch, step })
}

async function namedTensors(
  device: Device,
  { state: layout }: StepProgram,
  state: State,
  frozen: Float32Array,
): Promise<NamedTensors> {
  const read = async (name: string) => (state[name] ? device.download(state[name]) : new Float32Array(0))
  return unpackBuffers(layout, { parameters: await read('parameters'), frozen, statistics: await read('statistics') })
}

/** Gradients flow from the end of the network: among all non-finite weights, the last ones broke first. */
function brokenWeight({ state }: StepProgram, tensors: NamedTensors, moment: Moment): Problem {
  const all = [...state.parameters.slices, ...state.statistics.slices]
  const broken = all.filter(({ name }) => firstNotFinite(tensors.get(name)!.data) >= 0)
  const worst = broken.filter(({ name }) => !name.includes('.running_')).at(-1) ?? broken.at(-1)
  if (!worst) return makeProblem('training-not-finite', 'weights', moment)
  const { data } = tensors.get(worst.name)!
  const value = wordFor(data[firstNotFinite(data)]!)
  return makeProblem('training-not-finite', 'update', { ...moment, name: worst.name, value }, { node: worst.layer })
}

const wordFor = (value: number) => (Number.isNaN(value) ? 'NaN' : value > 0 ? '+∞' : '−∞')

/** Checks the output of every layer, in the order of computation. */
async function brokenLayer(
  { call, at }: Failure,
  { moment, source, tensors, feed }: { moment: Moment; source: NetworkSource; tensors: NamedTensors; feed: SampleFeed },
): Promise<Problem> {
  const batch = batchOf(call, at)
  const { graph, layers } = probeGraph(source, batch.length)
  const outputs = await runProbe(graph, { call, at, source, tensors, feed, batch })
  if (!outputs) return makeProblem('training-not-finite', 'loss-only', moment)
  for (const [position, id] of layers.entries()) {
    const numbers = outputs(position)
    const found = firstNotFinite(numbers)
    if (found < 0) continue
    const isInput = source.graph.nodes.find((node) => node.id === id)?.kind === INPUT
    const value = wordFor(numbers[found]!)
    return makeProblem('training-not-finite', isInput ? 'input' : 'layer', { ...moment, value }, { node: id })
  }
  if (weightless(outputs(layers.length + 1))) {
    const place = { param: 'training.loss.weight' }
    return makeProblem('training-not-finite', 'no-weight', { ...moment, batch: batch.length }, place)
  }
  return makeProblem('training-not-finite', 'loss', moment, { param: 'training.loss' })
}

/** Whether the loss is a mean over samples whose weights sum to zero. */
const weightless = (weights: Float32Array) => weights.length > 0 && weights.every((weight) => weight === 0)

/** The forward pass of a training step with the output of every layer, in the order of computation. */
function probeGraph(source: NetworkSource, batch: number): { graph: Graph; layers: string[] } {
  const forward = buildForward('probe', source, { training: true, target: standardTarget, batch })
  const { b, network } = forward
  const layers = [...network.layerOutputs.keys()]
  layers.forEach((id, position) => b.output(network.layerOutputs.get(id)!.value, `probe.${position}`))
  const { losses, weights } = addLoss({ ...forward, source, target: standardTarget })
  b.output(losses, 'losses')
  if (weights) b.output(weights, `probe.${layers.length + 1}`)
  return { graph: prune(b.graph), layers }
}

interface ProbeInput extends Pick<Failure, 'call' | 'at'> {
  readonly source: NetworkSource
  readonly tensors: NamedTensors
  readonly feed: SampleFeed
  readonly batch: Int32Array
}

/** Runs on the CPU, regardless of the device: the evidence is in the weights. Undefined if it does not run. */
async function runProbe(graph: Graph, input: ProbeInput) {
  const { tensors, feed, batch, source } = input
  const given = new Map([...randomKeys(input), ['draws', drawsOf(input.call, input.at)]])
  const runtime = await loadRuntime('cpu')
  const own: Record<string, RuntimeTensor> = {}
  for (const { name, type } of graph.inputs) {
    const data = tensors.get(name)?.data ?? given.get(name)
    if (data) own[name] = runtime.tensor('float32', type.shape as number[], data)
  }
  const { preprocess, facts } = source
  const { target } = facts
  const targets = feed.targetsOf(batch)
  own.samples = runtime.tensor(preprocess.dtype, [batch.length, ...preprocess.shape], feed.samplesOf(batch))
  own.targets =
    target.kind === 'classes'
      ? runtime.tensor('int32', [batch.length], targets)
      : runtime.tensor('float32', [batch.length, target.size], targets)
  try {
    const session = await runtime.open(graph, { device: 'cpu', threads: 1 })
    const results = await session.run(own)
    await session.release()
    return (position: number) => numbersOf(results[`probe.${position}`])
  } catch (error) {
    if (error instanceof RuntimeFailure) return undefined
    throw error
  }
}

/** Random keys of the step, by input name. */
function randomKeys({ call: { runner, scalars, order }, at }: ProbeInput): Map<string, Float32Array> {
  const { program } = runner
  const width = scalars.length / (order.length / runner.batchSize)
  const begin = at * width + program.scalarNames.length
  return new Map(
    program.randoms.map(({ layer, draw }, i) => {
      const from = begin + i * RANDOM_ROUNDS
      return [`${layer}.random.${draw}`, scalars.slice(from, from + RANDOM_ROUNDS)]
    }),
  )
}
