/**
 * Rotated, translated, scaled and sheared images: a matrix maps every position of the result to a position of the
 * source, like
 * torchvision's affine and rotate on tensors. Positions outside have the fill value, which bilinear sampling blends in
 * at the border.
 *
 * Pixels are gathered by index, once for the nearest pixel and four times for bilinear sampling. GridSample is slower
 * for the
 * nearest pixel and cannot read through preceding flips and crops: docs/decisions/0010.
 */
import type { GraphBuilder } from '../../onnx/builder'
import type { Value } from '../../onnx/graph'
import type { Target } from '../../onnx/target'
import { choice, real, text, type ParamValues } from '../../params/params'
import { concrete } from '../../tensor/shape'
import type { ImagesShown } from '../transform'
import { sampleBilinear } from './bilinear'
import { waitingImage, type Image } from './image'
import { gatherPixels, withOutside } from './moves'
import { bothAxes, sourcePlaces, type SourcePlaces } from './sourcePlaces'

/**
 * torchvision's matrix [a, b, c, d, e, f]: a position (x, y), relative to the center, is read at (ax + by + c, dx + ey
 * + f).
 */
export type AffineMatrix = readonly [number, number, number, number, number, number]

export const MATRIX_WIDTH = 6
export const restingMatrix: AffineMatrix = [1, 0, 0, 0, 1, 0]

/** Degrees beyond which a 6 turns into a 9. */
const UPRIGHT = 60

export const turnsSigns = ({ degrees }: { readonly degrees: readonly [number, number] }, { signs }: ImagesShown) =>
  signs && degrees.some((end) => Math.abs(end) > UPRIGHT) ? 'turn' : undefined

export const samplingParams = {
  interpolation: choice(text('Interpolation', '插值'), {
    default: 'nearest',
    options: ['nearest', 'bilinear'],
    doc: text(
      'Takes the nearest pixel, which keeps edges hard, or a weighted mean of the four around it.',
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
    doc: text('Value outside the image: 0 is black, 1 is white.', '图像以外区域的值：0 为黑，1 为白。'),
  })
}

/** `matrices` are [N, 6], one per sample. */
export function sampleAffine(
  b: GraphBuilder,
  image: Image,
  matrices: Value,
  { interpolation, fill }: Sampling,
  target: Target,
): Image {
  const isNearest = interpolation === 'nearest'
  const { pixels, moves } = waitingImage(b, image, isNearest ? fill : 0, target)
  const source = sourcePlaces(b, matrices, moves)
  const sampled = isNearest ? sampleNearest(b, pixels, source, fill) : sampleBilinear(b, pixels, source, moves, fill)
  const [batch, channels] = pixels.type.shape.map(concrete) as [number, number]
  return { pixels: b.Reshape(sampled, [batch, channels, moves.rows.size, moves.columns.size]) }
}

/** The pixel that contains each position: [N, C, places]. */
function sampleNearest(b: GraphBuilder, pixels: Value, { at, first, last }: SourcePlaces, fill: number): Value {
  const [batch, channels, height, width] = pixels.type.shape.map(concrete) as [number, number, number, number]
  const half = b.scalar(0.5)
  const [x, y] = bothAxes(b, at)
  const [left, top] = bothAxes(b, b.Sub(first, half))
  const [right, bottom] = bothAxes(b, b.Add(last, half))
  const within = (value: Value, low: Value, high: Value) => b.And(b.Greater(value, low), b.Less(value, high))
  const inside = b.And(within(x, left, right), within(y, top, bottom))
  // Inside, nothing is below -0.5, so truncation rounds.
  const whole = (value: Value) => b.Cast(b.Add(value, half), { to: 'int32' })
  const place = b.Add(b.Mul(whole(y), b.scalar(width, 'int32')), whole(x))
  const flat = b.Reshape(pixels, [batch, channels, height * width])
  const index = b.Where(inside, place, b.scalar(height * width, 'int32'))
  return gatherPixels(b, withOutside(b, flat, 1, fill), index)
}
