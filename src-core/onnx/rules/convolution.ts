/** Shape rules of convolution and pooling; image tensors are [N, C, …spatial]. */
import { type Shape } from '../../tensor/shape'
import { input, int, ints, spatial, typed, type RuleInput, type ShapeRule } from './rule'

/** Output length of a sliding window: ⌊(in + padBegin + padEnd − dilation·(kernel − 1) − 1) / stride⌋ + 1. */
export function windowCount(
  length: number,
  kernel: number,
  stride: number,
  dilation: number,
  padding: number,
  ceil = false,
  padBegin = padding / 2,
): number {
  const span = length + padding - dilation * (kernel - 1) - 1
  const count = (ceil ? Math.ceil(span / stride) : Math.floor(span / stride)) + 1
  // As in PyTorch: in ceil mode the last window must start inside the input or its left padding.
  return ceil && (count - 1) * stride >= length + padBegin ? count - 1 : count
}

function windows(node: RuleInput, shape: Shape, kernel: readonly number[]): number[] {
  const sizes = spatial(shape)
  const one = sizes.map(() => 1)
  const stride = ints(node, 'strides', one)
  const dilation = ints(node, 'dilations', one)
  const pads = ints(
    node,
    'pads',
    [...one, ...one].map(() => 0),
  )
  const ceil = int(node, 'ceil_mode', 0) === 1
  return sizes.map((size, i) =>
    windowCount(size, kernel[i]!, stride[i]!, dilation[i]!, pads[i]! + pads[i + sizes.length]!, ceil, pads[i]),
  )
}

/** Weight [O, C/groups, …kernel]. */
const convolution: ShapeRule = (node) => {
  const x = input(node, 0)
  const weight = input(node, 1)
  return [typed(x.dtype, [x.shape[0]!, weight.shape[0]!, ...windows(node, x.shape, spatial(weight.shape))])]
}

const pool: ShapeRule = (node) => {
  const x = input(node, 0)
  const shape = [x.shape[0]!, x.shape[1]!, ...windows(node, x.shape, ints(node, 'kernel_shape', []))]
  return [typed(x.dtype, shape), typed('int64', shape)].slice(0, node.outputs)
}

const globalPool: ShapeRule = (node) => {
  const { dtype, shape } = input(node, 0)
  return [
    typed(
      dtype,
      shape.map((d, i) => (i < 2 ? d : 1)),
    ),
  ]
}

export const convolutions = {
  Conv: convolution,
  MaxPool: pool,
  AveragePool: pool,
  GlobalAveragePool: globalPool,
  /** Weight [C, O/groups, …kernel]. */
  ConvTranspose: (node) => {
    const x = input(node, 0)
    const weight = input(node, 1)
    const kernel = spatial(weight.shape)
    const one = kernel.map(() => 1)
    const stride = ints(node, 'strides', one)
    const dilation = ints(node, 'dilations', one)
    const pads = ints(
      node,
      'pads',
      [...one, ...one].map(() => 0),
    )
    const extra = ints(
      node,
      'output_padding',
      one.map(() => 0),
    )
    const sizes = spatial(x.shape).map(
      (size, i) =>
        stride[i]! * (size - 1) + extra[i]! + dilation[i]! * (kernel[i]! - 1) + 1 - pads[i]! - pads[i + kernel.length]!,
    )
    return [typed(x.dtype, [x.shape[0]!, (weight.shape[1] as number) * int(node, 'group', 1), ...sizes])]
  },
  // The blocked layout keeps the NCHW shape in its types; only the order in memory differs.
  'nchwc.Conv': convolution,
  'nchwc.MaxPool': pool,
  'nchwc.AveragePool': pool,
  'nchwc.GlobalAveragePool': globalPool,
  'nchwc.Upsample': (node) => {
    const x = input(node, 0)
    const scales = ints(node, 'scales', [])
    return [
      typed(
        x.dtype,
        x.shape.map((d, i) => (d === 'N' ? d : d * scales[i]!)),
      ),
    ]
  },
  'nchwc.ReorderInput': (node) => [input(node, 0)],
  'nchwc.ReorderOutput': (node) => {
    const { dtype, shape } = input(node, 0)
    const [batch, , ...rest] = shape
    const channels = int(node, 'channels', 0)
    return [
      typed(dtype, int(node, 'channels_last', 0) === 1 ? [batch!, ...rest, channels] : [batch!, channels, ...rest]),
    ]
  },
} as const satisfies Record<string, ShapeRule>
