/**
 * Random numbers inside the graph: a Feistel network over a counter, keyed by a few small integers per step.
 * Every intermediate is an integer below 2²⁴ held in float32, so each operation is exact and every provider
 * (CPU, CUDA, WebGPU, DirectML) draws exactly the same numbers; integer operators would not run on all of them.
 */
import { randomUint32 } from '../base/random'
import type { GraphBuilder } from './builder'
import type { Value } from './graph'
import { tensor } from '../tensor/dtype'

export const RANDOM_ROUNDS = 5
/** Each half of the counter, and each key, has 11 bits: the sum of two is below 2¹² and its square below 2²⁴. */
export const RANDOM_HALF = 2048
const HALF = RANDOM_HALF
/** Elements of a tensor with distinct numbers; larger tensors repeat them. */
const PERIOD = HALF * HALF

/** The keys of one draw, each in 0 … 2047. */
export function roundKeys(...keys: readonly number[]): number[] {
  return Array.from({ length: RANDOM_ROUNDS }, (_, round) => randomUint32(...keys, round) % HALF)
}

/** Uniform numbers in [0, 1) with 22 bits: float32 of `shape`. `keys` is a float vector of RANDOM_ROUNDS integers. */
export function uniformNumbers(b: GraphBuilder, shape: readonly number[], keys: Value): Value {
  const count = shape.reduce((product, size) => product * size, 1)
  const { left, right } = shuffledHalves(b, count, b.Split(keys, new Array<number>(RANDOM_ROUNDS).fill(1), { axis: 0 }))
  const whole = b.Add(b.Mul(left, b.scalar(HALF)), right)
  return b.Reshape(b.Mul(whole, b.scalar(1 / PERIOD)), shape)
}

/**
 * Two random integers in 0 … 2047 for each of `count` elements. RANDOM_ROUNDS keys of shape [1] give [count] numbers;
 * keys of
 * shape [N, 1], one set per sample, give [N, count].
 */
export function shuffledHalves(b: GraphBuilder, count: number, keys: readonly Value[]): { left: Value; right: Value } {
  const counter = (half: (place: number) => number) =>
    b.constant(
      tensor(
        'float32',
        [count],
        Array.from({ length: count }, (_, i) => half(i % PERIOD)),
      ),
    )
  const modulo = (x: Value) => b.Sub(x, b.Mul(b.Floor(b.Mul(x, b.scalar(1 / HALF))), b.scalar(HALF)))
  let left = counter((i) => Math.floor(i / HALF))
  let right = counter((i) => i % HALF)
  for (const key of keys) {
    // F(r) = the middle bits of (r + key)²
    const sum = b.Add(right, key)
    const middle = b.Floor(b.Mul(b.Mul(sum, sum), b.scalar(1 / 64)))
    const mixed = modulo(b.Add(left, middle))
    left = right
    right = mixed
  }
  return { left, right }
}

/** The same numbers in TypeScript, for tests and for previews. */
export function uniformReference(count: number, keys: readonly number[]): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => {
    let left = Math.floor((i % PERIOD) / HALF)
    let right = i % HALF
    for (const key of keys) {
      const middle = Math.floor((right + key) ** 2 / 64)
      ;[left, right] = [right, (left + middle) % HALF]
    }
    return (left * HALF + right) / PERIOD
  })
}
