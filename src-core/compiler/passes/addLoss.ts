/** Adds the `targets` input and the loss per sample. */
import { invariant } from '../../base/assert'
import { findLoss } from '../../losses/index'
import type { SampleLosses } from '../../losses/loss'
import type { GraphBuilder } from '../../onnx/builder'
import type { Value } from '../../onnx/graph'
import type { Target } from '../../onnx/target'
import { checkParams } from '../../params/params'
import { lowerTarget } from '../../pretransforms/preTransformList'
import { rolledBy } from '../../transforms/pixels/rolled'
import type { NetworkSource } from '../network'

interface Scored {
  readonly b: GraphBuilder
  readonly network: { readonly output: Value }
  readonly shares?: readonly Value[]
  readonly source: Pick<NetworkSource, 'facts' | 'preprocess' | 'loss'>
  readonly target: Target
}

export function addLoss({ b, network, shares, source, target }: Scored): {
  readonly losses: Value
  readonly weights: Value | undefined
} {
  const batch = network.output.type.shape[0]!
  const facts = source.facts.target
  const targets =
    facts.kind === 'classes'
      ? b.input('targets', { dtype: 'int32', shape: [batch] })
      : b.input('targets', { dtype: 'float32', shape: [batch, facts.size] })
  return b.within('loss', () => {
    const lossOf = lossFunction(b, network.output, source, target)
    const { losses, weights } = shares ? mixedLosses(b, shares, targets, lossOf) : lossOf(targets)
    return { losses, weights }
  })
}

/** The loss per sample against stored targets. */
function lossFunction(b: GraphBuilder, prediction: Value, source: Scored['source'], lowering: Target) {
  const definition = findLoss(source.loss.kind)
  invariant(definition, `unknown loss ${source.loss.kind}`)
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

/** For mixed samples: the loss against the target of every sample in the mixture, weighted by its proportion. */
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
