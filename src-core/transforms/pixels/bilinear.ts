/**
 * Bilinear sampling: the four pixels around a position, weighted by distance. The weights, two per axis, also encode
 * which may be read:
 * the index of the first pixel stays inside, and a pixel at a distance of more than 1 has weight 0.
 */
import type { GraphBuilder } from '../../onnx/builder'
import type { Value } from '../../onnx/graph'
import { concrete } from '../../tensor/shape'
import { gatherPixels, withOutside, type Moves } from './moves'
import { bothAxes, constantPair, type SourcePlaces } from './sourcePlaces'

/** Larger than any distance between a position and a pixel. */
const FAR = 1e6

/**
 * Blends like torchvision: the pixels, already darkened at the border, by the share inside, plus the fill by the rest:
 * [N, C, places].
 */
export function sampleBilinear(
  b: GraphBuilder,
  pixels: Value,
  source: SourcePlaces,
  moves: Moves,
  fill: number,
): Value {
  const [, , height, width] = pixels.type.shape.map(concrete) as [number, number, number, number]
  const { before, near, next } = neighbours(b, source, constantPair(b, width - 1, height - 1))
  const [nearX, nearY] = bothAxes(b, near)
  const [nextX, nextY] = bothAxes(b, next)
  const inside = moves.leaves ? insideImage(b, source, moves) : b.Mul(b.Add(nearX, nextX), b.Add(nearY, nextY))
  const unit = unitOf(b, pixels, inside, moves.leaves ? source : undefined)
  const [upper, lower] = [b.Mul(nearY, unit), b.Mul(nextY, unit)]
  const weights = [b.Mul(upper, nearX), b.Mul(upper, nextX), b.Mul(lower, nearX), b.Mul(lower, nextX)]
  const [column, row] = bothAxes(b, before)
  const index = b.Add(b.Mul(row, b.scalar(width, 'int32')), column)
  const parts = neighbourPixels(b, pixels, index).map((pixel, i) => b.Mul(pixel, weights[i]!))
  const kept = parts.reduce((sum, part) => b.Add(sum, part))
  return fill === 0 ? kept : b.Add(kept, b.Mul(b.Sub(b.scalar(1), inside), b.scalar(fill)))
}

/** The pixel before each position, int32, and the weights of it and of the next one; all [N, 2, places]. */
function neighbours(b: GraphBuilder, { at, first, last }: SourcePlaces, end: Value) {
  const one = b.scalar(1)
  const low = b.Min(first, end)
  const high = b.Max(low, b.Sub(last, one))
  const before = b.Cast(b.Min(b.Max(at, low), high), { to: 'int32' })
  const away = b.Sub(at, b.Cast(before, { to: 'float32' }))
  const isSingle = b.Less(b.Sub(last, first), b.scalar(0.5))
  const step = b.Where(isSingle, b.scalar(FAR), one)
  const weight = (distance: Value) => b.HardSigmoid(b.Abs(distance), { alpha: -1, beta: 1 })
  return { before, near: weight(away), next: weight(b.Sub(away, step)) }
}

/** How much of each position is inside the transformed image, 0 … 1: [N, 1, places]. */
function insideImage(b: GraphBuilder, { at, center }: SourcePlaces, { rows, columns }: Moves): Value {
  const [x, y] = bothAxes(b, b.Abs(b.Sub(at, center)))
  const share = (distance: Value, size: number) => b.HardSigmoid(distance, { alpha: -1, beta: (size + 1) / 2 })
  return b.Mul(share(x, columns.size), share(y, rows.size))
}

/**
 * The sum of the weights of each position, on the scale 0 … 1; 0 where a crop has moved the whole image out of view.
 */
function unitOf(b: GraphBuilder, pixels: Value, inside: Value, cropped: SourcePlaces | undefined): Value {
  const scale = pixels.type.dtype === 'uint8' ? 1 / 255 : 1
  if (!cropped) return scale === 1 ? inside : b.Mul(inside, b.scalar(scale))
  const isEmpty = b.Less(b.Sub(cropped.last, cropped.first), b.scalar(-0.5))
  const [x, y] = bothAxes(b, b.Where(isEmpty, b.scalar(0), b.scalar(1)))
  return b.Mul(inside, b.Mul(b.Mul(x, y), b.scalar(scale)))
}

/**
 * The pixel at each position, its right neighbor, the one below, and that one's right neighbor: float32 [N, C, places]
 * each.
 */
function neighbourPixels(b: GraphBuilder, pixels: Value, index: Value): Value[] {
  const [batch, channels, height, width] = pixels.type.shape.map(concrete) as [number, number, number, number]
  const area = height * width
  const flat = withOutside(b, b.Reshape(pixels, [batch, channels, area]), width + 1, 0)
  // The same positions in the image shifted by one column, one row, or both.
  return [0, 1, width, width + 1].map((by) =>
    b.Cast(gatherPixels(b, b.Slice(flat, [by], [by + area], [2]), index), { to: 'float32' }),
  )
}
