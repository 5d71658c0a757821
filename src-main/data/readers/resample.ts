/**
 * Resizing with Pillow's bilinear filter, which torchvision's Resize applies to PIL images: a triangle as wide as the
 * reduction (antialiased), horizontally, then vertically, in the same fixed-point arithmetic, so that results are
 * bitwise equal.
 */
import type { Pixels } from './pixels'

/** A part of the resized image, in output pixels. */
export interface Window {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

interface Weights {
  /** Per pixel, the first contributing source pixel, and how many contribute. */
  readonly first: Int32Array
  readonly count: Int32Array
  /** `stride` weights per pixel, in units of 2⁻²². */
  readonly weights: Int32Array
  readonly stride: number
}

/** 8 bits for the pixel, 2 in reserve, the rest of 32 for the weights. */
const BITS = 22
const HALF = 2 ** (BITS - 1)

/** The part `window` of the image resized to `width` × `height`; nothing else is computed. */
export function resample(pixels: Pixels, width: number, height: number, window: Window): Pixels {
  const vertical = triangle(pixels.height, height, window.y, window.height)
  const begin = vertical.first[0] ?? 0
  const last = window.height - 1
  const end = (vertical.first[last] ?? 0) + (vertical.count[last] ?? 0)
  const across = pixels.width === width && window.width === width ? rowsOf(pixels, begin, end) : undefined
  const narrowed = across ?? horizontal(pixels, triangle(pixels.width, width, window.x, window.width), begin, end)
  const data =
    pixels.height === height ? narrowed : verticalPass(narrowed, window.width * pixels.channels, vertical, begin)
  return { width: window.width, height: window.height, channels: pixels.channels, data }
}

function rowsOf({ data, width, channels }: Pixels, begin: number, end: number): Uint8Array {
  return data.subarray(begin * width * channels, end * width * channels)
}

/** Weights of the pixels from `begin`, like Pillow's precompute_coeffs and normalize_coeffs_8bpc. */
function triangle(source: number, target: number, begin: number, length: number): Weights {
  const scale = source / target
  const support = Math.max(scale, 1)
  const stride = Math.ceil(support) * 2 + 1
  const first = new Int32Array(length)
  const count = new Int32Array(length)
  const weights = new Int32Array(length * stride)
  const row = new Float64Array(stride)
  for (let i = 0; i < length; i++) {
    const center = (begin + i + 0.5) * scale
    const from = Math.max(0, Math.trunc(center - support + 0.5))
    const to = Math.min(source, Math.trunc(center + support + 0.5))
    let sum = 0
    for (let k = from; k < to; k++) {
      row[k - from] = Math.max(0, 1 - Math.abs((k - center + 0.5) / support))
      sum += row[k - from]!
    }
    first[i] = from
    count[i] = to - from
    for (let k = 0; k < to - from; k++) weights[i * stride + k] = Math.trunc(0.5 + (row[k]! / sum) * 2 ** BITS)
  }
  return { first, count, weights, stride }
}

/** Rows `begin` to `end`, resized to the width of `weights`. */
function horizontal(pixels: Pixels, weights: Weights, begin: number, end: number): Uint8Array {
  const result = new Uint8Array((end - begin) * weights.first.length * pixels.channels)
  if (pixels.channels === 3) horizontalColor(pixels, weights, begin, result)
  else horizontalGray(pixels, weights, begin, result)
  return result
}

function horizontalGray(
  { data, width }: Pixels,
  { first, count, weights, stride }: Weights,
  begin: number,
  result: Uint8Array,
) {
  const length = first.length
  for (let to = 0, row = begin * width; to < result.length; row += width) {
    for (let i = 0; i < length; i++, to++) {
      const from = row + first[i]!
      let sum = HALF
      for (let k = 0; k < count[i]!; k++) sum += Math.imul(data[from + k]!, weights[i * stride + k]!)
      result[to] = sum >> BITS
    }
  }
}

/** All three channels in one pass: three times as fast as in sequence. */
function horizontalColor(
  { data, width }: Pixels,
  { first, count, weights, stride }: Weights,
  begin: number,
  result: Uint8Array,
) {
  const length = first.length
  for (let to = 0, row = begin * width * 3; to < result.length; row += width * 3) {
    for (let i = 0; i < length; i++, to += 3) {
      let red = HALF
      let green = HALF
      let blue = HALF
      let from = row + first[i]! * 3
      for (let k = i * stride, stop = k + count[i]!; k < stop; k++, from += 3) {
        const weight = weights[k]!
        red += Math.imul(data[from]!, weight)
        green += Math.imul(data[from + 1]!, weight)
        blue += Math.imul(data[from + 2]!, weight)
      }
      result[to] = red >> BITS
      result[to + 1] = green >> BITS
      result[to + 2] = blue >> BITS
    }
  }
}

/** Rows of `length` values, starting with row `begin` of the source, accumulated two at a time. */
function verticalPass(
  data: Uint8Array,
  length: number,
  { first, count, weights, stride }: Weights,
  begin: number,
): Uint8Array {
  const result = new Uint8Array(first.length * length)
  const sums = new Int32Array(length)
  for (let i = 0; i < first.length; i++) {
    sums.fill(HALF)
    for (let k = 0; k < count[i]!; k += 2) {
      const weight = weights[i * stride + k]!
      const next = k + 1 < count[i]! ? weights[i * stride + k + 1]! : 0
      const from = (first[i]! - begin + k) * length
      // Without a next row, the same row counts with weight 0.
      const below = next === 0 ? from : from + length
      for (let x = 0; x < length; x++) {
        sums[x]! += Math.imul(data[from + x]!, weight) + Math.imul(data[below + x]!, next)
      }
    }
    for (let x = 0, to = i * length; x < length; x++) result[to + x] = sums[x]! >> BITS
  }
  return result
}
