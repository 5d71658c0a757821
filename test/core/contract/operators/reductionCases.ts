/** Cases of reductions, softmax and normalization. */
import type { GraphBuilder } from '#core/onnx/builder'
import type { Value } from '#core/onnx/graph'
import { tensor, type Tensor } from '#core/tensor/dtype'
import { distinct, floats, unaryCase, type OperatorCase } from './case'

type Reduce = (b: GraphBuilder, x: Value, axes: readonly number[], keepdims: 0 | 1) => Value

function reductions(reduce: Reduce, make: (name: string, shape: readonly number[]) => Tensor = floats): OperatorCase[] {
  const cases: [string, number[], number[], 0 | 1][] = [
    ['last axis', [3, 4], [1], 0],
    ['last axis counted from the end, kept', [3, 4], [-1], 1],
    ['all axes', [2, 3], [0, 1], 0],
    ['per channel', [2, 3, 2, 4], [0, 2, 3], 0],
    ['middle axis kept', [2, 3, 4], [1], 1],
    ['many rows', [300, 2], [0], 0],
  ]
  return cases.map(([name, shape, axes, keep]) => unaryCase(name, make('x', shape), (b, x) => reduce(b, x, axes, keep)))
}

function softmaxes(build: (b: GraphBuilder, x: Value, axis: number) => Value): OperatorCase[] {
  return [
    unaryCase('last axis', floats('x', [3, 5], 3), (b, x) => build(b, x, -1)),
    unaryCase('channels', floats('x', [2, 4, 3], 3), (b, x) => build(b, x, 1)),
    unaryCase('large values', floats('x', [2, 4], 60), (b, x) => build(b, x, -1)),
  ]
}

/**
 * Training form: momentum 0 makes the second and third outputs the batch's mean and variance, which have no gradient
 * rule.
 */
function batchNormalization(
  name: string,
  shape: readonly number[],
  training: boolean,
  statistics = false,
): OperatorCase {
  const channels = [shape[1]!]
  const inputs = {
    x: floats('x', shape, 2, 0.5),
    scale: floats('scale', channels, 0.5, 1),
    bias: floats('bias', channels),
    mean: floats('mean', channels),
    variance: floats('variance', channels, 0.4, 1),
  }
  const attributes = training ? { epsilon: 1e-3, momentum: 0, training_mode: 1 } : { epsilon: 1e-3 }
  return {
    name,
    inputs,
    build: (b, v) => {
      const operands = [v.x!, v.scale!, v.bias!, v.mean!, v.variance!]
      const results = b.op('BatchNormalization', operands, attributes, training ? 3 : 1)
      return statistics ? results : results[0]!
    },
    differentiate: training && !statistics ? ['x', 'scale', 'bias'] : [],
  }
}

function layerNormalization(
  name: string,
  shape: readonly number[],
  axis: number,
  bias = true,
  outputs = 1,
): OperatorCase {
  const normalized = shape.slice(axis)
  return {
    name,
    inputs: {
      x: floats('x', shape, 2, 0.5),
      scale: floats('scale', normalized, 0.5, 1),
      ...(bias && { bias: floats('bias', normalized) }),
    },
    build: (b, v) => {
      const operands = bias ? [v.x!, v.scale!, v.bias!] : [v.x!, v.scale!]
      return b.op('LayerNormalization', operands, { axis: axis - shape.length, epsilon: 1e-3 }, outputs)
    },
    differentiate: outputs > 1 ? [] : bias ? ['x', 'scale', 'bias'] : ['x', 'scale'],
  }
}

export const reductionCases = {
  ReduceSum: reductions((b, x, axes, keep) => b.ReduceSum(x, axes, keep)),
  ReduceMean: reductions((b, x, axes, keep) => b.ReduceMean(x, axes, keep)),
  ReduceMax: reductions((b, x, axes, keep) => b.ReduceMax(x, axes, keep), distinct),
  ReduceLogSumExp: reductions((b, x, axes, keep) => b.ReduceLogSumExp(x, axes, keep)),
  ReduceSumSquare: reductions((b, x, axes, keep) => b.ReduceSumSquare(x, axes, keep)),
  ArgMax: [
    unaryCase('classes', distinct('x', [4, 5]), (b, x) => b.ArgMax(x, { axis: 1, keepdims: 0 }), false),
    unaryCase(
      'ties go to the first',
      tensor('float32', [2, 3], [1, 1, 0, 2, 5, 5]),
      (b, x) => b.ArgMax(x, { axis: 1, keepdims: 1 }),
      false,
    ),
  ],
  Softmax: softmaxes((b, x, axis) => b.Softmax(x, { axis })),
  LogSoftmax: softmaxes((b, x, axis) => b.LogSoftmax(x, { axis })),
  BatchNormalization: [
    batchNormalization('training on images', [3, 2, 3, 3], true),
    batchNormalization('training on a matrix', [5, 3], true),
    batchNormalization('training with statistics', [3, 2, 3, 3], true, true),
    batchNormalization('inference on images', [2, 3, 2, 2], false),
  ],
  LayerNormalization: [
    layerNormalization('last axis', [3, 5], 1),
    layerNormalization('two axes', [2, 3, 4], 1),
    layerNormalization('last of three', [2, 3, 4], 2),
    layerNormalization('without bias', [3, 5], 1, false),
    layerNormalization('with statistics', [3, 5], 1, true, 3),
  ],
} satisfies Record<string, readonly OperatorCase[]>
