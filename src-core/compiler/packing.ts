/** Packs a graph with one input per weight into one with a few flat buffers, picks the batch, and adds the optimizer. */
import { invariant } from '../base/assert'
import type { Choice } from '../graph/choice'
import { findOptimizer } from '../optimizers/index'
import { GraphBuilder } from '../onnx/builder'
import type { Graph, Value } from '../onnx/graph'
import { splitMany } from '../onnx/splitMany'
import type { Target } from '../onnx/target'
import { checkParams, type ParamValues } from '../params/params'
import type { DrawPlan } from '../transforms/draws/draws'
import type { OptimizerDefinition } from '../optimizers/optimizer'
import type { RandomSlot } from './lowerNetwork'
import type { NetworkSource } from './network'
import { inlineGraph } from './passes/inlineGraph'
import { prune } from './passes/prune'
import { RANDOM_ROUNDS } from '../onnx/randomNumbers'
import type { NetworkState, StateLayout, StateSlice } from './stateLayout'

export interface StepProgram {
  /**
   * One step. Inputs: `parameters`, `slot.<name>`, `statistics` (all float vectors, next values under `next.…`), `frozen`,
   * `samples` and `targets` (the whole set), `indices` [batch], `scalars` [scalarNames + random keys], and `draws`
   * [batch, draws.width] where the transforms draw anything.
   * Outputs: the next state, `loss` [] and `prediction` [batch, outputs].
   */
  readonly graph: Graph
  readonly state: NetworkState
  readonly optimizer: {
    readonly definition: OptimizerDefinition
    readonly params: ParamValues<OptimizerDefinition['params']>
  }
  /** Names of the optimizer's state vectors. */
  readonly slots: readonly string[]
  readonly scalarNames: readonly string[]
  /** Draws of random numbers; each has RANDOM_ROUNDS keys behind the scalars. */
  readonly randoms: readonly Pick<RandomSlot, 'layer' | 'draw'>[]
  /** The random numbers of the transforms. */
  readonly draws: DrawPlan
  readonly batchSize: number
  readonly target: Target
}

interface Packing {
  readonly state: NetworkState
  readonly source: NetworkSource
  readonly batchSize: number
  readonly target: Target
}

const vector = (length: number) => ({ dtype: 'float32', shape: [length] }) as const

/** Inputs for the whole data set and the picked batch, bound to the names the packed graph knows. */
function pickBatch(b: GraphBuilder, { source, batchSize, target }: Packing): [string, Value][] {
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

function splitVector(b: GraphBuilder, x: Value, sizes: readonly number[], target: Target): Value[] {
  if (target.portable) return splitMany(b, x, sizes, 0)
  return sizes.length === 1 ? [x] : b.Split(x, sizes, { axis: 0 })
}

/** The tensors of a layout joined into one flat vector. */
function join(b: GraphBuilder, layout: StateLayout, value: (slice: StateSlice) => Value): Value {
  const parts = layout.slices.map((slice) => b.Reshape(value(slice), [slice.size]))
  return parts.length === 1 ? parts[0]! : b.Concat(parts, { axis: 0 })
}

function unpackState(b: GraphBuilder, { state, target }: Packing) {
  return b.within('state', () => ({
    parameters: unpack(b, 'parameters', state.parameters, target),
    frozen: unpack(b, 'frozen', state.frozen, target),
    statistics: unpack(b, 'statistics', state.statistics, target),
  }))
}

export function packEvaluation(graph: Graph, packing: Packing): Graph {
  const b = new GraphBuilder('evaluation')
  const { parameters, frozen, statistics } = unpackState(b, packing)
  const bindings = new Map([...parameters.tensors, ...frozen.tensors, ...statistics.tensors, ...pickBatch(b, packing)])
  for (const [name, value] of inlineGraph(b, rename(graph), bindings)) b.output(value, name.slice(RENAMED.length))
  return prune(b.graph)
}

/** Outputs are renamed first, so that the packed graph can use the plain names for its own. */
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

export function packStep(
  graph: Graph,
  packing: Packing & { optimizer: Choice; randoms: readonly RandomSlot[]; draws: DrawPlan },
): StepProgram {
  const { state, randoms, draws, batchSize, target } = packing
  const definition = findOptimizer(packing.optimizer.kind)
  invariant(definition, `unknown optimizer ${packing.optimizer.kind}`)
  const { kind: _kind, ...given } = packing.optimizer
  const { values: params } = checkParams(definition.params, given, definition.title, { param: 'training.optimizer' })
  const slots = Object.keys(definition.slots(params))
  const scalarNames = Object.keys(definition.scalars(params, 1, 1))

  const b = new GraphBuilder('step')
  const { parameters, frozen, statistics } = unpackState(b, packing)
  const slotValues = Object.fromEntries(
    slots.map((name) => [name, b.input(`slot.${name}`, vector(state.parameters.total))]),
  )
  const batch = [...pickBatch(b, packing), ...takeDraws(b, draws, batchSize)]
  const { scalars, keys } = readScalars(b, scalarNames, randoms, target)
  const bindings = new Map([...parameters.tensors, ...frozen.tensors, ...statistics.tensors, ...batch, ...keys])
  const computed = inlineGraph(b, rename(graph), bindings)
  const result = (name: string) => computed.get(RENAMED + name)!

  const flat = parameters.flat
  if (flat) {
    const update = b.within('optimizer', () => {
      const gradients = join(b, state.parameters, ({ name }) => result(`gradient.${name}`))
      return definition.update({ b, parameters: flat, gradients, slots: slotValues, scalars, params })
    })
    b.output(update.parameters, 'next.parameters')
    for (const name of slots) b.output(update.slots[name]!, `next.slot.${name}`)
  }
  if (state.statistics.total > 0)
    b.output(
      b.within('state', () => join(b, state.statistics, ({ name }) => result(`next.${name}`))),
      'next.statistics',
    )
  b.output(result('loss'), 'loss')
  b.output(result('prediction'), 'prediction')
  const optimizer = { definition, params }
  return { graph: prune(b.graph), state, optimizer, slots, scalarNames, randoms, draws, batchSize, target }
}

function takeDraws(b: GraphBuilder, { width }: DrawPlan, batchSize: number): [string, Value][] {
  return width === 0 ? [] : [['draws', b.input('draws', { dtype: 'float32', shape: [batchSize, width] })]]
}

/** Splits the vector of this step's numbers: one per optimizer scalar, then the keys of every random draw. */
function readScalars(b: GraphBuilder, names: readonly string[], randoms: readonly RandomSlot[], target: Target) {
  const sizes = [...names.map(() => 1), ...randoms.map(() => RANDOM_ROUNDS)]
  const total = sizes.reduce((sum, size) => sum + size, 0)
  const all = b.input('scalars', vector(total))
  return b.within('scalars', () => {
    const parts = splitVector(b, all, sizes, target)
    return {
      scalars: Object.fromEntries(names.map((name, i) => [name, parts[i]!])),
      keys: randoms.map((slot, i): [string, Value] => [slot.keys.name, parts[names.length + i]!]),
    }
  })
}
