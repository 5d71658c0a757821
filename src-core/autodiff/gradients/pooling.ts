/**
 * Gradients of pooling. Ties in a max-pool window go to the first maximum, exactly as in PyTorch.
 * Equality masks replace MaxPool's indices output, whose kernel is slow on the CPU and missing on GPUs.
 */
import { tensor } from '../../tensor/dtype'
import { concrete } from '../../tensor/shape'
import type { Value } from '../../onnx/graph'
import { attribute, type GradientContext, type GradientRule } from '../rule'

interface Window {
  shape: readonly [number, number, number, number]
  out: readonly [number, number]
  kernel: readonly [number, number]
  strides: readonly [number, number]
  /** top, left, bottom, right */
  pads: readonly [number, number, number, number]
  dilations: readonly [number, number]
}

function window(c: GradientContext): Window {
  const kernel = attribute<Window['kernel']>(c.node, 'kernel_shape', [1, 1])
  const out = c.output(0).type.shape.map(concrete)
  return {
    shape: c.input(0).type.shape.map(concrete) as [number, number, number, number],
    out: [out[2]!, out[3]!],
    kernel,
    strides: attribute<Window['strides']>(c.node, 'strides', [1, 1]),
    pads: attribute<Window['pads']>(c.node, 'pads', [0, 0, 0, 0]),
    dilations: attribute<Window['dilations']>(c.node, 'dilations', [1, 1]),
  }
}

/** Windows that neither overlap nor extend outside the image: each pixel belongs to at most one. */
function isTiling(w: Window): boolean {
  return (
    w.kernel.every((k, i) => k === w.strides[i] && w.dilations[i] === 1) &&
    w.pads.every((p, i) => p === 0 || (i >= 2 && w.out[i - 2]! * w.strides[i - 2]! <= w.shape[i]!))
  )
}

/** A tensor over the covered region [N, C, OH·k, OW·k], zero-padded to the size of the input. */
function padToInput(c: GradientContext, w: Window, covered: Value): Value {
  const rest = [w.shape[2] - w.out[0] * w.kernel[0], w.shape[3] - w.out[1] * w.kernel[1]] as const
  return rest.every((r) => r === 0) ? covered : c.b.Pad(covered, [0, 0, 0, 0, 0, 0, ...rest])
}

/** Values k·k, …, 1 over each window in reading order, [1, 1, OH·k, OW·k]: the largest marks the first position. */
function orderPattern(w: Window): Float32Array {
  const [kh, kw] = w.kernel
  const width = w.out[1] * kw
  return Float32Array.from({ length: w.out[0] * kh * width }, (_, i) => {
    const [row, column] = [Math.floor(i / width) % kh, (i % width) % kw]
    return kh * kw - (row * kw + column)
  })
}

/**
 * [x = most] as 0 or 1, where x ≤ most: 1 + α·(x − most), clamped to 0 … 1, is 0 from the smallest normal difference
 * up. Two passes
 * that use all cores; Equal and Cast take half as long again, because Cast from bool runs on one.
 */
function isMost(c: GradientContext, x: Value, most: Value): Value {
  if (c.target.portable) return c.b.Cast(c.b.Equal(x, most), { to: x.type.dtype })
  return c.b.HardSigmoid(c.b.Sub(x, most), { alpha: 3e38, beta: 1 })
}

/** mask = [x = up(y)]; among ties only the first keeps its mark. */
function tilingGradient(c: GradientContext, w: Window): Value {
  const scales = [1, 1, ...w.kernel]
  const tile = { kernel_shape: w.kernel, strides: w.kernel }
  const height = w.out[0] * w.kernel[0]
  const width = w.out[1] * w.kernel[1]
  const covered = height === w.shape[2] && width === w.shape[3]
  const x = covered ? c.input(0) : c.b.Slice(c.input(0), [0, 0], [height, width], [2, 3])
  const dtype = c.dy.type.dtype
  const hit = isMost(c, x, c.b.Resize(c.output(0), scales))
  const ranked = c.b.Mul(hit, c.b.constant(tensor(dtype, [1, 1, height, width], orderPattern(w))))
  const first = isMost(c, ranked, c.b.Resize(c.b.MaxPool(ranked, tile), scales))
  return padToInput(c, w, c.b.Mul(first, c.b.Resize(c.dy, scales)))
}

/** Overlapping windows on the CPU: scatter dy to the indices reported by MaxPool itself. */
function scatterGradient(c: GradientContext, w: Window): Value {
  const { kernel: kernel_shape, strides, pads, dilations } = w
  const indices = c.b.op('MaxPool', [c.input(0)], { kernel_shape, strides, pads, dilations }, 2)[1]!
  const total = w.shape.reduce((product, size) => product * size, 1)
  const flat = (x: Value) => c.b.Reshape(x, [-1])
  const zero = c.b.Expand(c.b.scalar(0, c.dy.type.dtype), [total])
  const sum = c.b.ScatterElements(zero, flat(indices), flat(c.dy), { axis: 0, reduction: 'add' })
  return c.b.Reshape(sum, w.shape)
}

/**
 * Adds one [N, C, OH, OW] tensor per tap back onto the image: a ConvTranspose with one-hot kernels. Channels are moved
 * into
 * the batch, because WebGPU's grouped ConvTranspose sums incorrectly over several input channels per group.
 */
function foldTaps(c: GradientContext, w: Window, taps: readonly Value[]): Value {
  const [n, channels, height, width] = w.shape
  const [kh, kw] = w.kernel
  const count = taps.length
  const stacked = c.b.Concat(
    taps.map((tap) => c.b.Reshape(tap, [n * channels, 1, ...w.out])),
    { axis: 1 },
  )
  const kernels = new Float32Array(count * count)
  for (let i = 0; i < count; i++) kernels[i * count + i] = 1
  const weight = c.b.constant(tensor(c.dy.type.dtype, [count, 1, kh, kw], kernels))
  const image = c.b.ConvTranspose(stacked, weight, { strides: w.strides, dilations: w.dilations })
  // The image including its padding, then cropped to the image.
  const padded = [height + w.pads[0] + w.pads[2], width + w.pads[1] + w.pads[3]]
  const reach = w.out.map((o, i) => (o - 1) * w.strides[i]! + w.dilations[i]! * (w.kernel[i]! - 1) + 1)
  const rest = padded.map((size, i) => Math.max(size - reach[i]!, 0))
  const full = rest.some((r) => r > 0) ? c.b.Pad(image, [0, 0, 0, 0, 0, 0, ...rest]) : image
  const cut = c.b.Slice(full, [w.pads[0], w.pads[1]], [w.pads[0] + height, w.pads[1] + width], [2, 3])
  return c.b.Reshape(cut, w.shape)
}

/** Overlapping windows without indices: walk the taps in reading order; the first that equals the maximum takes dy. */
function tapGradient(c: GradientContext, w: Window): Value {
  const lowest = -3.4e38
  const x = c.b.Pad(c.input(0), [0, 0, w.pads[0], w.pads[1], 0, 0, w.pads[2], w.pads[3]], lowest)
  const dtype = c.dy.type.dtype
  const taps: Value[] = []
  let open: Value | undefined
  for (let i = 0; i < w.kernel[0]; i++)
    for (let j = 0; j < w.kernel[1]; j++) {
      const start = [i * w.dilations[0], j * w.dilations[1]]
      const end = start.map((s, axis) => s + (w.out[axis]! - 1) * w.strides[axis]! + 1)
      const hit = c.b.Cast(c.b.Equal(c.b.Slice(x, start, end, [2, 3], w.strides), c.output(0)), { to: dtype })
      const taken: Value = open ? c.b.Mul(hit, open) : hit
      open = open ? c.b.Sub(open, taken) : c.b.Sub(c.b.scalar(1, dtype), hit)
      taps.push(c.b.Mul(taken, c.dy))
    }
  return foldTaps(c, w, taps)
}

/** Number of image pixels under each window, for averages that exclude padding: [1, 1, OH, OW]. */
function windowCounts(w: Window): Float32Array {
  return Float32Array.from({ length: w.out[0] * w.out[1] }, (_, at) => {
    const place = [Math.floor(at / w.out[1]), at % w.out[1]]
    return place.reduce((product, o, axis) => {
      const start = o * w.strides[axis]! - w.pads[axis]!
      const from = Math.max(start, 0)
      return product * (Math.min(start + w.kernel[axis]!, w.shape[axis + 2]!) - from)
    }, 1)
  })
}

export const poolingGradients = {
  MaxPool: (c) => {
    const w = window(c)
    if (isTiling(w)) return [tilingGradient(c, w)]
    return [c.target.portable ? tapGradient(c, w) : scatterGradient(c, w)]
  },
  // Every pixel of a window receives dy / count.
  AveragePool: (c) => {
    const w = window(c)
    const dtype = c.dy.type.dtype
    const area = w.kernel[0] * w.kernel[1]
    const padded = w.pads.some((p) => p !== 0)
    if (isTiling(w) && !padded)
      return [padToInput(c, w, c.b.Resize(c.b.Mul(c.dy, c.b.scalar(1 / area, dtype)), [1, 1, ...w.kernel]))]
    const perWindow = attribute<number>(c.node, 'count_include_pad', 0) === 1 || !padded
    const share = perWindow
      ? c.b.Mul(c.dy, c.b.scalar(1 / area, dtype))
      : c.b.Div(c.dy, c.b.constant(tensor(dtype, [1, 1, ...w.out], windowCounts(w))))
    return [spread(c, w, share)]
  },
  GlobalAveragePool: (c) => {
    const shape = c.input(0).type.shape.map(concrete)
    const share = c.b.Mul(c.dy, c.b.scalar(1 / (shape[2]! * shape[3]!), c.dy.type.dtype))
    return [c.b.Expand(share, shape)]
  },
} satisfies Record<string, GradientRule>

/** Adds each [N, C, OH, OW] value to all pixels of its window: a ConvTranspose with ones, channels moved into the batch. */
function spread(c: GradientContext, w: Window, share: Value): Value {
  const [n, channels] = w.shape
  const ones = new Float32Array(w.kernel[0] * w.kernel[1]).fill(1)
  const weight = c.b.constant(tensor(c.dy.type.dtype, [1, 1, ...w.kernel], ones))
  const { strides, pads, dilations } = w
  const output_padding = ([0, 1] as const).map((i) => {
    const reach = (w.out[i] - 1) * w.strides[i] + w.kernel[i] - w.pads[i] - w.pads[i + 2]!
    return Math.max(w.shape[i + 2]! - reach, 0)
  })
  const images = c.b.Reshape(share, [n * channels, 1, ...w.out])
  return c.b.Reshape(c.b.ConvTranspose(images, weight, { strides, pads, dilations, output_padding }), w.shape)
}
