/** Cases of convolution and pooling. */
import type { GraphBuilder, WindowAttributes } from '#core/onnx/builder'
import type { Value } from '#core/onnx/graph'
import { tensor } from '#core/tensor/dtype'
import { distinct, floats, unaryCase, type OperatorCase } from './case'

interface ConvAttributes extends WindowAttributes {
  group?: number
  output_padding?: readonly number[]
}

function conv(
  name: string,
  x: readonly number[],
  w: readonly number[],
  attributes: ConvAttributes,
  bias = false,
): OperatorCase {
  return {
    name,
    inputs: { x: floats('x', x), w: floats('w', w), ...(bias && { bias: floats('bias', [w[0]!]) }) },
    build: (b, v) => b.Conv(v.x!, v.w!, v.bias, attributes),
    differentiate: bias ? ['x', 'w', 'bias'] : ['x', 'w'],
  }
}

function transpose(name: string, x: readonly number[], w: readonly number[], attributes: ConvAttributes): OperatorCase {
  return {
    name,
    inputs: { x: floats('x', x), w: floats('w', w) },
    build: (b, v) => b.ConvTranspose(v.x!, v.w!, attributes),
    differentiate: ['x', 'w'],
  }
}

/** Geometries that pooling gradients treat differently: tiling, gaps, overlap, padding, dilation, leftovers. */
const poolings: [string, number[], WindowAttributes][] = [
  ['2x2', [2, 2, 4, 6], { kernel_shape: [2, 2], strides: [2, 2] }],
  ['2x2 on odd sizes', [1, 2, 5, 7], { kernel_shape: [2, 2], strides: [2, 2] }],
  ['3x2 tiles', [1, 2, 6, 4], { kernel_shape: [3, 2], strides: [3, 2] }],
  ['gaps between windows', [1, 2, 8, 8], { kernel_shape: [2, 2], strides: [3, 3] }],
  ['overlapping 3x3 stride 2 padded', [2, 2, 7, 7], { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] }],
  ['overlapping, even sizes', [1, 2, 6, 8], { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] }],
  ['overlapping 3x3 stride 1', [1, 2, 5, 5], { kernel_shape: [3, 3], strides: [1, 1] }],
  ['uneven padding', [1, 2, 6, 6], { kernel_shape: [3, 3], strides: [2, 2], pads: [0, 1, 1, 0] }],
]

function pools(build: (b: GraphBuilder, x: Value, attributes: WindowAttributes) => Value): OperatorCase[] {
  return poolings.map(([name, shape, attributes]) =>
    unaryCase(name, distinct('x', shape), (b, x) => build(b, x, attributes)),
  )
}

const dilated = { kernel_shape: [2, 2], strides: [1, 1], dilations: [2, 2], pads: [1, 1, 1, 1] }

export const convolutionCases = {
  Conv: [
    conv('3x3 padded with bias', [2, 5, 4, 5], [3, 5, 3, 3], { pads: [1, 1, 1, 1] }, true),
    conv('few channels', [2, 2, 5, 4], [3, 2, 3, 3], { pads: [1, 1, 1, 1] }, true),
    conv('stride 2 on odd sizes', [2, 5, 5, 7], [2, 5, 3, 3], { strides: [2, 2], pads: [1, 1, 1, 1] }),
    conv('stride 2 that leaves rows unread', [1, 5, 6, 6], [2, 5, 3, 3], { strides: [2, 2] }),
    conv('dilation 2', [1, 5, 7, 7], [2, 5, 3, 3], { dilations: [2, 2], pads: [2, 2, 2, 2] }),
    conv('1x1', [2, 5, 3, 3], [4, 5, 1, 1], {}, true),
    conv('1x1 stride 2', [1, 5, 4, 5], [2, 5, 1, 1], { strides: [2, 2] }),
    conv('groups', [2, 6, 4, 4], [4, 3, 3, 3], { pads: [1, 1, 1, 1], group: 2 }, true),
    conv('depthwise stride 2', [2, 5, 5, 5], [5, 1, 3, 3], { strides: [2, 2], pads: [1, 1, 1, 1], group: 5 }),
    conv('rectangular and uneven padding', [1, 5, 6, 5], [2, 5, 2, 3], { strides: [2, 1], pads: [0, 1, 1, 2] }),
    conv('more padding than the kernel needs', [1, 5, 3, 3], [2, 5, 2, 2], { pads: [2, 2, 2, 2] }),
  ],
  ConvTranspose: [
    transpose('stride 1', [1, 5, 3, 4], [5, 2, 3, 3], {}),
    transpose('stride 2 padded', [2, 5, 3, 3], [5, 2, 3, 3], { strides: [2, 2], pads: [1, 1, 1, 1] }),
    transpose('output padding', [1, 5, 3, 3], [5, 2, 3, 3], {
      strides: [2, 2],
      pads: [1, 1, 1, 1],
      output_padding: [1, 0],
    }),
    transpose('groups', [1, 6, 3, 3], [6, 2, 2, 2], { strides: [2, 2], group: 2 }),
    transpose('dilation', [1, 5, 3, 3], [5, 2, 2, 2], { dilations: [2, 2] }),
  ],
  MaxPool: [
    ...pools((b, x, attributes) => b.MaxPool(x, attributes)),
    unaryCase('dilation', distinct('x', [1, 2, 5, 5]), (b, x) => b.MaxPool(x, dilated)),
    unaryCase('negative input with padding', tensor('float32', [1, 1, 2, 2], [-4, -3, -2, -1]), (b, x) =>
      b.MaxPool(x, { kernel_shape: [3, 3], strides: [1, 1], pads: [1, 1, 1, 1] }),
    ),
    unaryCase(
      'with indices',
      distinct('x', [2, 2, 5, 5]),
      (b, x) => b.op('MaxPool', [x], { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] }, 2),
      false,
    ),
    unaryCase(
      'indices of ties point at the first',
      tensor('float32', [1, 1, 4, 4], new Float32Array(16).fill(1)),
      (b, x) => b.op('MaxPool', [x], { kernel_shape: [2, 2], strides: [2, 2] }, 2),
      false,
    ),
  ],
  AveragePool: [
    ...pools((b, x, attributes) => b.AveragePool(x, attributes)),
    ...pools((b, x, attributes) => b.AveragePool(x, { ...attributes, count_include_pad: 1 })).map((item) => ({
      ...item,
      name: `${item.name}, counting padding`,
    })),
  ],
  GlobalAveragePool: [unaryCase('images', floats('x', [2, 3, 3, 4]), (b, x) => b.GlobalAveragePool(x))],
} satisfies Record<string, readonly OperatorCase[]>
