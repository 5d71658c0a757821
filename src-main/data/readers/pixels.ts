/** Decoded images in the common form of all decoders, and conversions to gray, color and planes. */

/** 8-bit pixels, row by row, with interleaved channels. */
export interface Pixels {
  readonly width: number
  readonly height: number
  /** 1 gray, 2 gray and alpha, 3 RGB, 4 RGB and alpha (not premultiplied). */
  readonly channels: number
  readonly data: Uint8Array
}

/** Output channels: 1, 3, or 1 for gray images and 3 for the others. */
export type ChannelMode = 'grayscale' | 'rgb' | 'as-is'

/** Pixels with 16 bits per channel. */
export interface DeepPixels extends Omit<Pixels, 'data'> {
  readonly data: Uint16Array
}

/** Minimum and maximum over the channels, without alpha. */
export function rangeOf({ channels, data }: DeepPixels): [number, number] {
  const alpha = channels % 2 === 0 ? channels - 1 : -1
  let low = 65535
  let high = 0
  for (let at = 0; at < data.length; at++) {
    if (at % channels === alpha) continue
    const value = data[at]!
    if (value < low) low = value
    if (value > high) high = value
  }
  return [low, high]
}

/** Maps values from `low` to `high` to 0 to 255 and clips those outside; alpha keeps its upper bits. */
export function narrowed({ channels, data, ...size }: DeepPixels, [low, high]: readonly [number, number]): Pixels {
  const alpha = channels % 2 === 0 ? channels - 1 : -1
  const scale = 255 / Math.max(1, high - low)
  const result = new Uint8Array(data.length)
  for (let at = 0; at < data.length; at++) {
    const value = data[at]!
    const level = Math.round((value - low) * scale)
    result[at] = at % channels === alpha ? value >> 8 : Math.min(255, Math.max(0, level))
  }
  return { ...size, channels, data: result }
}

/**
 * The same image with 1 or 3 channels. Transparent parts are composited over `background`. Gray is ITU-R 601, in the
 * integer arithmetic of Pillow's mode L: (19595 R + 38470 G + 7471 B + 32768) / 65536.
 */
export function convertChannels(pixels: Pixels, mode: ChannelMode, background = 0): Pixels {
  const { width, height, channels } = pixels
  const gray = channels < 3
  const target = mode === 'as-is' ? (gray ? 1 : 3) : mode === 'grayscale' ? 1 : 3
  if (channels === target) return pixels
  const alpha = channels === 2 || channels === 4
  const { data } = pixels
  const result = new Uint8Array(width * height * target)
  for (let from = 0, to = 0; to < result.length; from += channels, to += target) {
    const opacity = alpha ? data[from + channels - 1]! : 255
    const red = over(data[from]!, opacity, background)
    const green = gray ? red : over(data[from + 1]!, opacity, background)
    const blue = gray ? red : over(data[from + 2]!, opacity, background)
    if (target === 1) result[to] = gray ? red : (19595 * red + 38470 * green + 7471 * blue + 32768) >> 16
    else {
      result[to] = red
      result[to + 1] = green
      result[to + 2] = blue
    }
  }
  return { width, height, channels: target, data: result }
}

/** Alpha compositing: (value · opacity + background · (255 − opacity)) / 255, rounded. */
function over(value: number, opacity: number, background: number): number {
  if (opacity === 255) return value
  const product = value * opacity + background * (255 - opacity) + 128
  return (product + (product >> 8)) >> 8
}

/** The planes [channels, height, width] of an image. */
export function planesOf({ width, height, channels, data }: Pixels): Uint8Array {
  const area = width * height
  // Copied: decoders return parts of larger buffers.
  if (channels === 1) return new Uint8Array(data)
  const planes = new Uint8Array(channels * area)
  for (let c = 0; c < channels; c++)
    for (let i = 0, from = c; i < area; i++, from += channels) planes[c * area + i] = data[from]!
  return planes
}

/** The image with these planes. */
export function pixelsOf(planes: Uint8Array, channels: number, height: number, width: number): Pixels {
  const area = width * height
  if (channels === 1) return { width, height, channels, data: planes }
  const data = new Uint8Array(channels * area)
  for (let c = 0; c < channels; c++)
    for (let i = 0, to = c; i < area; i++, to += channels) data[to] = planes[c * area + i]!
  return { width, height, channels, data }
}
