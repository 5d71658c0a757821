/** Names what an exported model answers: class scores with their probabilities, or numbers. */
import type { GraphBuilder } from '../../onnx/builder'
import type { Value } from '../../onnx/graph'
import type { NetworkSource } from '../network'

interface Answers {
  readonly b: GraphBuilder
  readonly source: NetworkSource
  readonly prediction: Value
}

export function addAnswers({ b, source, prediction }: Answers): void {
  if (source.facts.target.kind === 'classes') {
    b.output(prediction, 'logits')
    b.output(probabilities(b, prediction), 'probabilities')
  } else b.output(prediction, 'prediction')
}

/** Class probabilities from scores: softmax over several outputs, sigmoid of one. */
function probabilities(b: GraphBuilder, scores: Value): Value {
  return scores.type.shape[1] === 1 ? b.Sigmoid(scores) : b.Softmax(scores, { axis: 1 })
}
