/** Static analysis of a network: all its problems, every layer's shape and costs, totals. */
import type { DataFacts } from '../data/facts'
import { expandBlocks, locateNode } from '../graph/blocks'
import type { Choice } from '../graph/choice'
import { INPUT } from '../graph/kinds'
import type { NetworkGraph, Project } from '../graph/project'
import { checkStructure } from '../graph/structure'
import { findLayer } from '../layers/index'
import { GraphBuilder } from '../onnx/builder'
import type { Graph } from '../onnx/graph'
import { findOptimizer } from '../optimizers/index'
import { checkParams } from '../params/params'
import { standardTarget } from '../onnx/target'
import { ProblemError, type Problem } from '../problems/problem'
import { makeProblem } from '../problems/wording'
import { elementCount, type Shape } from '../tensor/shape'
import { checkTransforms } from '../transforms/transformList'
import { lowerNetwork, type BatchNeed, type LoweredNetwork } from './lowerNetwork'
import { multiplyAdds } from './multiplyAdds'
import { checkTraining } from './checkTraining'

export interface WeightReport {
  readonly name: string
  readonly shape: readonly number[]
  readonly initializer: string
  /** The layer's default initializer. */
  readonly ownInitializer: string
  readonly trainable: boolean
}

export interface LayerReport {
  readonly id: string
  readonly kind: string
  readonly title: string
  /** Output shape with the symbolic batch; absent if an input is missing. */
  readonly shape?: Shape
  /** True if a problem here or upstream means the shape is assumed. */
  readonly assumed: boolean
  /** Number of elements in all weights. */
  readonly parameters: number
  readonly trainable: number
  /** Multiply-adds per sample. */
  readonly macs: number
  /** Bytes of the layer's output per sample. */
  readonly activationBytes: number
  readonly weights: readonly WeightReport[]
}

export interface NetworkReport {
  readonly problems: readonly Problem[]
  /** Layers that need several samples per batch, with the number. */
  readonly batchNeeds: readonly BatchNeed[]
  /** Layers in order of computation; layers inside blocks have ids such as `block1.0.conv1`. */
  readonly layers: readonly LayerReport[]
  readonly totals: {
    readonly parameters: number
    readonly trainable: number
    readonly macs: number
    readonly activationBytes: number
    /** Estimated bytes of a training step at the project's batch size: weights, gradients, optimizer state, activations. */
    readonly trainingBytes: number
  }
}

/** Whether the totals omit, or assume, shapes of layers that are unknown because of an error. */
export function isPartial({ layers, problems }: Pick<NetworkReport, 'layers' | 'problems'>): boolean {
  if (layers.length === 0) return problems.some(({ severity }) => severity === 'error')
  return layers.some(({ assumed }) => assumed)
}

/** Ports of a layer kind, in the form used by the structure checks. */
export function portsOf(kind: string): readonly string[] | undefined {
  const ports = findLayer(kind)?.ports
  return ports === 'variadic' ? ['a', 'b…'] : ports
}

/**
 * Analyzes the network of a project and its transforms. `sample` is the shape of one prepared sample, the input of the
 * transforms, and `facts` what is known of the data; without them the Input layer's own shape is used and checks
 * against
 * the labels are skipped.
 */
export function analyze(project: Project, sample?: readonly number[], facts?: DataFacts): NetworkReport {
  const structure = checkStructure(project.graph, portsOf)
  let graph: NetworkGraph
  try {
    graph = expandBlocks(project.graph)
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    // Already reported by the structure checks.
    return emptyReport(structure)
  }
  const transformed = sample && checkTransforms(project.transforms, sample)
  const shape: unknown = transformed?.shape ?? graph.nodes.find(({ kind }) => kind === INPUT)?.params.shape
  if (!isSampleShape(shape)) return emptyReport([...structure, unknownInput(graph)])
  const b = new GraphBuilder('analysis')
  const x = b.input('samples', { dtype: 'float32', shape: ['N', ...shape] })
  const network = lowerNetwork(b, graph, x, {
    training: false,
    target: standardTarget,
    ...(facts && { vocabulary: facts.sample.vocabulary?.length ?? 'none' }),
  })
  const layers = reportLayers(graph, network, b.graph)
  const found = [
    ...(transformed?.problems ?? []),
    ...network.problems,
    ...checkTraining(project, graph, network, facts),
  ]
  const problems = [...structure, ...found.filter(isFirstCopy)]
  return { problems, batchNeeds: network.batchNeeds, layers, totals: totalOf(layers, project) }
}

/** Copies of a repeated block share their cause; it is reported once, for the first copy. */
function isFirstCopy({ place }: Problem): boolean {
  return place.node === undefined || locateNode(place.node).copies.every((copy) => copy === 0)
}

const isSampleShape = (shape: unknown): shape is readonly number[] =>
  Array.isArray(shape) && shape.every((size) => Number.isInteger(size) && size > 0)

function unknownInput(graph: NetworkGraph): Problem {
  const node = graph.nodes.find(({ kind }) => kind === INPUT)
  return makeProblem('shape-input', 'unknown', {}, node ? { node: node.id, param: 'shape' } : {})
}

const emptyReport = (problems: readonly Problem[]): NetworkReport => ({
  problems,
  batchNeeds: [],
  layers: [],
  totals: { parameters: 0, trainable: 0, macs: 0, activationBytes: 0, trainingBytes: 0 },
})

function reportLayers(graph: NetworkGraph, network: LoweredNetwork, lowered: Graph): LayerReport[] {
  const macs = multiplyAdds(lowered)
  const byId = new Map(graph.nodes.map((node) => [node.id, node]))
  const order = [
    ...network.layerOutputs.keys(),
    ...graph.nodes.map(({ id }) => id).filter((id) => !network.layerOutputs.has(id)),
  ]
  return order.map((id) => {
    const node = byId.get(id)!
    const output = network.layerOutputs.get(id)
    const weights = network.weights.filter(({ layer }) => layer === id)
    const parameters = weights.reduce((sum, weight) => sum + elementCount(weight.shape), 0)
    const shape = output?.value.type.shape
    return {
      id,
      kind: node.kind,
      title: findLayer(node.kind)?.title ?? node.kind,
      ...(shape && { shape }),
      assumed: output?.assumed ?? true,
      parameters,
      trainable: node.trainable ? parameters : 0,
      macs: macs.get(id) ?? 0,
      activationBytes: shape && !output.assumed ? elementCount(shape) * 4 : 0,
      weights: weights.map(({ name, shape, trainable, start, chosen }) => ({
        name,
        shape,
        trainable,
        initializer: chosen?.kind ?? start.kind,
        ownInitializer: start.kind,
      })),
    }
  })
}

/** Number of vectors the optimizer keeps in addition to the parameters. */
function slotCount({ kind, ...given }: Choice): number {
  const optimizer = findOptimizer(kind)
  if (!optimizer) return 0
  const { values } = checkParams(optimizer.params, given, kind, { param: 'training.optimizer' })
  return Object.keys(optimizer.slots(values)).length
}

function totalOf(layers: readonly LayerReport[], project: Project): NetworkReport['totals'] {
  const sum = (pick: (layer: LayerReport) => number) => layers.reduce((total, layer) => total + pick(layer), 0)
  const parameters = sum((layer) => layer.parameters)
  const trainable = sum((layer) => layer.trainable)
  const activationBytes = sum((layer) => layer.activationBytes)
  const { optimizer, batchSize } = project.training
  // Each activation exists twice in a step: as a value kept for the backward pass and as its gradient.
  const state = 4 * (parameters + trainable * (2 + slotCount(optimizer)))
  return {
    parameters,
    trainable,
    macs: sum((layer) => layer.macs),
    activationBytes,
    trainingBytes: state + 2 * activationBytes * batchSize,
  }
}
