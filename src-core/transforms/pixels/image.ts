/**
 * The images of a batch on their way through the steps. Stored bytes stay bytes as long as pixels are only moved, and flips and
 * crops are not done at once: they wait, and those that follow each other are done as one.
 */
import type { GraphBuilder } from '../../onnx/builder'
import type { Value } from '../../onnx/graph'
import type { Target } from '../../onnx/target'
import { concrete } from '../../tensor/shape'
import { movePixels, restingAxis, thenMove, type AxisStep, type Moves } from './moves'

export interface Image {
  /** [N, C, height, width]: uint8 from 0 to 255, or float32. */
  readonly pixels: Value
  /** Still to be done with the pixels. */
  readonly moves?: Moves
}

/** The pixels with nothing left to be done, in the type they are in. */
export function settledPixels(b: GraphBuilder, { pixels, moves }: Image): Value {
  return moves ? movePixels(b, pixels, moves) : pixels
}

/** The pixels as float32: bytes on the scale 0 … 1, as torchvision's ToTensor makes them. */
export function floatPixels(b: GraphBuilder, image: Image): Value {
  const pixels = settledPixels(b, image)
  if (pixels.type.dtype !== 'uint8') return b.Cast(pixels, { to: 'float32' })
  return b.Mul(b.Cast(pixels, { to: 'float32' }), b.scalar(1 / 255))
}

/** Pixels that can be moved with this fill: bytes where the fill is one and the device gathers bytes, else float32. */
export function movablePixels(b: GraphBuilder, image: Image, fill: number, target: Target): Value {
  const asByte = Math.round(fill * 255)
  const fits = asByte >= 0 && asByte <= 255 && Math.abs(asByte - fill * 255) < 1e-6
  return fits && !target.portable ? settledPixels(b, image) : floatPixels(b, image)
}

/** What one step does to an axis or both; `fill` is what comes in from outside, absent where nothing does. */
export interface MoveStep {
  readonly rows?: AxisStep
  readonly columns?: AxisStep
  readonly fill?: number
}

/** The image with one more move that waits to be done. */
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

/** The image with moves that wait, if only resting ones: those that cannot be done together with one of this fill are done now. */
export function waitingImage(b: GraphBuilder, image: Image, fill: number | undefined, target: Target): Required<Image> {
  const waiting = joinedMoves(image, fill)
  const pixels = movablePixels(b, waiting ? { pixels: image.pixels } : image, fill ?? image.moves?.fill ?? 0, target)
  return { pixels, moves: waiting ?? restingMoves(b, { pixels }) }
}

/** The moves that wait, where another with this fill can be done together with them. */
export function joinedMoves({ moves }: Image, fill: number | undefined): Moves | undefined {
  return moves && (fill === undefined || !moves.leaves || moves.fill === fill) ? moves : undefined
}

function restingMoves(b: GraphBuilder, image: Image): Moves {
  const [height, width] = imageSize(image)
  return { rows: restingAxis(b, height), columns: restingAxis(b, width), leaves: false, fill: 0 }
}

/** Height and width of the image as it will be. */
export function imageSize({ pixels, moves }: Image): readonly [height: number, width: number] {
  if (moves) return [moves.rows.size, moves.columns.size]
  const [, , height, width] = pixels.type.shape
  return [concrete(height), concrete(width)]
}
