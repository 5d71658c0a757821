/**
 * Rotated, moved, scaled and sheared images: every place of the result is read at a place of the source that a matrix names, as
 * torchvision's affine and rotate do with tensors. Places outside hold the fill, which bilinear sampling blends in at the rim.
 *
 * Pixels are gathered by their place, once for the nearest pixel and four times for bilinear sampling. GridSample does the same
 * two to seven times slower on the CPU: docs/decisions/0010.
 */
import type { GraphBuilder } from '../onnx/builder'
import type { Value } from '../onnx/graph'
import type { Target } from '../onnx/target'
import { choice, real, text, type ParamValues } from '../params/params'
import { tensor } from '../tensor/dtype'
import { concrete } from '../tensor/shape'
import { movablePixels, type Image } from './image'
import { gatherPixels } from './moves'

/** torchvision's matrix [a, b, c, d, e, f]: a place (x, y), seen from the centre, is read at (ax + by + c, dx + ey + f). */
export type AffineMatrix = readonly [number, number, number, number, number, number]

export const MATRIX_WIDTH = 6
export const restingMatrix: AffineMatrix = [1, 0, 0, 0, 1, 0]

export const samplingParams = {
  interpolation: choice(text('Interpolation', '插值'), {
    default: 'nearest',
    options: ['nearest', 'bilinear'],
    doc: text(
      'Which pixel a place gets: the nearest, which keeps edges hard, or a mean of the four around it.',
      '取最近的像素（边缘锐利），或取周围四个像素的加权平均。',
    ),
  }),
  fill: fillParam(),
} as const
export type Sampling = ParamValues<typeof samplingParams>

export function fillParam() {
  return real(text('Fill', '填充值'), {
    default: 0,
    min: 0,
    max: 1,
    doc: text('What comes in from outside the image: 0 is black, 1 is white.', '图像以外区域的值：0 为黑，1 为白。'),
  })
}

/** `matrices` are [N, 6], one a sample. */
export function sampleAffine(
  b: GraphBuilder,
  image: Image,
  matrices: Value,
  { interpolation, fill }: Sampling,
  target: Target,
): Image {
  const theta = b.Reshape(matrices, [-1, 2, 3])
  const outside = interpolation === 'nearest' ? fill : 0
  const pixels = movablePixels(b, image, outside, target)
  const pixelsOut = interpolation === 'nearest' ? nearest(b, pixels, theta, fill) : bilinear(b, pixels, theta, fill)
  return { pixels: pixelsOut }
}

/** x, y and 1 of every place, seen from the centre: [3, height · width]. */
function places(b: GraphBuilder, height: number, width: number): Value {
  const area = height * width
  const numbers = new Float32Array(3 * area)
  for (let i = 0; i < area; i++) {
    numbers[i] = (i % width) - width / 2 + 0.5
    numbers[area + i] = Math.floor(i / width) - height / 2 + 0.5
    numbers[2 * area + i] = 1
  }
  return b.constant(tensor('float32', [3, area], numbers))
}

const pairOf = (b: GraphBuilder, shape: readonly number[], x: number, y: number) =>
  b.constant(tensor('float32', shape, [x, y]))

/** Pixels with a rim of `outside`, one wide and `below` below, in one row: [N, C, (height + 1 + below) · (width + 2)]. */
function withRim(b: GraphBuilder, pixels: Value, outside: number, below: number): Value {
  const [batch, channels, height, width] = pixels.type.shape.map(concrete) as [number, number, number, number]
  const value = pixels.type.dtype === 'uint8' ? Math.round(outside * 255) : outside
  const padded = b.Pad(pixels, [0, 0, 1, 1, 0, 0, below, 1], value)
  return b.Reshape(padded, [batch, channels, (height + 1 + below) * (width + 2)])
}

/** Places in the image with its rim, from coordinates [N, 2, area] that are not negative: int32 [N, 1, area]. */
function placeIn(b: GraphBuilder, whole: Value, width: number): Value {
  const [column, row] = b.Split(whole, [1, 1], { axis: 1 }) as [Value, Value]
  return b.Add(b.Mul(row, b.scalar(width + 2, 'int32')), column)
}

function nearest(b: GraphBuilder, pixels: Value, theta: Value, fill: number): Value {
  const [batch, channels, height, width] = pixels.type.shape.map(concrete) as [number, number, number, number]
  // From the centre to the corner, plus the rim; cutting off the fraction then is rounding to the nearest.
  const corner = b.constant(tensor('float32', [1, 2, 3], [0, 0, width / 2 + 1, 0, 0, height / 2 + 1]))
  const at = b.MatMul(b.Add(theta, corner), places(b, height, width))
  const last = pairOf(b, [1, 2, 1], width + 1.5, height + 1.5)
  const whole = b.Cast(b.Min(b.Max(at, b.scalar(0)), last), { to: 'int32' })
  const moved = gatherPixels(b, withRim(b, pixels, fill, 1), placeIn(b, whole, width))
  return b.Reshape(moved, [batch, channels, height, width])
}

function bilinear(b: GraphBuilder, pixels: Value, theta: Value, fill: number): Value {
  const [batch, channels, height, width] = pixels.type.shape.map(concrete) as [number, number, number, number]
  const fromCentre = b.MatMul(theta, places(b, height, width))
  const corner = pairOf(b, [1, 2, 1], (width + 1) / 2, (height + 1) / 2)
  const last = pairOf(b, [1, 2, 1], width + 1, height + 1)
  const at = b.Min(b.Max(b.Add(fromCentre, corner), b.scalar(0)), last)
  const whole = b.Cast(at, { to: 'int32' })
  const [right, down] = b.Split(b.Sub(at, b.Cast(whole, { to: 'float32' })), [1, 1], { axis: 1 }) as [Value, Value]
  const index = placeIn(b, whole, width)
  const flat = withRim(b, pixels, 0, 3)
  const count = (height + 2) * (width + 2)
  // The same places in the image moved by one column, one row, or both.
  const tap = (by: number) => b.Cast(gatherPixels(b, b.Slice(flat, [by], [by + count], [2]), index), { to: 'float32' })
  const between = (from: Value, to: Value, share: Value) => b.Add(from, b.Mul(b.Sub(to, from), share))
  const [upper, lower] = [0, width + 2].map((row) => between(tap(row), tap(row + 1), right)) as [Value, Value]
  const sampled = b.Reshape(between(upper, lower, down), [batch, channels, height, width])
  const unit = pixels.type.dtype === 'uint8' ? b.Mul(sampled, b.scalar(1 / 255)) : sampled
  return withFill(b, unit, insideOf(b, fromCentre, height, width), fill)
}

/** How much of each place lies inside the image, 0 … 1: [N, 1, height, width]. */
function insideOf(b: GraphBuilder, fromCentre: Value, height: number, width: number): Value {
  const sides = b.Split(b.Abs(fromCentre), [1, 1], { axis: 1 })
  const [across, along] = [width, height].map((size, i) =>
    b.HardSigmoid(sides[i]!, { alpha: -1, beta: (size + 1) / 2 }),
  ) as [Value, Value]
  return b.Reshape(b.Mul(across, along), [-1, 1, height, width])
}

/** As torchvision blends: what was sampled, whose rim is dark already, by the share inside, and the fill by the rest. */
function withFill(b: GraphBuilder, sampled: Value, inside: Value, fill: number): Value {
  const kept = b.Mul(sampled, inside)
  return fill === 0 ? kept : b.Add(kept, b.Mul(b.Sub(b.scalar(1), inside), b.scalar(fill)))
}
