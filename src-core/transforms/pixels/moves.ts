/**
 * Flips and crops: whole pixels change position, each axis independently. A move defines where in the source each
 * position of
 * the result is read, so consecutive moves are composed with a few operations on numbers per sample, and one
 * GatherElements executes them all. Measured against Slice, Where, matrix products and GridSample: docs/decisions/0010.
 */
import type { GraphBuilder } from '../../onnx/builder'
import type { Value } from '../../onnx/graph'
import { tensor } from '../../tensor/dtype'
import { concrete } from '../../tensor/shape'

/** Where the positions of one axis are read: at scale · position + offset. All numbers are [N, 1] or scalars. */
export interface AxisMove {
  /** Length of the axis after the move. */
  readonly size: number
  readonly scale: Value
  readonly offset: Value
  /** First and last position of the source that may be read; beyond it is the fill. */
  readonly first: Value
  readonly last: Value
}

export interface Moves {
  readonly rows: AxisMove
  readonly columns: AxisMove
  /** Whether a position outside the source may be read. */
  readonly leaves: boolean
  /** The value outside, on the scale 0 … 1. */
  readonly fill: number
}

/** The move of one step: reads at scale · position + offset of an axis, `size` positions. */
export interface AxisStep {
  readonly size: number
  /** 1, or −1 if the axis is flipped; 1 if absent. */
  readonly scale?: Value
  readonly offset: Value
}

/** The identity move of an axis. */
export function restingAxis(b: GraphBuilder, size: number): AxisMove {
  return { size, scale: b.scalar(1), offset: b.scalar(0), first: b.scalar(0), last: b.scalar(size - 1) }
}

/** The move `before`, followed by `step` on its result. */
export function thenMove(b: GraphBuilder, before: AxisMove, step: AxisStep): AxisMove {
  const scale = step.scale ? b.Mul(before.scale, step.scale) : before.scale
  const offset = b.Add(b.Mul(before.scale, step.offset), before.offset)
  // A move can read only what the previous one has brought in.
  const begin = before.offset
  const end = b.Add(b.Mul(before.scale, b.scalar(before.size - 1)), begin)
  const first = b.Max(before.first, b.Min(begin, end))
  const last = b.Min(before.last, b.Max(begin, end))
  return { size: step.size, scale, offset, first, last }
}

/** A position beyond every image; it reads the fill. */
const NOWHERE = 2 ** 29

/** Executes the moves: [N, C, H, W] → [N, C, rows.size, columns.size], of any element type. */
export function movePixels(b: GraphBuilder, pixels: Value, { rows, columns, leaves, fill }: Moves): Value {
  const [batch, channels, height, width] = pixels.type.shape.map(concrete) as [number, number, number, number]
  const row = placesOf(b, rows, width, leaves)
  const column = placesOf(b, columns, 1, leaves)
  const sum = b.Add(b.Reshape(row, [-1, rows.size, 1]), b.Reshape(column, [-1, 1, columns.size]))
  const index = leaves ? b.Min(sum, b.scalar(height * width, 'int32')) : sum
  const places = rows.size * columns.size
  const flat = b.Reshape(pixels, [batch, channels, height * width])
  const moved = gatherPixels(b, leaves ? withOutside(b, flat, 1, fill) : flat, b.Reshape(index, [batch, 1, places]))
  return b.Reshape(moved, [batch, channels, rows.size, columns.size])
}

/** What the positions read on an axis contribute to the index of a pixel: int32 [N or 1, size]. */
function placesOf(b: GraphBuilder, axis: AxisMove, stride: number, leaves: boolean): Value {
  const { size, scale, offset, first, last } = axis
  const count = Array.from({ length: size }, (_, i) => i)
  const places = b.Add(b.Mul(b.constant(tensor('float32', [1, size], count)), scale), offset)
  const whole = b.Cast(places, { to: 'int32' })
  const added = stride === 1 ? whole : b.Mul(whole, b.scalar(stride, 'int32'))
  if (!leaves) return added
  const half = b.scalar(0.5)
  const inside = b.And(b.Greater(places, b.Sub(first, half)), b.Less(places, b.Add(last, half)))
  return b.Where(inside, added, b.scalar(NOWHERE, 'int32'))
}

/** Pixels [N, C, count] followed by `more` pixels of the fill. */
export function withOutside(b: GraphBuilder, flat: Value, more: number, fill: number): Value {
  const value = flat.type.dtype === 'uint8' ? Math.round(fill * 255) : fill
  return b.Pad(flat, [0, 0, 0, 0, 0, more], value)
}

/** Picks pixels of [N, C, count] by the indices [N, 1, places] that all channels share: [N, C, places]. */
export function gatherPixels(b: GraphBuilder, flat: Value, index: Value): Value {
  const [batch, channels] = flat.type.shape.map(concrete) as [number, number]
  const places = concrete(index.type.shape[2])
  const wide = channels === 1 ? index : b.Expand(index, [batch, channels, places])
  return b.GatherElements(flat, wide, { axis: 2 })
}
