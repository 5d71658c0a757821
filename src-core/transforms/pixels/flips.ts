/** Shared by the two flips. The drawn number is 1 for a flipped image and 0 for an unchanged one. */
import type { GraphBuilder } from '../../onnx/builder'
import type { Value } from '../../onnx/graph'
import { text } from '../../params/params'
import type { AxisStep } from './moves'
import type { ImagesShown, RandomPart } from '../transform'

export const flipDraws: RandomPart<unknown> = {
  width: () => 1,
  draw: () => [1],
  identity: () => [0],
  describe: ([flipped]) => (flipped === 1 ? text('flipped', '已翻转') : text('not flipped', '未翻转')),
  corners: () => [[1]],
}

export const mirrorsSigns = (_params: unknown, { signs }: ImagesShown) => (signs ? 'mirror' : undefined)

/** Reads an axis of `size` in reverse where it is flipped. */
export function flippedAxis(b: GraphBuilder, flipped: Value, size: number): AxisStep {
  const scale = b.Sub(b.scalar(1), b.Mul(flipped, b.scalar(2)))
  return { size, scale, offset: b.Mul(flipped, b.scalar(size - 1)) }
}
