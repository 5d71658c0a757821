/** Computes only the loss, from model outputs: an exported model ends in its outputs and has no loss. */
import { addLoss } from '#core/compiler/passes/addLoss'
import { findLoss } from '#core/losses/index'
import { GraphBuilder } from '#core/onnx/builder'
import { standardTarget } from '#core/onnx/target'
import { fail } from '#core/problems/problem'
import { lowerTarget } from '#core/pretransforms/preTransformList'
import type { ModelDescription } from '../../models/modelMetadata'
import type { Runtime } from '../device/runtime'
import { numbersOf } from '../device/session'

export interface LossSession {
  /** Σ of the losses of `count` samples and Σ of their weights, from predictions in the data's unit. */
  run(
    predictions: Float32Array,
    targets: Int32Array | Float32Array,
    count: number,
  ): Promise<{ losses: number; weights: number }>
  release(): Promise<void>
}

/** @throws ProblemError `model-format` where the model names an unknown loss */
export async function lossSession(
  runtime: Runtime,
  description: ModelDescription,
  width: number,
): Promise<LossSession> {
  const { facts, loss } = description
  if (!findLoss(loss.kind)) failLoss(loss.kind)
  const session = await runtime.open(lossGraph(description, width), { device: 'cpu', threads: 1 })
  const { target } = facts
  return {
    async run(predictions, targets, count) {
      const results = await session.run({
        predictions: runtime.tensor('float32', [count, width], predictions),
        targets:
          target.kind === 'classes'
            ? runtime.tensor('int32', [count], targets)
            : runtime.tensor('float32', [count, target.size], targets),
      })
      const sum = (numbers: Float32Array) => numbers.reduce((total, value) => total + value, 0)
      const weights = results.weights ? sum(numbersOf(results.weights)) : count
      return { losses: sum(numbersOf(results.losses)), weights }
    },
    release: () => session.release(),
  }
}

function lossGraph({ facts, preprocess, loss }: ModelDescription, width: number) {
  const b = new GraphBuilder('loss')
  const predictions = b.input('predictions', { dtype: 'float32', shape: ['N', width] })
  // The loss is measured in the unit the network was trained in.
  const output = facts.target.kind === 'numbers' ? lowerTarget(b, predictions, preprocess) : predictions
  const source = { facts, preprocess, loss }
  const { losses, weights } = addLoss({ b, network: { output }, source, target: standardTarget })
  b.output(losses, 'losses')
  if (weights) b.output(weights, 'weights')
  return b.graph
}

function failLoss(kind: string): never {
  return fail('model-format', 'loss', { received: kind })
}
