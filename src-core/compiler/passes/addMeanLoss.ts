/** Adds what a training step minimizes: the mean of the losses over the batch. */
import { meanLoss, type SampleLosses } from '../../losses/loss'
import type { GraphBuilder } from '../../onnx/builder'
import type { Value } from '../../onnx/graph'

export function addMeanLoss({ b, ...losses }: SampleLosses & { readonly b: GraphBuilder }): { readonly loss: Value } {
  return { loss: b.within('loss', () => meanLoss(b, losses)) }
}
