/** Cases of the NCHWc operators: plain input, reorder, operator, reorder back, so that results are in plain order. */
import type { GraphBuilder, WindowAttributes } from '#core/onnx/builder'
import type { Value } from '#core/onnx/graph'
import type { OpName } from '#core/onnx/ops'
import { distinct, floats, unaryCase, type OperatorCase } from './case'

const CHANNELS = 32
const image = distinct('x', [2, CHANNELS, 5, 6])

const reorder = (b: GraphBuilder, x: Value) => b.op('nchwc.ReorderInput', [x], {})[0]!
const restore = (b: GraphBuilder, x: Value, channels = CHANNELS) => b.op('nchwc.ReorderOutput', [x], { channels })[0]!

/** A blocked operator between two reorders. */
function between(op: OpName, attributes: Parameters<GraphBuilder['op']>[2]) {
  return (b: GraphBuilder, x: Value) => restore(b, b.op(op, [reorder(b, x)], attributes)[0]!)
}

/** [O, C, kh, kw] rearranged to O/B, C/B, kh, kw, B (in), B (out), under its plain shape. */
function blockBoth(b: GraphBuilder, w: Value, block: number): Value {
  const [o, c, kh, kw] = w.type.shape as number[]
  const split = b.Reshape(w, [o! / block, block, c! / block, block, kh!, kw!])
  return b.Reshape(b.Transpose(split, [0, 2, 4, 5, 3, 1]), [o!, c!, kh!, kw!])
}

/** [O, C, kh, kw] rearranged to O/B, C, kh, kw, B (out), under its plain shape. */
function blockOutput(b: GraphBuilder, w: Value, block: number): Value {
  const [o, c, kh, kw] = w.type.shape as number[]
  const split = b.Reshape(w, [o! / block, block, c!, kh!, kw!])
  return b.Reshape(b.Transpose(split, [0, 2, 3, 4, 1]), [o!, c!, kh!, kw!])
}

interface ConvCase extends WindowAttributes {
  group?: number
  activation?: string
}

function conv(name: string, x: readonly number[], w: readonly number[], attributes: ConvCase): OperatorCase {
  return {
    name,
    inputs: { x: floats('x', x), w: floats('w', w, 0.3), bias: floats('bias', [w[0]!]) },
    build: (b, v, block) => {
      const depthwise = attributes.group === x[1]
      const plainInput = w[1]! < block && !depthwise
      const weight = w[1]! >= block ? blockBoth(b, v.w!, block) : blockOutput(b, v.w!, block)
      const source = plainInput ? v.x! : reorder(b, v.x!)
      const kernel_shape = w.slice(2)
      return restore(b, b.op('nchwc.Conv', [source, weight, v.bias!], { kernel_shape, ...attributes })[0]!, w[0])
    },
    differentiate: [],
  }
}

const pads = [1, 1, 1, 1]

export const blockedCases = {
  'nchwc.Conv': [
    conv('3x3 padded', [2, 32, 5, 5], [32, 32, 3, 3], { pads }),
    conv('stride 2', [1, 16, 7, 5], [32, 16, 3, 3], { pads, strides: [2, 2] }),
    conv('1x1', [2, 32, 4, 4], [16, 32, 1, 1], {}),
    conv('first layer reads plain input', [2, 1, 6, 6], [16, 1, 3, 3], { pads }),
    conv('first layer of three channels', [2, 3, 6, 6], [16, 3, 5, 5], {}),
    conv('depthwise', [2, 32, 5, 5], [32, 1, 3, 3], { pads, group: 32 }),
    conv('groups of one block', [1, 32, 4, 4], [32, 16, 3, 3], { pads, group: 2 }),
    conv('with ReLU inside', [1, 16, 4, 4], [16, 16, 3, 3], { pads, activation: 'Relu' }),
    conv('dilation', [1, 16, 7, 7], [16, 16, 3, 3], { dilations: [2, 2] }),
  ],
  'nchwc.MaxPool': [
    unaryCase('2x2', image, between('nchwc.MaxPool', { kernel_shape: [2, 2], strides: [2, 2] }), false),
    unaryCase('3x3 padded', image, between('nchwc.MaxPool', { kernel_shape: [3, 3], strides: [2, 2], pads }), false),
  ],
  'nchwc.AveragePool': [
    unaryCase('2x2', image, between('nchwc.AveragePool', { kernel_shape: [2, 2], strides: [2, 2] }), false),
    unaryCase(
      '3x3 padded',
      image,
      between('nchwc.AveragePool', { kernel_shape: [3, 3], strides: [2, 2], pads }),
      false,
    ),
    unaryCase(
      '3x3 padded, counting padding',
      image,
      between('nchwc.AveragePool', { kernel_shape: [3, 3], strides: [1, 1], pads, count_include_pad: 1 }),
      false,
    ),
  ],
  'nchwc.GlobalAveragePool': [unaryCase('images', image, between('nchwc.GlobalAveragePool', {}), false)],
  'nchwc.Upsample': [unaryCase('twice', image, between('nchwc.Upsample', { scales: [1, 1, 2, 2] }), false)],
  'nchwc.ReorderInput': [
    unaryCase('there and back', image, (b, x) => restore(b, reorder(b, x)), false),
    unaryCase('read as it lies in memory', image, (b, x) => b.Reshape(reorder(b, x), [-1]), false),
  ],
  'nchwc.ReorderOutput': [
    unaryCase('fewer channels', image, (b, x) => restore(b, reorder(b, x), CHANNELS - 4), false),
    unaryCase(
      'channels last',
      image,
      (b, x) => b.op('nchwc.ReorderOutput', [reorder(b, x)], { channels: CHANNELS, channels_last: 1 })[0]!,
      false,
    ),
  ],
} satisfies Record<string, readonly OperatorCase[]>
