/**
 * The compiler: each product is the lowered network and a list of passes. How a step is repeated (Loop, single, unrolled) is
 * in wrappers.ts.
 */
import { invariant } from '../base/assert'
import type { Choice } from '../graph/choice'
import { GraphBuilder } from '../onnx/builder'
import type { Graph } from '../onnx/graph'
import { checkOverwrites } from '../onnx/overwrites'
import { standardTarget, type Target } from '../onnx/target'
import { findOptimizer } from '../optimizers/index'
import { checkParams } from '../params/params'
import { concrete } from '../tensor/shape'
import type { DrawPlan } from '../transforms/draws/draws'
import { buildFed, buildForward, type NetworkSource } from './network'
import type { StepOptimizer, StepProgram } from './packing'
import { addAnswers } from './passes/addAnswers'
import { addGradients } from './passes/addGradients'
import { addLoss } from './passes/addLoss'
import { addMeanLoss } from './passes/addMeanLoss'
import { addOptimizer } from './passes/addOptimizer'
import { addPrediction } from './passes/addPrediction'
import { addStages, type OneRow } from './passes/addStages'
import { bindWeights } from './passes/bindWeights'
import { blockLayout } from './passes/blockLayout'
import { commuteReluPool } from './passes/commuteReluPool'
import { joinStatistics } from './passes/joinStatistics'
import { nextStatistics } from './passes/nextStatistics'
import { outputs } from './passes/outputs'
import { outputShares } from './passes/outputShares'
import { packEvaluation } from './passes/packEvaluation'
import { packStep } from './passes/packStep'
import { prune } from './passes/prune'
import { requireBatch } from './passes/requireBatch'
import { shareDuplicates } from './passes/shareDuplicates'
import { onGraph, runPasses } from './runPasses'
import type { NetworkState } from './stateLayout'
import type { NamedTensors } from './weights'

const simplify = [onGraph(prune), onGraph(shareDuplicates), onGraph(prune)] as const

const stepPasses = [
  onGraph(commuteReluPool),
  requireBatch,
  addLoss,
  addMeanLoss,
  addPrediction,
  addGradients,
  nextStatistics,
  outputs('loss', 'prediction'),
  ...simplify,
  onGraph(blockLayout),
  onGraph(prune),
  packStep,
  addOptimizer,
  joinStatistics,
  outputs('loss', 'prediction'),
  onGraph(prune),
  onGraph(checkOverwrites),
] as const

const evaluationPasses = [
  onGraph(commuteReluPool),
  addLoss,
  outputs('losses', 'weights'),
  addPrediction,
  outputs('prediction'),
  ...simplify,
  onGraph(blockLayout),
  onGraph(prune),
  packEvaluation,
  onGraph(prune),
] as const

const inferencePasses = [addPrediction, addAnswers, onGraph(prune), bindWeights] as const

const fedPasses = [outputs('fed'), onGraph(prune)] as const

const previewPasses = [addStages, outputs('fed'), outputShares, ...simplify] as const

/**
 * One training step on `batchSize` samples: forward, loss, gradients, optimizer.
 * @throws ProblemError where a layer cannot learn from so few
 */
export function compileStep(source: NetworkSource, choice: Choice, batchSize: number, target: Target): StepProgram {
  const forward = buildForward('step', source, { training: true, target, batch: batchSize })
  const optimizer = chooseOptimizer(choice)
  const { b, state } = runPasses({ ...forward, source, optimizer, batchSize, target }, stepPasses)
  const { definition, params } = optimizer
  const slotStarts = definition.slots(params)
  const slots = Object.keys(slotStarts)
  const scalarNames = Object.keys(definition.scalars(params, 1, 1))
  const { draws, network } = forward
  const { randoms } = network
  return { graph: b.graph, state, optimizer, slots, slotStarts, scalarNames, randoms, draws, batchSize, target }
}

function chooseOptimizer({ kind, ...given }: Choice): StepOptimizer {
  const definition = findOptimizer(kind)
  invariant(definition, `unknown optimizer ${kind}`)
  const { values } = checkParams(definition.params, given, definition.title, { param: 'training.optimizer' })
  return { definition, params: values }
}

/** One batch in evaluation mode: losses and weights per sample, and predictions in the unit of the data. */
export function compileEvaluation(
  source: NetworkSource,
  batchSize: number,
  target: Target,
): { graph: Graph; state: NetworkState } {
  const forward = buildForward('evaluation', source, { training: false, target, batch: batchSize })
  const { b, state } = runPasses({ ...forward, source, batchSize, target }, evaluationPasses)
  return { graph: b.graph, state }
}

/** The exported model: raw samples in, answers out, any batch size, weights included. */
export function compileInference(source: NetworkSource, tensors: NamedTensors, target: Target): Graph {
  const forward = buildForward('layerloom', source, { training: false, target, batch: 'N', raw: true })
  return runPasses({ ...forward, source, tensors, target }, inferencePasses).b.graph
}

/** The network's input in evaluation: raw samples in, `fed` out, any batch size. */
export function compileFed(source: Pick<NetworkSource, 'facts' | 'preprocess' | 'transforms'>, target: Target): Graph {
  const b = new GraphBuilder('fed')
  const { fed } = buildFed(b, source, { training: false, target, batch: 'N', raw: true })
  return runPasses({ b, fed, target }, fedPasses).b.graph
}

export interface PreviewProgram {
  /**
   * Inputs: `samples` [batch, …stored shape] and, if there are random draws, `draws` [batch, draws.width]. Outputs:
   * `stage.0`, the
   * prepared samples, and `stage.<i>` after each following step, all float32 [batch or 1, …]; `fed`; and
   * `share.<places>`
   * [batch, 1, 1, 1] if samples are mixed.
   */
  readonly graph: Graph
  readonly draws: DrawPlan
  /** Shape of one image per stage, bytes on the scale 0 … 1. */
  readonly stages: readonly (readonly number[])[]
  /** Number of proportions; 0 if no samples are mixed. */
  readonly shares: number
}

/**
 * How training transforms a few samples before the network sees them: the image after every transform, and the
 * network's input
 * tensor. Its graph is the one inside a training step, so that the preview cannot differ from training.
 */
export function compilePreview(
  source: Pick<NetworkSource, 'facts' | 'preprocess' | 'transforms'>,
  batch: number,
  one?: OneRow,
): PreviewProgram {
  const target = standardTarget
  const start = new GraphBuilder('preview')
  const { shares = [], ...fed } = buildFed(start, source, { training: true, target, batch, whole: true })
  const { b, images, draws } = runPasses({ b: start, ...fed, shares, one, target }, previewPasses)
  const stages = images.map(({ type }) => type.shape.slice(1).map(concrete))
  return { graph: b.graph, draws, stages, shares: shares.length }
}
