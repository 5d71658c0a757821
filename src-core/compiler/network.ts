/** What every compilation starts from, and the first passes that all of them share. */
import type { DataFacts } from '../data/facts'
import type { Choice } from '../graph/choice'
import type { NetworkGraph } from '../graph/project'
import { findLoss } from '../losses/index'
import type { LossDefinition, SampleLosses } from '../losses/loss'
import { invariant } from '../base/assert'
import { GraphBuilder } from '../onnx/builder'
import type { Value } from '../onnx/graph'
import type { Target } from '../onnx/target'
import { checkParams } from '../params/params'
import { ProblemError } from '../problems/problem'
import { lowerSample, lowerTarget, restoreTarget, type FittedPreprocess } from '../pretransforms/preprocess'
import type { Dim } from '../tensor/shape'
import { planDraws, type DrawPlan } from '../transforms/draws/draws'
import { lowerTransforms } from '../transforms/lowerTransforms'
import { rolledBy } from '../transforms/pixels/rolled'
import type { FittedTransforms } from '../transforms/transformList'
import { lowerNetwork, type LoweredNetwork } from './lowerNetwork'

/** A network on its data. The graph has no blocks and has passed `analyze` without errors. */
export interface NetworkSource {
  readonly graph: NetworkGraph
  readonly facts: DataFacts
  readonly preprocess: FittedPreprocess
  readonly transforms: FittedTransforms
  readonly loss: Choice
}

export interface ForwardOptions {
  readonly training: boolean
  readonly target: Target
  /** Samples in a batch, or `N` where it is known only when the model runs. */
  readonly batch: Dim
  /** Whether samples come in as exported models take them, with the pre-transforms of tables still to be done. */
  readonly raw?: boolean
  /** For a graph that runs once: large batches are not done in parts, which takes longer to make ready. */
  readonly whole?: boolean
}

/** A forward pass in its own graph, its data inputs named `samples`, `targets` and, where something is drawn, `draws`. */
export interface Forward {
  readonly b: GraphBuilder
  readonly network: LoweredNetwork & { readonly output: Value }
  /** How the random numbers of the transforms are drawn; empty in evaluation. */
  readonly draws: DrawPlan
  /** Shares of the targets in those of every sample, by places in the batch, where samples are mixed. */
  readonly shares?: readonly Value[]
}

export const noDraws: DrawPlan = { width: 0, steps: [] }

/** Samples → transforms → network; from raw samples by way of the pre-transforms. */
export function buildForward(name: string, source: NetworkSource, options: ForwardOptions): Forward {
  const b = new GraphBuilder(name)
  const { fed, draws, shares } = buildFed(b, source, options)
  const network = lowerNetwork(b, source.graph, fed, options)
  const errors = network.problems.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) throw new ProblemError(errors)
  invariant(network.output, 'the network has no output')
  return { b, network: { ...network, output: network.output }, draws, ...(shares && { shares }) }
}

/** The inputs of a graph and what the network is fed of them. */
export function buildFed(
  b: GraphBuilder,
  { facts, preprocess, transforms }: Pick<NetworkSource, 'facts' | 'preprocess' | 'transforms'>,
  { training, target, batch, raw, whole = false }: ForwardOptions,
) {
  const { dtype, shape } = raw ? facts.sample : preprocess
  const samples = b.input('samples', { dtype, shape: [batch, ...shape] })
  const plan = training ? planDraws(transforms) : noDraws
  const draws = plan.width > 0 ? b.input('draws', { dtype: 'float32', shape: [batch, plan.width] }) : undefined
  const prepared = raw ? lowerSample(b, samples, preprocess) : samples
  const options = { target, batch, whole, ...(training && { drawing: { plan, draws } }) }
  return { ...lowerTransforms(b, prepared, transforms, options), prepared, draws: plan }
}

function lossDefinition(source: NetworkSource): LossDefinition {
  const loss = findLoss(source.loss.kind)
  invariant(loss, `unknown loss ${source.loss.kind}`)
  return loss
}

/** Adds the `targets` input and the loss of every sample. */
export function addLoss({ b, network, shares }: Forward, source: NetworkSource, lowering: Target): SampleLosses {
  const batch = network.output.type.shape[0]!
  const targetFacts = source.facts.target
  const targets =
    targetFacts.kind === 'classes'
      ? b.input('targets', { dtype: 'int32', shape: [batch] })
      : b.input('targets', { dtype: 'float32', shape: [batch, targetFacts.size] })
  return b.within('loss', () => {
    const lossOf = lossFunction(b, network.output, source, lowering)
    return shares ? mixedLosses(b, shares, targets, lossOf) : lossOf(targets)
  })
}

/** The loss of every sample against targets as they are stored. */
function lossFunction(b: GraphBuilder, prediction: Value, source: NetworkSource, lowering: Target) {
  const definition = lossDefinition(source)
  const { kind: _kind, ...given } = source.loss
  const { values: params } = checkParams(definition.params, given, definition.kind, { param: 'training.loss' })
  const isNumbers = source.facts.target.kind === 'numbers'
  return (raw: Value): SampleLosses => {
    const target = isNumbers
      ? lowerTarget(b, raw, source.preprocess)
      : definition.targetForm === 'numbers'
        ? b.Unsqueeze(b.Cast(raw, { to: 'float32' }), [1])
        : raw
    return definition.lower({ b, prediction, target, params, lowering })
  }
}

/** Where samples are mixed: the loss against the target of every sample in the mixture, weighed by its share. */
function mixedLosses(
  b: GraphBuilder,
  shares: readonly Value[],
  targets: Value,
  lossOf: (targets: Value) => SampleLosses,
): SampleLosses {
  const parts = shares.map((share, places) => ({
    share: b.Reshape(share, [-1]),
    of: lossOf(rolledBy(b, targets, places)),
  }))
  const sum = (pick: (of: SampleLosses) => Value | undefined) =>
    parts.map(({ share, of }) => b.Mul(pick(of)!, share)).reduce((total, part) => b.Add(total, part))
  const weighted = parts[0]!.of.weights !== undefined
  return { losses: sum(({ losses }) => losses), ...(weighted && { weights: sum(({ weights }) => weights) }) }
}

/** The network's output in the unit of the data: class scores as they are, numbers with the target's transforms undone. */
export function readableOutput({ b, network }: Forward, source: NetworkSource): Value {
  return source.facts.target.kind === 'numbers' ? restoreTarget(b, network.output, source.preprocess) : network.output
}

/** Class probabilities from scores: softmax over several outputs, sigmoid of one. */
export function probabilities(b: GraphBuilder, scores: Value): Value {
  return scores.type.shape[1] === 1 ? b.Sigmoid(scores) : b.Softmax(scores, { axis: 1 })
}
