/** Dropout in training, which golden files cannot cover: PyTorch draws different numbers. */
import { describe, expect, it } from 'vitest'
import { randomUint32 } from '#core/base/random'
import { RANDOM_ROUNDS, roundKeys, uniformNumbers, uniformReference } from '#core/onnx/randomNumbers'
import { dropout } from '#core/layers/kinds/dropout'
import type { LayerDefinition } from '#core/layers/layer'
import { GraphBuilder } from '#core/onnx/builder'
import { portableTarget, standardTarget } from '#core/onnx/target'
import { tensor } from '#core/tensor/dtype'
import { expectClose } from '../../support/expectClose'
import { hashedNumbers } from '../../support/hashedNumbers'
import { fromTensor } from '../../support/reference/array'
import { interpret } from '../../support/reference/interpret'
import { runOnnx } from '../../support/runOnnx'
import { gradientGraphOf, lowerLayer } from './lowerLayer'

const layer: LayerDefinition = dropout

async function draw(shape: readonly number[], keys: readonly number[]): Promise<Float32Array> {
  const b = new GraphBuilder('random')
  const value = b.input('keys', { dtype: 'float32', shape: [RANDOM_ROUNDS] })
  b.output(uniformNumbers(b, shape, value), 'u')
  const { u } = await runOnnx(b.graph, { keys: tensor('float32', [RANDOM_ROUNDS], keys) })
  return u!.data as Float32Array
}

const mean = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0) / values.length

describe('dropout in training', () => {
  it.each([
    ['standard', standardTarget],
    ['portable', portableTarget],
  ] as const)('keeps and scales what the random numbers select, and so does its gradient (%s)', async (_, target) => {
    const p = 0.3
    const [x, dy] = [
      tensor('float32', [4, 8], hashedNumbers('x', 32)),
      tensor('float32', [4, 8], hashedNumbers('dy', 32)),
    ]
    const u = tensor(
      'float32',
      [4, 8],
      hashedNumbers('u', 32).map((value) => (value + 1) / 2),
    )
    u.data[5] = Math.fround(p)
    const graph = gradientGraphOf(lowerLayer(layer, { p }, [[4, 8]], { training: true, target }), dy, target)
    const feeds = { 'input/0': x, 'uniform/0': u }
    const factor = u.data.map((value) => (value >= Math.fround(p) ? 1 / (1 - p) : 0))
    expect(factor.filter((value) => value === 0).length).toBeGreaterThan(3)
    const results = await runOnnx(graph, feeds)
    const times = ({ shape, data }: typeof x) => ({ shape, data: data.map((value, i) => value * factor[i]!) })
    expectClose(results.y!, times(x), { relative: 1e-6 }, 'y')
    expectClose(results['dinput/0']!, times(dy), { relative: 1e-6 }, 'dx')
  })
})

describe('random numbers inside the graph', () => {
  const shape = [64, 33, 7]
  const count = 64 * 33 * 7

  it('are the same on ONNX Runtime, in the interpreter and in TypeScript, bit for bit', async () => {
    const keys = roundKeys(7, 1, 2, 3)
    const expected = uniformReference(count, keys)
    expect(await draw(shape, keys)).toEqual(expected)
    const b = new GraphBuilder('random')
    b.output(uniformNumbers(b, shape, b.input('keys', { dtype: 'float32', shape: [RANDOM_ROUNDS] })), 'u')
    const { u } = interpret(b.graph, { keys: fromTensor(tensor('float32', [RANDOM_ROUNDS], keys)) })
    expect(Float32Array.from(u!.data)).toEqual(expected)
  })

  it('are uniform: mean, variance and share below p are within five standard errors, for 200 steps', () => {
    const all = Array.from({ length: 200 }, (_, step) => [...uniformReference(1000, roundKeys(1, step))]).flat()
    const error = 5 / Math.sqrt(all.length)
    expect(Math.abs(mean(all) - 0.5)).toBeLessThan(error * Math.sqrt(1 / 12))
    expect(Math.abs(mean(all.map((u) => (u - 0.5) ** 2)) - 1 / 12)).toBeLessThan(error * Math.sqrt(1 / 180))
    for (const p of [0.1, 0.25, 0.5, 0.9])
      expect(Math.abs(mean(all.map((u) => (u < p ? 1 : 0))) - p)).toBeLessThan(error * Math.sqrt(p * (1 - p)))
  })

  it('do not repeat across elements or steps', () => {
    const steps = Array.from({ length: 60 }, (_, step) => uniformReference(2000, roundKeys(3, step)))
    const correlation = (a: Float32Array, b: Float32Array) => mean(a.map((u, i) => 12 * (u - 0.5) * (b[i]! - 0.5)))
    const limit = 6 / Math.sqrt(1900)
    for (const [step, now] of steps.entries()) {
      for (const lag of [1, 2, 8, 28, 64]) expect(Math.abs(correlation(now.slice(lag), now))).toBeLessThan(limit)
      const before = steps[step - 1]
      if (before) expect(Math.abs(correlation(now, before))).toBeLessThan(limit)
    }
  })

  it('drop each element equally often over many steps', () => {
    const kept = new Float64Array(500)
    const steps = 2000
    for (let step = 0; step < steps; step++)
      uniformReference(500, roundKeys(randomUint32(9, step))).forEach((u, i) => (kept[i]! += u < 0.5 ? 1 : 0))
    const limit = (5 * 0.5) / Math.sqrt(steps)
    for (const number of kept) expect(Math.abs(number / steps - 0.5)).toBeLessThan(limit)
  })
})
