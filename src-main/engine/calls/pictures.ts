/** Numbers of images as pictures for the eye: bytes, with what normalizing did undone, and no larger than anyone can see. */
import { elementCount } from '#core/tensor/shape'
import { findTransform } from '#core/transforms/index'
import type { ChannelScale } from '#core/transforms/transform'
import type { FittedTransform } from '#core/transforms/transformList'

/** How to map the pixels of a stage back to the scale 0 … 1; null if they are on it. */
export type Undo = readonly ChannelScale[] | null

/** What undoes the Normalize steps among the first `count` steps. */
export function undoOf(steps: readonly FittedTransform[], count: number): Undo {
  let undo: readonly ChannelScale[] | null = null
  for (const { kind, fitted } of steps.slice(0, count)) {
    const scale = findTransform(kind)?.scale?.(fitted)
    if (scale === undefined) continue
    const before: readonly ChannelScale[] = undo ?? scale.map(() => identity)
    undo = before.map(({ factor, offset }, c) => ({
      factor: factor * scale[c]!.factor,
      offset: offset + factor * scale[c]!.offset,
    }))
  }
  return undo
}

/** The values of black and white. */
export type PixelRange = readonly [black: number, white: number]

/** [rows, channels, …] as bytes of the same shape. */
export function pictureBytes(
  values: Float32Array,
  shape: readonly number[],
  undo: Undo,
  [black, white]: PixelRange = [0, 1],
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(values.length)
  const channels = shape[0] ?? 1
  const plane = elementCount(shape) / channels
  const scale = 255 / (white - black || 1)
  for (let begin = 0, channel = 0; begin < values.length; begin += plane, channel = (channel + 1) % channels) {
    const { factor, offset } = undo?.[channel] ?? identity
    const [slope, start] = [scale * factor, scale * (offset - black)]
    const end = begin + plane
    for (let i = begin; i < end; i++) bytes[i] = Math.min(255, Math.max(0, Math.round(slope * values[i]! + start)))
  }
  return bytes
}
const identity: ChannelScale = { factor: 1, offset: 0 }

/** Pixels of the longer side of a picture in a grid. */
const LARGEST_SIDE = 128

export interface Pictures {
  /** [channels, height, width] */
  readonly shape: readonly number[]
  /** [rows, …shape] */
  readonly images: Uint8Array<ArrayBuffer>
}

/** Downscales pictures that are too large for a tile; every square of pixels becomes its mean. */
export function shrunkPictures(images: Uint8Array<ArrayBuffer>, shape: readonly number[]): Pictures {
  const [channels, height, width] = shape as [number, number, number]
  const by = Math.ceil(Math.max(height, width) / LARGEST_SIDE)
  if (shape.length !== 3 || by <= 1) return { shape, images }
  const [rows, columns] = [Math.max(1, Math.floor(height / by)), Math.max(1, Math.floor(width / by))]
  const planes = images.length / (height * width)
  const small = new Uint8Array(planes * rows * columns)
  let at = 0
  for (let plane = 0; plane < planes; plane++) {
    const from = plane * height * width
    for (let y = 0; y < rows; y++)
      for (let x = 0; x < columns; x++) small[at++] = meanOf(images, from + y * by * width + x * by, width, by)
  }
  return { shape: [channels, rows, columns], images: small }
}

function meanOf(bytes: Uint8Array, from: number, width: number, by: number): number {
  let sum = 0
  for (let y = 0; y < by; y++) for (let x = 0; x < by; x++) sum += bytes[from + y * width + x] ?? 0
  return Math.round(sum / (by * by))
}
