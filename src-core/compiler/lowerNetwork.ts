/**
 * First stage of every compilation: walks the layers in order and emits the operators of each. Collects all problems.
 */
import { nearestName } from '../base/namesLike'
import { isSource, OUTPUT } from '../graph/kinds'
import { topologicalOrder } from '../graph/order'
import { comparePorts } from '../graph/ports'
import type { Choice } from '../graph/choice'
import type { GraphNode, NetworkGraph } from '../graph/project'
import { requireRoom } from '../layers/checks'
import type { WeightStart, LayerDefinition, LowerContext } from '../layers/layer'
import { findLayer, layers } from '../layers/index'
import type { GraphBuilder } from '../onnx/builder'
import type { Value } from '../onnx/graph'
import type { Target } from '../onnx/target'
import { checkParams } from '../params/params'
import { ProblemError, type Problem } from '../problems/problem'
import { makeProblem, wordProblem } from '../problems/wording'
import { RANDOM_ROUNDS, uniformNumbers } from '../onnx/randomNumbers'

export interface WeightSlot {
  /** Layer id and PyTorch's name: `conv1.weight`. */
  readonly name: string
  readonly layer: string
  readonly shape: readonly number[]
  readonly trainable: boolean
  readonly start: WeightStart
  /** The user's choice of initializer. */
  readonly chosen?: Choice
  readonly value: Value
}

export interface StatisticSlot {
  readonly name: string
  readonly layer: string
  readonly shape: readonly number[]
  readonly initial: number
  readonly value: Value
  next?: Value
}

export interface RandomSlot {
  readonly layer: string
  /** Index of the draw within its layer. */
  readonly draw: number
  /** [RANDOM_ROUNDS] floats, new in every step. */
  readonly keys: Value
}

/** A layer that cannot be trained on smaller batches. */
export interface BatchNeed {
  readonly layer: string
  readonly samples: number
}

export interface LayerOutput {
  readonly value: Value
  /** True if a problem at this layer or before it means the shape is assumed. */
  readonly assumed: boolean
}

export interface LoweredNetwork {
  readonly output: Value | undefined
  readonly weights: WeightSlot[]
  readonly statistics: StatisticSlot[]
  readonly randoms: RandomSlot[]
  readonly batchNeeds: BatchNeed[]
  readonly layerOutputs: Map<string, LayerOutput>
  readonly problems: Problem[]
}

export interface LowerOptions {
  readonly training: boolean
  readonly target: Target
  /** Number of token ids if the data is text, `none` if it is not; absent if the data is unknown or already checked. */
  readonly vocabulary?: number | 'none'
}

/**
 * Emits the operators of `graph` (without blocks) into `b`, starting from `x`, the prepared samples [N, …].
 * Weights, statistics and random keys become graph inputs named after their layer; later passes bind them.
 */
export function lowerNetwork(b: GraphBuilder, graph: NetworkGraph, x: Value, options: LowerOptions): LoweredNetwork {
  const network: LoweredNetwork = {
    output: undefined,
    weights: [],
    statistics: [],
    randoms: [],
    batchNeeds: [],
    layerOutputs: new Map(),
    problems: [],
  }
  let output: Value | undefined
  for (const node of topologicalOrder(graph)) {
    const sources = graph.edges
      .filter(({ to }) => to === node.id)
      .sort((a, c) => comparePorts(a.port, c.port))
      .map(({ from }) => network.layerOutputs.get(from))
    // A node without input has no shape; already reported by the structure checks.
    if (!isSource(node) && (sources.length === 0 || sources.includes(undefined))) continue
    const inputs = isSource(node) ? [{ value: x, assumed: false }] : (sources as LayerOutput[])
    const value = lowerLayer(b, node, inputs, network, options, x)
    network.layerOutputs.set(node.id, value)
    if (node.kind === OUTPUT) output = value.value
  }
  return { ...network, output }
}

function lowerLayer(
  b: GraphBuilder,
  node: GraphNode,
  inputs: readonly LayerOutput[],
  network: LoweredNetwork,
  options: LowerOptions,
  fed: Value,
): LayerOutput {
  const layer = findLayer(node.kind)
  const guess: LayerOutput = { value: inputs[0]!.value, assumed: true }
  if (!layer) {
    network.problems.push(unknownKind(node))
    return guess
  }
  const { values, problems } = checkParams(layer.params, node.params, `${node.id} (${layer.title})`, { node: node.id })
  network.problems.push(...problems)
  const assumed = problems.length > 0 || inputs.some((input) => input.assumed)
  const mark = b.graph.nodes.length
  try {
    const context = layerContext(b, node, layer, inputs, values, network, options, fed)
    const value = b.within(node.id, () => layer.lower(context))
    requireRoom(context, value.type.shape)
    return { value, assumed }
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    b.graph.nodes.length = mark
    // After an assumed shape, another problem would only repeat the first one.
    if (!assumed) network.problems.push(...error.problems)
    return guess
  }
}

function unknownKind(node: GraphNode): Problem {
  const known = layers.map(({ kind }) => kind)
  const near = nearestName(node.kind, known)
  const place = { node: node.id }
  return near === undefined
    ? makeProblem('node-unknown-kind', 'any', { kind: node.kind }, place)
    : makeProblem('node-unknown-kind', 'near', { kind: node.kind, near }, place)
}

function layerContext(
  b: GraphBuilder,
  node: GraphNode,
  layer: LayerDefinition,
  inputs: readonly LayerOutput[],
  params: LowerContext<unknown>['params'],
  network: LoweredNetwork,
  options: LowerOptions,
  fed: Value,
): Parameters<LayerDefinition['lower']>[0] {
  const placeholder = (name: string, shape: readonly number[]) => b.input(name, { dtype: 'float32', shape })
  const context: Parameters<LayerDefinition['lower']>[0] = {
    b,
    id: node.id,
    x: inputs[0]!.value,
    inputs: inputs.map(({ value }) => value),
    params: params as Parameters<LayerDefinition['lower']>[0]['params'],
    training: options.training,
    trainable: node.trainable,
    target: options.target,
    sample: fed.type.shape.slice(1),
    fed,
    ...(options.vocabulary !== undefined && { vocabulary: options.vocabulary }),
    weight(name, shape, start) {
      const full = `${node.id}.${name}`
      requireRoom(context, shape)
      const value = placeholder(full, shape)
      const chosen = node.initializers[name]
      const { trainable } = node
      network.weights.push({ name: full, layer: node.id, shape, trainable, start, value, ...(chosen && { chosen }) })
      return value
    },
    statistic(name, shape, initial) {
      const full = `${node.id}.${name}`
      const slot: StatisticSlot = { name: full, layer: node.id, shape, initial, value: placeholder(full, shape) }
      network.statistics.push(slot)
      return { value: slot.value, update: (next) => void (slot.next = next) }
    },
    needsBatch(samples) {
      network.batchNeeds.push({ layer: node.id, samples })
    },
    uniform(shape) {
      const draw = network.randoms.filter((slot) => slot.layer === node.id).length
      const keys = placeholder(`${node.id}.random.${draw}`, [RANDOM_ROUNDS])
      network.randoms.push({ layer: node.id, draw, keys })
      return uniformNumbers(b, shape, keys)
    },
    problem(code, problemCase, values, details = {}) {
      const data = { kind: layer.kind, ...details.data }
      throw new ProblemError([wordProblem(code, problemCase, values, { node: node.id, ...details, data })])
    },
  }
  return context
}
