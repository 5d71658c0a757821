/** The contract of every loss: parameters, value and gradient against PyTorch, gradient against finite differences. */
import { describe, expect, it } from 'vitest'
import { backward } from '#core/autodiff/backward'
import { losses } from '#core/losses/index'
import { meanLoss, type LossDefinition } from '#core/losses/loss'
import { GraphBuilder } from '#core/onnx/builder'
import type { Graph } from '#core/onnx/graph'
import { portableTarget, standardTarget, type Target } from '#core/onnx/target'
import { checkParams } from '#core/params/params'
import { tensor, type Tensor } from '#core/tensor/dtype'
import { expectClose } from '../../support/expectClose'
import { expectGradients } from '../../support/finiteDifferences'
import { goldenCases, goldenKinds, type GoldenCase } from '../../support/goldens'
import { neededFor } from '../../support/neededFor'
import { fromTensor } from '../../support/reference/array'
import { interpret } from '../../support/reference/interpret'
import { runOnnx } from '../../support/runOnnx'
import { describeParams } from './describeParams'

const catalogue: readonly LossDefinition[] = losses
const targets: Record<string, Target> = { standard: standardTarget, portable: portableTarget }

/** The labels in the form the loss expects: class indices as int32, or numbers as float32. */
function labels(loss: LossDefinition, item: GoldenCase): Tensor {
  const { shape, data } = item.get('target')
  const numbers = Array.from(data as ArrayLike<number | bigint>, Number)
  return tensor(loss.targetForm === 'classes' ? 'int32' : 'float32', shape, numbers)
}

/** Outputs: `losses` [N], the scalar `loss`, and `gradient` with respect to the prediction. */
function lossGraph(loss: LossDefinition, item: GoldenCase, lowering: Target): Graph {
  const b = new GraphBuilder(loss.kind)
  const prediction = b.input('prediction', { dtype: 'float32', shape: item.get('prediction').shape })
  const { dtype, shape } = labels(loss, item)
  const target = b.input('target', { dtype, shape })
  const { values, problems } = checkParams(loss.params, item.params, loss.kind, {})
  expect(problems).toEqual([])
  const samples = loss.lower({ b, prediction, target, params: values, lowering })
  const mean = meanLoss(b, samples)
  const [gradient] = backward(b, mean, [prediction], lowering)
  b.output(samples.losses, 'losses')
  b.output(mean, 'loss')
  b.output(gradient!, 'gradient')
  return b.graph
}

async function checkCase(loss: LossDefinition, item: GoldenCase, lowering: Target): Promise<void> {
  const graph = lossGraph(loss, item, lowering)
  const feeds = { prediction: item.get('prediction'), target: labels(loss, item) }
  const runtime = await runOnnx(graph, feeds)
  const inputs = { prediction: fromTensor(feeds.prediction), target: fromTensor(feeds.target) }
  const results = interpret(graph, inputs)
  expect(runtime.losses!.shape, 'one loss a sample').toEqual([item.get('prediction').shape[0]])
  for (const [name, golden] of [
    ['loss', item.get('value')],
    ['gradient', item.get('gradient')],
  ] as const) {
    expectClose(results[name]!, golden, { relative: 1e-6, absolute: 1e-9 }, `${name} in float64`)
    expectClose(runtime[name]!, golden, { relative: 1e-5, absolute: 1e-7 }, name)
  }
  if (item.name.includes('exactly zero')) return
  const forward = neededFor(graph, 'loss')
  const atPrediction = (moved: typeof inputs) => interpret(forward, moved).loss!.data[0]!
  const { prediction, target } = inputs
  const f = (moved: Readonly<Record<string, typeof prediction>>) =>
    atPrediction({ prediction: moved.prediction!, target })
  expectGradients(f, { prediction }, { prediction: results.gradient! })
}

for (const loss of catalogue)
  describe(loss.kind, () => {
    describeParams(loss)
    for (const item of goldenCases('losses', loss.kind))
      for (const [name, lowering] of Object.entries(targets))
        it(`gives PyTorch's value and gradient: ${item.name} (${name} operators)`, () =>
          checkCase(loss, item, lowering))
  })

describe('the loss catalog', () => {
  it('has golden cases for every loss, and no golden file without a loss', () => {
    expect(goldenKinds('losses')).toEqual(catalogue.map(({ kind }) => kind).sort())
  })
})
