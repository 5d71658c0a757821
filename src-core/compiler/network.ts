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
import { lowerNetwork, type LoweredNetwork } from './lowerNetwork'

/** A network on its data. The graph has no blocks and has passed `analyze` without errors. */
export interface NetworkSource {
  readonly graph: NetworkGraph
  readonly facts: DataFacts
  readonly preprocess: FittedPreprocess
  readonly loss: Choice
}

export interface ForwardOptions {
  readonly training: boolean
  readonly target: Target
  /** Samples in a batch, or `N` where it is known only when the model runs. */
  readonly batch: Dim
  /** Whether samples come in as exported models take them, with the pre-transforms of tables still to be done. */
  readonly raw?: boolean
}

/** A forward pass in its own graph, its data inputs named `samples` and `targets`. */
export interface Forward {
  readonly b: GraphBuilder
  readonly network: LoweredNetwork & { readonly output: Value }
}

/** Samples → network; from raw samples by way of the pre-transforms. */
export function buildForward(name: string, source: NetworkSource, options: ForwardOptions): Forward {
  const b = new GraphBuilder(name)
  const { dtype, shape } = options.raw ? source.facts.sample : source.preprocess
  const samples = b.input('samples', { dtype, shape: [options.batch, ...shape] })
  const prepared = options.raw ? lowerSample(b, samples, source.preprocess) : samples
  const network = lowerNetwork(b, source.graph, b.Cast(prepared, { to: 'float32' }), options)
  const errors = network.problems.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) throw new ProblemError(errors)
  invariant(network.output, 'the network has no output')
  return { b, network: { ...network, output: network.output } }
}

function lossDefinition(source: NetworkSource): LossDefinition {
  const loss = findLoss(source.loss.kind)
  invariant(loss, `unknown loss ${source.loss.kind}`)
  return loss
}

/** Adds the `targets` input and the loss of every sample. */
export function addLoss({ b, network }: Forward, source: NetworkSource, lowering: Target): SampleLosses {
  const definition = lossDefinition(source)
  const { kind: _kind, ...given } = source.loss
  const { values } = checkParams(definition.params, given, definition.kind, { param: 'training.loss' })
  const batch = network.output.type.shape[0]!
  const targetFacts = source.facts.target
  const raw =
    targetFacts.kind === 'classes'
      ? b.input('targets', { dtype: 'int32', shape: [batch] })
      : b.input('targets', { dtype: 'float32', shape: [batch, targetFacts.size] })
  return b.within('loss', () => {
    const target =
      targetFacts.kind === 'numbers'
        ? lowerTarget(b, raw, source.preprocess)
        : definition.targetForm === 'numbers'
          ? b.Unsqueeze(b.Cast(raw, { to: 'float32' }), [1])
          : raw
    return definition.lower({ b, prediction: network.output, target, params: values, lowering })
  })
}

/** The network's output in the unit of the data: class scores as they are, numbers with the target's transforms undone. */
export function readableOutput({ b, network }: Forward, source: NetworkSource): Value {
  return source.facts.target.kind === 'numbers' ? restoreTarget(b, network.output, source.preprocess) : network.output
}

/** Class probabilities from scores: softmax over several outputs, sigmoid of one. */
export function probabilities(b: GraphBuilder, scores: Value): Value {
  return scores.type.shape[1] === 1 ? b.Sigmoid(scores) : b.Softmax(scores, { axis: 1 })
}
