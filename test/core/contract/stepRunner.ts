/** Drives a compiled training step manually: formula weights in, golden batches, losses and state out. */
import type { NetworkSource } from '#core/compiler/network'
import type { StepProgram } from '#core/compiler/packing'
import { initialSlots, packBuffer, unpackBuffers, type NamedTensors } from '#core/compiler/weights'
import { asLoop, asSingle, asUnrolled } from '#core/compiler/wrappers'
import type { NetworkGraph } from '#core/graph/project'
import { tensor, type Tensor } from '#core/tensor/dtype'
import { hashedNumbers } from '../../support/hashedNumbers'
import { normalized } from '../../support/normalized'
import { goldenBatches } from '../../support/mnist'
import { openModel, type OnnxRunner } from '../../support/runOnnx'

export const BATCH = 64

/** The network on raw MNIST bytes, normalized like the goldens. */
export function mnistSource(graph: NetworkGraph): NetworkSource {
  return {
    graph,
    facts: {
      sample: { dtype: 'uint8', shape: [1, 28, 28] },
      target: { kind: 'classes', classes: Array.from({ length: 10 }, (_, digit) => String(digit)) },
    },
    preprocess: { sample: [], target: [], files: [], dtype: 'uint8', shape: [1, 28, 28] },
    transforms: normalized([1, 28, 28], [0.1307], [0.3081]),
    loss: { kind: 'cross-entropy' },
  }
}

type State = Record<string, Tensor>

const vector = (data: Float32Array): Tensor => ({ dtype: 'float32', shape: [data.length], data })

/** Weights by formula: uniform in ±1/√fan_in, a bias with the fan_in of its weight; batch norm starts at 1 and 0. */
export function startState(program: StepProgram): State {
  const { parameters, statistics } = program.state
  const fanIn = new Map(parameters.slices.map(({ name, shape }) => [name, shape.slice(1).reduce((a, b) => a * b, 1)]))
  const weights = packBuffer(parameters, ({ name, layer, size }) => {
    if (layer.endsWith('_norm')) return new Float32Array(size).fill(name.endsWith('.weight') ? 1 : 0)
    return hashedNumbers(name, size, 1 / Math.sqrt(fanIn.get(`${layer}.weight`)!))
  })
  const slots = Object.entries(initialSlots(program)).map(([name, data]) => [`slot.${name}`, vector(data)] as const)
  return {
    parameters: vector(weights),
    ...Object.fromEntries(slots),
    ...(statistics.total > 0 && {
      statistics: vector(packBuffer(statistics, ({ size, initial }) => new Float32Array(size).fill(initial))),
    }),
  }
}

/** The tensors of a state by PyTorch's names; `buffer` selects the parameters or one of the optimizer's slots. */
export function named(program: StepProgram, state: State, buffer = 'parameters'): NamedTensors {
  return unpackBuffers(program.state, {
    parameters: state[buffer]!.data as Float32Array,
    frozen: new Float32Array(program.state.frozen.total),
    statistics: (state.statistics?.data as Float32Array | undefined) ?? new Float32Array(0),
  })
}

export interface RunOfSteps {
  readonly losses: number[]
  readonly state: State
}

/** The optimizer's numbers for steps `from` … `from + count − 1`, row by row. */
function scalarRows(program: StepProgram, from: number, count: number, learningRate: number): number[] {
  const { definition, params } = program.optimizer
  return Array.from({ length: count }, (_, k) => {
    const values = definition.scalars(params, from + k + 1, learningRate)
    return program.scalarNames.map((name) => values[name]!)
  }).flat()
}

export type Wrapper = 'single' | 'loop' | 'unrolled'

/** Steps per call of a wrapper. */
const CHUNK: Record<Wrapper, number> = { single: 1, loop: 10, unrolled: 2 }

function wrap(program: StepProgram, wrapper: Wrapper) {
  if (wrapper === 'single') return asSingle(program)
  return wrapper === 'loop' ? asLoop(program) : asUnrolled(program, CHUNK.unrolled)
}

/** Feeds of one call: `count` batches starting at step `from`. */
function callFeeds(program: StepProgram, wrapper: Wrapper, from: number, count: number, learningRate: number): State {
  const indices = Array.from({ length: count * BATCH }, (_, i) => from * BATCH + i)
  const dtype = program.target.portable ? 'int32' : 'int64'
  const width = program.scalarNames.length
  const scalars = scalarRows(program, from, count, learningRate)
  const single = wrapper === 'single'
  return {
    indices: tensor(dtype, single ? [BATCH] : [count, BATCH], indices),
    scalars: tensor('float32', single ? [width] : [count, width], scalars),
    trips: tensor('int64', [], [count]),
  }
}

/** Trains for `steps` steps from `state`; `onStep` receives the state after every call of the wrapper. */
export async function runSteps(
  program: StepProgram,
  steps: number,
  learningRate: number,
  wrapper: Wrapper = 'single',
  threads = 1,
): Promise<RunOfSteps> {
  const { images, labels } = goldenBatches(steps, BATCH)
  const model: OnnxRunner = await openModel(wrap(program, wrapper), { threads })
  let state = startState(program)
  const losses: number[] = []
  for (let from = 0; from < steps; from += CHUNK[wrapper]) {
    const count = Math.min(CHUNK[wrapper], steps - from)
    const call = callFeeds(program, wrapper, from, count, learningRate)
    const next = await model.run({ ...state, ...call, samples: images, targets: labels })
    losses.push(...(next.loss!.data as Float32Array))
    state = Object.fromEntries(Object.keys(state).map((name) => [name, next[`next.${name}`]!]))
  }
  await model.release()
  return { losses, state }
}
