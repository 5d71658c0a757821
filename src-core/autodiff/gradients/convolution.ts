/**
 * Gradient of Conv: dX by a convolution with flipped weights (or ConvTranspose), dW by unfolding the input into columns
 * (im2col) and one matrix product. The fastest formulation per shape was measured; see docs/decisions.
 */
import { tensor } from '../../tensor/dtype'
import { concrete } from '../../tensor/shape'
import type { Value } from '../../onnx/graph'
import { attribute, type GradientContext, type GradientRule } from '../rule'
import { matMulTransB } from './matrix'

interface Geometry {
  batch: number
  channels: number
  filters: number
  groups: number
  size: readonly [number, number]
  out: readonly [number, number]
  kernel: readonly [number, number]
  stride: readonly [number, number]
  dilation: readonly [number, number]
  /** top, left, bottom, right */
  pads: readonly [number, number, number, number]
}

function geometry(c: GradientContext): Geometry {
  const x = c.input(0).type.shape.map(concrete)
  const w = c.input(1).type.shape.map(concrete)
  const y = c.output(0).type.shape.map(concrete)
  return {
    batch: x[0]!,
    channels: x[1]!,
    filters: w[0]!,
    groups: attribute(c.node, 'group', 1),
    size: [x[2]!, x[3]!],
    out: [y[2]!, y[3]!],
    kernel: [w[2]!, w[3]!],
    stride: attribute<Geometry['stride']>(c.node, 'strides', [1, 1]),
    dilation: attribute<Geometry['dilation']>(c.node, 'dilations', [1, 1]),
    pads: attribute<Geometry['pads']>(c.node, 'pads', [0, 0, 0, 0]),
  }
}

/** W [O, C/G, kh, kw] → [C, O/G, kh, kw] with both kernel axes reversed. */
function flipWeights(c: GradientContext, g: Geometry): Value {
  const [kh, kw] = g.kernel
  const reversed = kh * kw === 1 ? c.input(1) : c.b.Slice(c.input(1), [-1, -1], [-kh - 1, -kw - 1], [2, 3], [-1, -1])
  if (g.groups === 1) return c.b.Transpose(reversed, [1, 0, 2, 3])
  const perGroup = [g.filters / g.groups, g.channels / g.groups] as const
  const grouped = c.b.Reshape(reversed, [g.groups, perGroup[0], perGroup[1], kh, kw])
  return c.b.Reshape(c.b.Transpose(grouped, [0, 2, 1, 3, 4]), [g.channels, perGroup[0], kh, kw])
}

/** With stride 1 the transposed convolution is a convolution; with a larger stride it would have to insert zeros. */
function inputGradient(c: GradientContext, g: Geometry): Value {
  const span = g.kernel.map((k, i) => g.dilation[i]! * (k - 1))
  const [top, left, bottom, right] = g.pads
  const pads = [span[0]! - top, span[1]! - left, span[0]! - bottom, span[1]! - right]
  if (g.stride.every((s) => s === 1) && pads.every((p) => p >= 0))
    return c.b.Conv(c.dy, flipWeights(c, g), undefined, { pads, dilations: g.dilation, group: g.groups })
  const padding = [top + bottom, left + right]
  const output_padding = g.size.map((size, i) => (size + padding[i]! - span[i]! - 1) % g.stride[i]!)
  const { stride: strides, dilation: dilations, pads: given, groups: group } = g
  return c.b.ConvTranspose(c.dy, c.input(1), { strides, dilations, pads: given, group, output_padding })
}

/** The taps of every window as shifted slices of the padded input: each [N, C, OH, OW], in kernel order. */
function tapSlices(c: GradientContext, g: Geometry): Value[] {
  const padded = g.pads.some((p) => p !== 0)
    ? c.b.Pad(c.input(0), [0, 0, g.pads[0], g.pads[1], 0, 0, g.pads[2], g.pads[3]])
    : c.input(0)
  const taps: Value[] = []
  for (let i = 0; i < g.kernel[0]; i++)
    for (let j = 0; j < g.kernel[1]; j++) {
      const start = [i * g.dilation[0], j * g.dilation[1]]
      const end = start.map((s, axis) => s + (g.out[axis]! - 1) * g.stride[axis]! + 1)
      taps.push(c.b.Slice(padded, start, end, [2, 3], g.stride))
    }
  return taps
}

/** For grouped convolutions: columns [N, G, C/G·k·k, OH·OW] from slices; the product is already in weight order. */
function weightGradientFromSlices(c: GradientContext, g: Geometry): Value {
  const pixels = g.out[0] * g.out[1]
  const taps = g.kernel[0] * g.kernel[1]
  const perGroup = g.channels / g.groups
  const slices = tapSlices(c, g).map((tap) => c.b.Reshape(tap, [g.batch, g.channels, 1, pixels]))
  const columns = c.b.Reshape(c.b.Concat(slices, { axis: 2 }), [g.batch, g.groups, perGroup * taps, pixels])
  const dy = c.b.Reshape(c.dy, [g.batch, g.groups, g.filters / g.groups, pixels])
  return c.b.Reshape(c.b.ReduceSum(matMulTransB(c, dy, columns), [0]), [g.filters, perGroup, ...g.kernel])
}

/** Number of first-layer columns above which unfolding by a convolution costs more than slices. */
const MOST_COLUMNS = 64

/**
 * The columns of a first layer, tap by tap, followed by ones for the bias: [N, k·k·C + 1 or more, OH·OW]. In the
 * blocked
 * layout one convolution with one-hot kernels copies them all; the rest of its last block stays zero.
 */
function columnsByConvolution(c: GradientContext, g: Geometry, count: number): Value {
  const rows = Math.ceil(count / c.target.blockSize) * c.target.blockSize
  const taps = g.kernel[0] * g.kernel[1]
  const kernels = new Float32Array(rows * g.channels * taps)
  for (let row = 0; row < count - 1; row++) {
    const [tap, channel] = [Math.floor(row / g.channels), row % g.channels]
    kernels[(row * g.channels + channel) * taps + tap] = 1
  }
  const ones = new Float32Array(rows)
  ones[count - 1] = 1
  const weight = c.b.constant(tensor('float32', [rows, g.channels, ...g.kernel], kernels))
  const bias = c.b.constant(tensor('float32', [rows], ones))
  const { stride: strides, pads, dilation: dilations } = g
  const columns = c.b.Conv(c.input(0), weight, bias, { strides, pads, dilations })
  return c.b.Reshape(columns, [g.batch, rows, g.out[0] * g.out[1]])
}

/** The same columns from slices, [N, k·k·C + 1, OH·OW]. */
function columnsBySlices(c: GradientContext, g: Geometry): Value {
  const pixels = g.out[0] * g.out[1]
  const slices = tapSlices(c, g).map((tap) => c.b.Reshape(tap, [g.batch, g.channels, pixels]))
  const ones = c.b.constant(tensor('float32', [g.batch, 1, pixels], new Float32Array(g.batch * pixels).fill(1)))
  return c.b.Concat([...slices, ones], { axis: 1 })
}

/**
 * For inputs with few channels (the first layer): unfolded columns times dY in channels-last order. In the blocked
 * layout dY
 * is already channels-last in memory. A row of ones also yields the bias gradient.
 */
function gradientsOfFirstLayer(c: GradientContext, g: Geometry): { weight: Value; bias: Value } {
  const taps = g.kernel[0] * g.kernel[1]
  const count = taps * g.channels + 1
  const dy = c.b.Reshape(c.b.Transpose(c.dy, [0, 2, 3, 1]), [g.batch, g.out[0] * g.out[1], g.filters])
  const byConvolution = c.target.blockSize > 1 && count <= MOST_COLUMNS
  const columns = byConvolution ? columnsByConvolution(c, g, count) : columnsBySlices(c, g)
  const sum = c.b.Transpose(c.b.ReduceSum(c.b.MatMul(columns, dy), [0]), [1, 0])
  const rest = concrete(sum.type.shape[1]) - count
  const [weight, bias] = c.b.Split(sum, [count - 1, 1, ...(rest > 0 ? [rest] : [])], { axis: 1 })
  const inTapOrder = c.b.Reshape(weight!, [g.filters, taps, g.channels])
  return {
    weight: c.b.Reshape(c.b.Transpose(inTapOrder, [0, 2, 1]), [g.filters, g.channels, ...g.kernel]),
    bias: c.b.Reshape(bias!, [g.filters]),
  }
}

/** Index of the input pixel under each tap of each window; taps outside the image point at row H·W, which is zero. */
function columnIndices(g: Geometry): number[] {
  const [height, width] = g.size
  const indices: number[] = []
  for (let oy = 0; oy < g.out[0]; oy++)
    for (let ox = 0; ox < g.out[1]; ox++)
      for (let i = 0; i < g.kernel[0]; i++)
        for (let j = 0; j < g.kernel[1]; j++) {
          const y = oy * g.stride[0] - g.pads[0] + i * g.dilation[0]
          const x = ox * g.stride[1] - g.pads[1] + j * g.dilation[1]
          indices.push(y >= 0 && y < height && x >= 0 && x < width ? y * width + x : height * width)
        }
  return indices
}

/** Rows of the channels-last input picked by `indices`, [N, indices, C], with a zero row after the last pixel. */
function gatherColumns(c: GradientContext, g: Geometry, indices: readonly number[]): Value {
  const pixels = g.size[0] * g.size[1]
  const rows = c.b.Reshape(c.b.Transpose(c.input(0), [0, 2, 3, 1]), [g.batch, pixels, g.channels])
  if (indices.length === pixels && indices.every((index, i) => index === i)) return rows
  const zeroRow = c.b.constant(tensor('float32', [g.batch, 1, g.channels], new Float32Array(g.batch * g.channels)))
  // Without padding no tap points at the zero row, so the copy that appends it can be skipped.
  const source = indices.includes(pixels) ? c.b.Concat([rows, zeroRow], { axis: 1 }) : rows
  const index = c.b.constant(tensor(c.target.portable ? 'int32' : 'int64', [indices.length], indices))
  return c.b.Gather(source, index, { axis: 1 })
}

/** Above this many floats the per-sample products [N, O, k·k·C] cost more than one large product. */
const PER_SAMPLE_LIMIT = 8e6

function weightGradientFromColumns(c: GradientContext, g: Geometry): Value {
  if (canSplitTaps(g)) return weightGradientFromSplitTaps(c, g)
  const columns = gatherColumns(c, g, columnIndices(g))
  const pixels = g.out[0] * g.out[1]
  const width = g.kernel[0] * g.kernel[1] * g.channels
  const dy = c.b.Reshape(c.dy, [g.batch, g.filters, pixels])
  const sum = sumOfProducts(c, dy, c.b.Reshape(columns, [g.batch, pixels, width]))
  return c.b.Transpose(c.b.Reshape(sum, [g.filters, ...g.kernel, g.channels]), [0, 3, 1, 2])
}

/** Σ over samples of a·b: [N, M, K] and [N, K, L] → [M, L]. */
function sumOfProducts(c: GradientContext, a: Value, b: Value): Value {
  const [batch, rows, inner] = a.type.shape.map(concrete) as [number, number, number]
  const columns = concrete(b.type.shape[2])
  if (batch * rows * columns < PER_SAMPLE_LIMIT) return c.b.ReduceSum(c.b.MatMul(a, b), [0])
  const flat = c.b.Reshape(c.b.Transpose(a, [1, 0, 2]), [rows, batch * inner])
  return c.b.MatMul(flat, c.b.Reshape(b, [batch * inner, columns]))
}

/** With stride 1 a vertical tap is a shift of whole rows, so it can be applied to the gradient instead. */
const canSplitTaps = (g: Geometry) => g.kernel[0] > 1 && g.stride.every((s) => s === 1)

/**
 * Only the horizontal taps are unfolded from the input, over all rows any window touches: [N, R·OW, kw·C] with
 * R = OH + (kh − 1)·dilation. The vertical taps are kh copies of dY, shifted by rows and padded with zeros: [N, O·kh,
 * R·OW], written by
 * one Concat. Their product contains all taps; memory traffic drops from kh·kw to kh + kw images.
 */
function weightGradientFromSplitTaps(c: GradientContext, g: Geometry): Value {
  const [kh, kw] = g.kernel
  const step = g.dilation[0]
  const rows = g.out[0] + (kh - 1) * step
  const columns = gatherColumns(c, g, rowTapIndices(g, rows))
  const dy = c.b.Reshape(c.dy, [g.batch, g.filters, g.out[0] * g.out[1]])
  // Copy i is followed by (kh − 1 − i)·step rows of zeros, and copy i + 1 is preceded by (i + 1)·step: kh·step rows
  // between any two.
  const gap = kh * step * g.out[1]
  const zeros = c.b.constant(tensor('float32', [g.batch, g.filters, gap], new Float32Array(g.batch * g.filters * gap)))
  const parts = Array.from({ length: 2 * kh - 1 }, (_, i) => (i % 2 === 0 ? dy : zeros))
  const shifted = c.b.Reshape(c.b.Concat(parts, { axis: 2 }), [g.batch, g.filters * kh, rows * g.out[1]])
  const sum = sumOfProducts(c, shifted, c.b.Reshape(columns, [g.batch, rows * g.out[1], kw * g.channels]))
  return c.b.Transpose(c.b.Reshape(sum, [g.filters, kh, kw, g.channels]), [0, 3, 1, 2])
}

/** Input pixel under each horizontal tap, for every row a window touches; outside the image, the zero row. */
function rowTapIndices(g: Geometry, rows: number): number[] {
  const [height, width] = g.size
  const indices: number[] = []
  for (let row = 0; row < rows; row++)
    for (let ox = 0; ox < g.out[1]; ox++)
      for (let j = 0; j < g.kernel[1]; j++) {
        const y = row - g.pads[0]
        const x = ox - g.pads[1] + j * g.dilation[1]
        indices.push(y >= 0 && y < height && x >= 0 && x < width ? y * width + x : height * width)
      }
  return indices
}

const FEW_CHANNELS = 4

export const convolutionGradients = {
  // Y = X ∗ W + b
  Conv: (c) => {
    const g = geometry(c)
    const dx = c.needs(0) ? inputGradient(c, g) : undefined
    const needsBias = c.node.inputs[2] !== undefined && c.needs(2)
    if (c.needs(1) && g.groups === 1 && g.channels <= FEW_CHANNELS && c.dy.type.dtype === 'float32') {
      const { weight, bias } = gradientsOfFirstLayer(c, g)
      return [dx, weight, needsBias ? bias : undefined]
    }
    const dw = () => (g.groups === 1 ? weightGradientFromColumns(c, g) : weightGradientFromSlices(c, g))
    return [dx, c.needs(1) ? dw() : undefined, needsBias ? c.b.ReduceSum(c.dy, [0, 2, 3]) : undefined]
  },
  // Y = Xᵀ∗W: dX is the ordinary convolution of dY; dW swaps the roles of input and gradient.
  ConvTranspose: (c) => {
    const pads = attribute<Geometry['pads']>(c.node, 'pads', [0, 0, 0, 0])
    const strides = attribute<Geometry['stride']>(c.node, 'strides', [1, 1])
    const dilations = attribute<Geometry['dilation']>(c.node, 'dilations', [1, 1])
    const group = attribute(c.node, 'group', 1)
    const dx = c.needs(0) ? c.b.Conv(c.dy, c.input(1), undefined, { strides, pads, dilations, group }) : undefined
    if (!c.needs(1)) return [dx, undefined]
    const swapped: GradientContext = {
      ...c,
      dy: c.input(0),
      input: (i) => (i === 0 ? c.dy : c.input(1)),
      output: () => c.input(0),
    }
    const g = geometry(swapped)
    return [dx, g.groups === 1 ? weightGradientFromColumns(swapped, g) : weightGradientFromSlices(swapped, g)]
  },
} satisfies Record<string, GradientRule>
