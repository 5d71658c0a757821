/**
 * Convolution and pooling of images [N, C, H, W] (or one spatial axis) in float64, implemented from their definitions.
 */
import { array64, eachPlace, fill, sizeOf, type Array64 } from './array'
import { number, numbers, onlySupports, required, type Invocation, type Operator } from './operator'

interface Windows {
  readonly kernel: readonly number[]
  readonly strides: readonly number[]
  readonly dilations: readonly number[]
  readonly begin: readonly number[]
  readonly end: readonly number[]
}

function windows(call: Invocation, kernel: readonly number[]): Windows {
  onlySupports(call, 'auto_pad', ['NOTSET'])
  const ones = kernel.map(() => 1)
  const pads = numbers(
    call,
    'pads',
    [...kernel, ...kernel].map(() => 0),
  )
  return {
    kernel,
    strides: numbers(call, 'strides', ones),
    dilations: numbers(call, 'dilations', ones),
    begin: pads.slice(0, kernel.length),
    end: pads.slice(kernel.length),
  }
}

/** Number of windows along each axis; in ceil mode a window may extend past the end but must start before it. */
function windowCounts(sizes: readonly number[], w: Windows, ceil: boolean): number[] {
  return sizes.map((size, i) => {
    const span = size + w.begin[i]! + w.end[i]! - w.dilations[i]! * (w.kernel[i]! - 1) - 1
    const count = Math.floor(span / w.strides[i]!) + 1
    if (!ceil || span % w.strides[i]! === 0) return count
    return count * w.strides[i]! < size + w.begin[i]! ? count + 1 : count
  })
}

interface Tap {
  /** Flat index of the pixel in one channel of the image. */
  readonly pixel: number
  /** Flat index of the tap in the kernel. */
  readonly tap: number
}

/** The taps of the window at `out` that are inside the image, in reading order. */
function tapsAt(out: readonly number[], sizes: readonly number[], w: Windows): Tap[] {
  const taps: Tap[] = []
  eachPlace(w.kernel, (offset, tap) => {
    const place = offset.map((k, i) => out[i]! * w.strides[i]! - w.begin[i]! + k * w.dilations[i]!)
    if (place.some((p, i) => p < 0 || p >= sizes[i]!)) return
    taps.push({ pixel: place.reduce((flat, p, i) => flat * sizes[i]! + p, 0), tap })
  })
  return taps
}

/** y[n, o, …] = b[o] + Σ x[n, c, …] · w[o, c − group start, …tap]. */
export function convolve(call: Invocation, x: Array64, weight: Array64, bias: Array64 | undefined): Array64 {
  const w = windows(call, weight.shape.slice(2))
  const group = number(call, 'group', 1)
  const [filters, perGroup] = [weight.shape[0]!, weight.shape[1]!]
  const [batch, channels, ...sizes] = x.shape as [number, number, ...number[]]
  if (perGroup * group !== channels) throw new Error(`reference: ${channels} channels, ${group} groups of ${perGroup}`)
  const counts = windowCounts(sizes, w, false)
  const [pixels, area, outPixels] = [sizeOf(sizes), sizeOf(w.kernel), sizeOf(counts)]
  const y = array64(x.dtype, [batch, filters, ...counts])
  eachPlace(counts, (out, at) => {
    const taps = tapsAt(out, sizes, w)
    for (let n = 0; n < batch; n++)
      for (let o = 0; o < filters; o++) {
        const first = n * channels + Math.floor(o / (filters / group)) * perGroup
        let sum = bias?.data[o] ?? 0
        for (const { pixel, tap } of taps)
          for (let c = 0; c < perGroup; c++)
            sum += x.data[(first + c) * pixels + pixel]! * weight.data[(o * perGroup + c) * area + tap]!
        y.data[(n * filters + o) * outPixels + at] = sum
      }
  })
  return y
}

/** Spreads every input pixel over the window that a convolution would have read: the transpose of `convolve`. */
function convTranspose(call: Invocation): Array64[] {
  const [x, weight, bias] = [required(call, 0), required(call, 1), call.inputs[2]]
  const w = windows(call, weight.shape.slice(2))
  const group = number(call, 'group', 1)
  const extra = numbers(
    call,
    'output_padding',
    w.kernel.map(() => 0),
  )
  const [batch, channels, ...inSizes] = x.shape as [number, number, ...number[]]
  const [outPerGroup, inPerGroup] = [weight.shape[1]!, channels / group]
  const sizes = inSizes.map((size, i) => {
    const reach = w.strides[i]! * (size - 1) + w.dilations[i]! * (w.kernel[i]! - 1) + 1
    return reach + extra[i]! - w.begin[i]! - w.end[i]!
  })
  const filters = outPerGroup * group
  const [inPixels, area, pixels] = [sizeOf(inSizes), sizeOf(w.kernel), sizeOf(sizes)]
  const start = (index: number) => bias?.data[Math.floor(index / pixels) % filters] ?? 0
  const y = array64(x.dtype, [batch, filters, ...sizes])
  y.data.forEach((_, index) => (y.data[index] = start(index)))
  eachPlace(inSizes, (place, at) => {
    const taps = tapsAt(place, sizes, w)
    for (let n = 0; n < batch; n++)
      for (let c = 0; c < channels; c++) {
        const value = x.data[(n * channels + c) * inPixels + at]!
        const first = n * filters + Math.floor(c / inPerGroup) * outPerGroup
        for (const { pixel, tap } of taps)
          for (let o = 0; o < outPerGroup; o++)
            y.data[(first + o) * pixels + pixel]! += value * weight.data[(c * outPerGroup + o) * area + tap]!
      }
  })
  return [y]
}

/** Maximum over each window, first position on ties; second output: its index in the flattened input. */
export function maxPool(call: Invocation, x: Array64): Array64[] {
  onlySupports(call, 'storage_order', [0])
  const w = windows(call, numbers(call, 'kernel_shape', []))
  const sizes = x.shape.slice(2)
  const shape = [...x.shape.slice(0, 2), ...windowCounts(sizes, w, number(call, 'ceil_mode', 0) === 1)]
  const y = array64(x.dtype, shape)
  const indices = array64('int64', shape)
  const pixels = sizeOf(sizes)
  eachPlace(shape, ([n, c, ...out], index) => {
    const start = (n! * x.shape[1]! + c!) * pixels
    let best = -1
    for (const { pixel } of tapsAt(out, sizes, w))
      if (best < 0 || x.data[start + pixel]! > x.data[best]!) best = start + pixel
    y.data[index] = best < 0 ? -Infinity : x.data[best]!
    indices.data[index] = best
  })
  return [y, indices]
}

/** Mean over each window; padding optionally counts in the divisor, the excess of ceil mode never does. */
export function averagePool(call: Invocation, x: Array64): Array64 {
  const w = windows(call, numbers(call, 'kernel_shape', []))
  const sizes = x.shape.slice(2)
  const includePadding = number(call, 'count_include_pad', 0) === 1
  const shape = [...x.shape.slice(0, 2), ...windowCounts(sizes, w, number(call, 'ceil_mode', 0) === 1)]
  const pixels = sizeOf(sizes)
  return fill(x.dtype, shape, ([n, c, ...out]) => {
    const start = (n! * x.shape[1]! + c!) * pixels
    const taps = tapsAt(out, sizes, w)
    const sum = taps.reduce((total, { pixel }) => total + x.data[start + pixel]!, 0)
    if (!includePadding) return sum / taps.length
    const padded = out.map((o, i) => {
      const begin = o * w.strides[i]! - w.begin[i]!
      return Math.min(begin + w.kernel[i]!, sizes[i]! + w.end[i]!) - begin
    })
    return sum / sizeOf(padded)
  })
}

export function globalAveragePool(x: Array64): Array64 {
  const pixels = sizeOf(x.shape.slice(2))
  const shape = x.shape.map((size, axis) => (axis < 2 ? size : 1))
  return fill(x.dtype, shape, ([n, c]) => {
    const start = (n! * x.shape[1]! + c!) * pixels
    return x.data.subarray(start, start + pixels).reduce((a, b) => a + b, 0) / pixels
  })
}

export const convolutions = {
  Conv: (call) => [convolve(call, required(call, 0), required(call, 1), call.inputs[2])],
  ConvTranspose: convTranspose,
  MaxPool: (call) => maxPool(call, required(call, 0)),
  AveragePool: (call) => [averagePool(call, required(call, 0))],
  GlobalAveragePool: (call) => [globalAveragePool(required(call, 0))],
} satisfies Record<string, Operator>
