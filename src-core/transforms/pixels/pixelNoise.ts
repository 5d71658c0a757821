/**
 * A random number per pixel, generated in the graph from a few keys per sample: the Feistel network that dropout uses
 * yields
 * two integers per element, which the Box-Muller formula turns into two normal numbers.
 */
import type { GraphBuilder } from '../../onnx/builder'
import type { Value } from '../../onnx/graph'
import { RANDOM_HALF, RANDOM_ROUNDS, shuffledHalves } from '../../onnx/randomNumbers'
import { DrawStream } from '../draws/drawStream'
import type { ImageShape } from '../transform'

export function drawNoiseKeys(stream: DrawStream): number[] {
  return Array.from({ length: RANDOM_ROUNDS }, () => stream.integer(RANDOM_HALF))
}

/** Keys for corners, which are always the same: keys that are all equal would give noise with a visible pattern. */
export const fixedNoiseKeys: readonly number[] = drawNoiseKeys(new DrawStream(1))

/** Standard normal numbers [N, C, height, width]; `keys` are RANDOM_ROUNDS values [N, 1]. */
export function normalNoise(b: GraphBuilder, [channels, height, width]: ImageShape, keys: readonly Value[]): Value {
  const count = channels * height * width
  const places = Math.ceil(count / 2)
  const { left, right } = shuffledHalves(b, places, keys)
  // In the middle of each step, so that the logarithm never gets zero.
  const share = b.Mul(b.Add(left, b.scalar(0.5)), b.scalar(1 / RANDOM_HALF))
  const radius = b.Sqrt(b.Mul(b.Log(share), b.scalar(-2)))
  const angle = b.Mul(right, b.scalar((2 * Math.PI) / RANDOM_HALF))
  const [first, second] = [angle, b.Sub(angle, b.scalar(Math.PI / 2))].map((at) => b.Mul(radius, b.Cos(at)))
  const both = b.Concat([first!, second!], { axis: 1 })
  const exact = 2 * places === count ? both : b.Slice(both, [0], [count], [1])
  return b.Reshape(exact, [-1, channels, height, width])
}
