/** The packed form of steps and evaluations: a few flat buffers in the place of one input per weight, and the batch picked inside. */
import { invariant } from '../base/assert'
import type { GraphBuilder } from '../onnx/builder'
import type { Graph, Value } from '../onnx/graph'
import { splitMany } from '../onnx/splitMany'
import type { Target } from '../onnx/target'
import type { OptimizerDefinition } from '../optimizers/optimizer'
import type { ParamValues } from '../params/params'
import type { DrawPlan } from '../transforms/draws/draws'
import type { LoweredNetwork, RandomSlot } from './lowerNetwork'
import type { NetworkSource } from './network'
import { inlineGraph } from './passes/inlineGraph'
import type { NetworkState, StateLayout, StateSlice } from './stateLayout'

export interface StepOptimizer {
  readonly definition: OptimizerDefinition
  readonly params: ParamValues<OptimizerDefinition['params']>
}

export interface StepProgram {
  /**
   * One step. Inputs: `parameters`, `slot.<name>`, `statistics` (all float vectors, next values under `next.…`),
   * `frozen`,
   * `samples` and `targets` (the whole set), `indices` [batch], `scalars` [scalarNames + random keys], and `draws`
   * [batch, draws.width] if the transforms draw random numbers.
   * Outputs: the next state, `loss` [] and `prediction` [batch, outputs].
   */
  readonly graph: Graph
  readonly state: NetworkState
  readonly optimizer: StepOptimizer
  /** Names of the optimizer's state vectors. */
  readonly slots: readonly string[]
  /** What their elements start with. */
  readonly slotStarts: Readonly<Record<string, number>>
  readonly scalarNames: readonly string[]
  /** Random draws; each has RANDOM_ROUNDS keys after the scalars. */
  readonly randoms: readonly Pick<RandomSlot, 'layer' | 'draw'>[]
  /** The random numbers of the transforms. */
  readonly draws: DrawPlan
  readonly batchSize: number
  readonly target: Target
}

/** A graph to pack, with one input per weight. */
export interface Packing {
  readonly b: GraphBuilder
  readonly network: Pick<LoweredNetwork, 'weights' | 'statistics' | 'randoms'>
  readonly source: NetworkSource
  readonly batchSize: number
  readonly target: Target
}

export const vector = (length: number) => ({ dtype: 'float32', shape: [length] }) as const

/** Inputs for the whole dataset and the picked batch, bound to the names used by the packed graph. */
export function pickBatch(
  b: GraphBuilder,
  { source, batchSize, target }: Pick<Packing, 'source' | 'batchSize' | 'target'>,
): [string, Value][] {
  const { dtype, shape } = source.preprocess
  const facts = source.facts.target
  const samples = b.input('samples', { dtype, shape: ['N', ...shape] })
  const targets = b.input(
    'targets',
    facts.kind === 'classes' ? { dtype: 'int32', shape: ['N'] } : { dtype: 'float32', shape: ['N', facts.size] },
  )
  const indices = b.input('indices', { dtype: target.portable ? 'int32' : 'int64', shape: [batchSize] })
  return b.within('data', () => [
    ['samples', b.Gather(samples, indices, { axis: 0 })],
    ['targets', b.Gather(targets, indices, { axis: 0 })],
  ])
}

/** Inputs for the flat buffers, split into tensors by name; `flat` are the trained parameters, where there are any. */
export function unpackState(
  b: GraphBuilder,
  state: NetworkState,
  target: Target,
): { readonly flat: Value | undefined; readonly tensors: readonly [string, Value][] } {
  return b.within('state', () => {
    const parameters = unpack(b, 'parameters', state.parameters, target)
    const frozen = unpack(b, 'frozen', state.frozen, target)
    const statistics = unpack(b, 'statistics', state.statistics, target)
    return { flat: parameters.flat, tensors: [...parameters.tensors, ...frozen.tensors, ...statistics.tensors] }
  })
}

/** One flat input split into the tensors of its layout. */
function unpack(
  b: GraphBuilder,
  name: string,
  layout: StateLayout,
  target: Target,
): { flat?: Value; tensors: [string, Value][] } {
  if (layout.total === 0) return { tensors: [] }
  const flat = b.input(name, vector(layout.total))
  const parts = splitVector(
    b,
    flat,
    layout.slices.map(({ size }) => size),
    target,
  )
  return { flat, tensors: layout.slices.map((slice, i) => [slice.name, b.Reshape(parts[i]!, slice.shape)]) }
}

export function splitVector(b: GraphBuilder, x: Value, sizes: readonly number[], target: Target): Value[] {
  if (target.portable) return splitMany(b, x, sizes, 0)
  return sizes.length === 1 ? [x] : b.Split(x, sizes, { axis: 0 })
}

/** The tensors of a layout joined into one flat vector. */
export function joinVector(b: GraphBuilder, layout: StateLayout, value: (slice: StateSlice) => Value): Value {
  const parts = layout.slices.map((slice) => b.Reshape(value(slice), [slice.size]))
  return parts.length === 1 ? parts[0]! : b.Concat(parts, { axis: 0 })
}

/** Outputs are renamed first, so that the packed graph can use the plain names itself. */
const RENAMED = 'computed:'
function rename(graph: Graph): Graph {
  const names = new Map(graph.outputs.map(({ name }) => [name, RENAMED + name]))
  const to = (name: string) => names.get(name) ?? name
  return {
    ...graph,
    outputs: graph.outputs.map((value) => ({ ...value, name: to(value.name) })),
    nodes: graph.nodes.map((node) => ({ ...node, inputs: node.inputs.map(to), outputs: node.outputs.map(to) })),
  }
}

/** Writes `graph` into `b`; gives its outputs by their names. */
export function inlineComputed(
  b: GraphBuilder,
  graph: Graph,
  bindings: ReadonlyMap<string, Value>,
): (name: string) => Value {
  const computed = inlineGraph(b, rename(graph), bindings)
  return (name) => {
    const value = computed.get(RENAMED + name)
    invariant(value, `${graph.name} has no output ${name}`)
    return value
  }
}
