/** What every compilation starts from: the project's network on its data, lowered to operators. */
import type { DataFacts } from '../data/facts'
import type { Choice } from '../graph/choice'
import type { NetworkGraph } from '../graph/project'
import { invariant } from '../base/assert'
import { GraphBuilder } from '../onnx/builder'
import type { Value } from '../onnx/graph'
import type { Target } from '../onnx/target'
import { ProblemError } from '../problems/problem'
import { lowerSample, type FittedPreTransforms } from '../pretransforms/preTransformList'
import type { Dim } from '../tensor/shape'
import { planDraws, type DrawPlan } from '../transforms/draws/draws'
import { lowerTransforms } from '../transforms/lowerTransforms'
import type { FittedTransforms } from '../transforms/transformList'
import { lowerNetwork, type LoweredNetwork } from './lowerNetwork'

/** A network on its data. The graph has no blocks and has passed `analyze` without errors. */
export interface NetworkSource {
  readonly graph: NetworkGraph
  readonly facts: DataFacts
  readonly preprocess: FittedPreTransforms
  readonly transforms: FittedTransforms
  readonly loss: Choice
}

export interface ForwardOptions {
  readonly training: boolean
  readonly target: Target
  /** Batch size, or `N` if known only when the model runs. */
  readonly batch: Dim
  /** Whether samples arrive as in exported models, with the pre-transforms of tables still to be applied. */
  readonly raw?: boolean
  /** For a graph that runs once: large batches are not split, which would take longer to set up. */
  readonly whole?: boolean
}

/**
 * A forward pass in its own graph, with data inputs named `samples`, `targets` and, if there are random draws, `draws`.
 */
export interface Forward {
  readonly b: GraphBuilder
  readonly network: LoweredNetwork & { readonly output: Value }
  /** How the random numbers of the transforms are drawn; empty in evaluation. */
  readonly draws: DrawPlan
  /** Proportions of the targets in each sample, by position in the batch, if samples are mixed. */
  readonly shares?: readonly Value[]
}

const noDraws: DrawPlan = { width: 0, steps: [] }

/** Samples → transforms → network; raw samples pass through the pre-transforms first. */
export function buildForward(name: string, source: NetworkSource, options: ForwardOptions): Forward {
  const b = new GraphBuilder(name)
  const { fed, draws, shares } = buildFed(b, source, options)
  const network = lowerNetwork(b, source.graph, fed, options)
  const errors = network.problems.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) throw new ProblemError(errors)
  invariant(network.output, 'the network has no output')
  return { b, network: { ...network, output: network.output }, draws, ...(shares && { shares }) }
}

/** The inputs of a graph and the network input derived from them. */
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
