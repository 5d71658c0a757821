/** Adds the network's output in the unit of the data: class scores as they are, numbers with the target's transforms undone. */
import type { Value } from '../../onnx/graph'
import { restoreTarget } from '../../pretransforms/preTransformList'
import type { Forward, NetworkSource } from '../network'

export function addPrediction({ b, network, source }: Forward & { readonly source: NetworkSource }): {
  readonly prediction: Value
} {
  const isNumbers = source.facts.target.kind === 'numbers'
  return { prediction: isNumbers ? restoreTarget(b, network.output, source.preprocess) : network.output }
}
