/**
 * The compiler, as a list of passes. A project becomes three kinds of graphs: the training step, the evaluation of one
 * batch, and the model that is exported. How the step is repeated (Loop, single, unrolled) is in wrappers.ts.
 */
import { backward } from '../autodiff/backward'
import type { Choice } from '../graph/choice'
import { GraphBuilder } from '../onnx/builder'
import type { Graph } from '../onnx/graph'
import { checkOverwrites } from '../onnx/overwrites'
import type { Target } from '../onnx/target'
import { ProblemError } from '../problems/problem'
import { meanLoss } from '../losses/loss'
import { checkBatch } from './batchNeeds'
import { blockLayout } from './passes/blockLayout'
import { commuteReluPool } from './passes/commuteReluPool'
import { prune, shareDuplicates } from './passes/prune'
import {
  addLoss,
  buildFed,
  buildForward,
  probabilities,
  readableOutput,
  type Forward,
  type NetworkSource,
} from './network'
import { packEvaluation, packStep, type StepProgram } from './packing'
import { layoutState, type NetworkState } from './stateLayout'
import { bindWeights, type NamedTensors } from './weights'

const simplify = (graph: Graph) => prune(shareDuplicates(prune(graph)))

/** Passes on a finished forward pass, before it is differentiated. */
function prepareForward(forward: Forward): void {
  const { nodes, types } = commuteReluPool(forward.b.graph)
  forward.b.graph.nodes = nodes
  for (const [name, type] of types) forward.b.graph.types.set(name, type)
}

/**
 * One training step on `batchSize` samples: forward, loss, gradients, optimizer.
 * @throws ProblemError where a layer cannot learn from so few
 */
export function compileStep(source: NetworkSource, optimizer: Choice, batchSize: number, target: Target): StepProgram {
  const forward = buildForward('step', source, { training: true, target, batch: batchSize })
  prepareForward(forward)
  const { b, network } = forward
  const problems = checkBatch(network.batchNeeds, batchSize)
  if (problems.length > 0) throw new ProblemError(problems)
  const loss = b.within('loss', () => meanLoss(b, addLoss(forward, source, target)))
  const prediction = readableOutput(forward, source)

  const trained = network.weights.filter(({ trainable }) => trainable)
  const gradients = backward(
    b,
    loss,
    trained.map(({ value }) => value),
    target,
  )
  trained.forEach(({ name }, i) => b.output(gradients[i]!, `gradient.${name}`))
  network.statistics.forEach(({ name, value, next }) => b.output(next ?? value, `next.${name}`))
  b.output(loss, 'loss')
  b.output(prediction, 'prediction')

  const graph = blockLayout(simplify(b.graph), target)
  const state = layoutState(network.weights, network.statistics)
  const { randoms } = network
  const { draws } = forward
  const program = packStep(prune(graph), { state, optimizer, randoms, draws, source, batchSize, target })
  checkOverwrites(program.graph)
  return program
}

/** One batch in evaluation mode: losses and weights of every sample, and predictions in the unit of the data. */
export function compileEvaluation(
  source: NetworkSource,
  batchSize: number,
  target: Target,
): { graph: Graph; state: NetworkState } {
  const forward = buildForward('evaluation', source, { training: false, target, batch: batchSize })
  prepareForward(forward)
  const { b, network } = forward
  const { losses, weights } = addLoss(forward, source, target)
  b.output(losses, 'losses')
  if (weights) b.output(weights, 'weights')
  b.output(readableOutput(forward, source), 'prediction')
  const state = layoutState(network.weights, network.statistics)
  const graph = blockLayout(simplify(b.graph), target)
  return { graph: packEvaluation(prune(graph), { state, source, batchSize, target }), state }
}

/** The model as it is exported: raw samples in, answers out, any batch size, weights inside. */
export function compileInference(source: NetworkSource, tensors: NamedTensors, target: Target): Graph {
  const forward = buildForward('layerloom', source, { training: false, target, batch: 'N', raw: true })
  const { b } = forward
  const answer = readableOutput(forward, source)
  if (source.facts.target.kind === 'classes') {
    b.output(answer, 'logits')
    b.output(probabilities(b, answer), 'probabilities')
  } else b.output(answer, 'prediction')
  return bindWeights(prune(b.graph), tensors)
}

/** What the network is fed in evaluation: raw samples in, `fed` out, any batch size. */
export function compileFed(source: Pick<NetworkSource, 'facts' | 'preprocess' | 'transforms'>, target: Target): Graph {
  const b = new GraphBuilder('fed')
  b.output(buildFed(b, source, { training: false, target, batch: 'N', raw: true }).fed, 'fed')
  return prune(b.graph)
}
