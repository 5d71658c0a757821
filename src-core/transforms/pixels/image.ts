/**
 * The images of a batch as they pass through the steps. Stored bytes stay bytes while pixels are only moved, and flips
 * and
 * crops are deferred: consecutive ones are executed together.
 */
import type { GraphBuilder } from '../../onnx/builder'
import type { Value } from '../../onnx/graph'
import type { Target } from '../../onnx/target'
import { concrete } from '../../tensor/shape'
import { movePixels, restingAxis, thenMove, type AxisStep, type Moves } from './moves'

export interface Image {
  /** [N, C, height, width]: uint8 from 0 to 255, or float32. */
  readonly pixels: Value
  /** Moves still to be applied to the pixels. */
  readonly moves?: Moves
}

/** The pixels with all moves applied, in their current type. */
export function settledPixels(b: GraphBuilder, { pixels, moves }: Image): Value {
  return moves ? movePixels(b, pixels, moves) : pixels
}

/** The pixels as float32: bytes scaled to 0 … 1, like torchvision's ToTensor. */
export function floatPixels(b: GraphBuilder, image: Image): Value {
  const pixels = settledPixels(b, image)
  if (pixels.type.dtype !== 'uint8') return b.Cast(pixels, { to: 'float32' })
  return b.Mul(b.Cast(pixels, { to: 'float32' }), b.scalar(1 / 255))
}

/**
 * Pixels that can be moved with this fill: bytes if the fill is a byte and the device can gather bytes, else float32.
 */
export function movablePixels(b: GraphBuilder, image: Image, fill: number, target: Target): Value {
  const asByte = Math.round(fill * 255)
  const fits = asByte >= 0 && asByte <= 255 && Math.abs(asByte - fill * 255) < 1e-6
  return fits && !target.portable ? settledPixels(b, image) : floatPixels(b, image)
}

/** What one step does to one axis or both; `fill` comes in from outside, absent if nothing does. */
export interface MoveStep {
  readonly rows?: AxisStep
  readonly columns?: AxisStep
  readonly fill?: number
}

/** The image with one more deferred move. */
export function moveImage(b: GraphBuilder, image: Image, step: MoveStep, target: Target): Image {
  const { fill } = step
  const { pixels, moves: before } = waitingImage(b, image, fill, target)
  const moves: Moves = {
    rows: step.rows ? thenMove(b, before.rows, step.rows) : before.rows,
    columns: step.columns ? thenMove(b, before.columns, step.columns) : before.columns,
    leaves: before.leaves || fill !== undefined,
    fill: fill ?? before.fill,
  }
  return { pixels, moves }
}

/**
 * The image with deferred moves, possibly only identity ones: those that cannot be combined with a move of this fill
 * are applied now.
 */
export function waitingImage(b: GraphBuilder, image: Image, fill: number | undefined, target: Target): Required<Image> {
  const waiting = joinedMoves(image, fill)
  const pixels = movablePixels(b, waiting ? { pixels: image.pixels } : image, fill ?? image.moves?.fill ?? 0, target)
  return { pixels, moves: waiting ?? restingMoves(b, { pixels }) }
}

/** The deferred moves, if another move with this fill can be combined with them. */
export function joinedMoves({ moves }: Image, fill: number | undefined): Moves | undefined {
  return moves && (fill === undefined || !moves.leaves || moves.fill === fill) ? moves : undefined
}

function restingMoves(b: GraphBuilder, image: Image): Moves {
  const [height, width] = imageSize(image)
  return { rows: restingAxis(b, height), columns: restingAxis(b, width), leaves: false, fill: 0 }
}

/** Height and width of the image after its deferred moves. */
export function imageSize({ pixels, moves }: Image): readonly [height: number, width: number] {
  if (moves) return [moves.rows.size, moves.columns.size]
  const [, , height, width] = pixels.type.shape
  return [concrete(height), concrete(width)]
}
