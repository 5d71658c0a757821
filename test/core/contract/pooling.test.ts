/**
 * Pooling over many combinations of size, kernel, stride, padding, dilation and rounding, compared to the written-out
 * definition.
 */
import { describe, expect, it } from 'vitest'
import { findLayer } from '#core/layers/index'
import type { LayerDefinition } from '#core/layers/layer'
import { portableTarget, standardTarget, type Target } from '#core/onnx/target'
import { ProblemError } from '#core/problems/problem'
import { tensor } from '#core/tensor/dtype'
import { expectClose } from '../../support/expectClose'
import { hashedNumbers } from '../../support/hashedNumbers'
import { runOnnx } from '../../support/runOnnx'
import { gradientGraphOf, lowerLayer } from './lowerLayer'
import { distinct } from './operators/case'

/** Settings along one axis. */
interface Axis {
  readonly size: number
  readonly kernel: number
  readonly stride: number
  readonly padding: number
  readonly dilation: number
}

interface Pooling {
  readonly axes: readonly [Axis, Axis]
  readonly ceil: boolean
  readonly countIncludePad: boolean
}

/** PyTorch's `pooling_output_shape`. */
function outputSize({ size, kernel, stride, padding, dilation }: Axis, ceil: boolean): number {
  const span = size + 2 * padding - dilation * (kernel - 1) - 1 + (ceil ? stride - 1 : 0)
  const count = Math.floor(span / stride) + 1
  return ceil && (count - 1) * stride >= size + padding ? count - 1 : count
}

/** Positions along one axis that a window reads, and how many it would count including padding. */
function window({ size, kernel, stride, padding, dilation }: Axis, at: number) {
  const taps = Array.from({ length: kernel }, (_, k) => at * stride - padding + k * dilation)
  return {
    pixels: taps.filter((tap) => tap >= 0 && tap < size),
    padded: taps.filter((tap) => tap >= -padding && tap < size + padding).length,
  }
}

const windowsOf = (axis: Axis, ceil: boolean) =>
  Array.from({ length: Math.max(0, outputSize(axis, ceil)) }, (_, at) => window(axis, at))

/** Whether PyTorch returns an image of finite numbers. */
function isSound({ axes, ceil }: Pooling): boolean {
  return axes.every((axis) => {
    const windows = windowsOf(axis, ceil)
    return windows.length > 0 && windows.every(({ pixels }) => pixels.length > 0)
  })
}

/** Output and gradient of one image, by definition; `dy` in the order of the output. */
function reference(kind: string, { axes, ceil, countIncludePad }: Pooling, x: ArrayLike<number>, dy: Float32Array) {
  const [rows, columns] = [windowsOf(axes[0], ceil), windowsOf(axes[1], ceil)]
  const dx = new Float32Array(x.length)
  const y = rows.flatMap((row, i) =>
    columns.map((column, j) => {
      const places = row.pixels.flatMap((r) => column.pixels.map((c) => r * axes[1].size + c))
      const given = dy[i * columns.length + j]!
      if (kind === 'max-pool2d') {
        const most = places.reduce((best, place) => (x[place]! > x[best]! ? place : best))
        dx[most]! += given
        return x[most]!
      }
      const count = countIncludePad ? row.padded * column.padded : places.length
      for (const place of places) dx[place]! += given / count
      return places.reduce((sum, place) => sum + x[place]!, 0) / count
    }),
  )
  return { y, dx, shape: [1, 1, rows.length, columns.length] }
}

/** A number for a combination: the same in every run, spread over all values. */
const pick = (name: string, count: number, from: number) =>
  from + Math.min(count - 1, Math.floor(((hashedNumbers(name, 1)[0]! + 1) / 2) * count))

function combination(kind: string, index: number): Pooling {
  const axis = (name: string): Axis => {
    const of = (what: string, count: number, from: number) => pick(`${kind} ${index} ${name} ${what}`, count, from)
    const kernel = of('kernel', 4, 1)
    return {
      size: of('size', 9, 1),
      kernel,
      stride: of('stride', 4, 1),
      padding: of('padding', Math.floor(kernel / 2) + 1, 0),
      dilation: kind === 'max-pool2d' ? of('dilation', 3, 1) : 1,
    }
  }
  return { axes: [axis('rows'), axis('columns')], ceil: index % 3 !== 0, countIncludePad: index % 2 === 0 }
}

function paramsOf({ axes, ceil, countIncludePad }: Pooling, kind: string) {
  const both = (of: (axis: Axis) => number) => axes.map(of)
  return {
    kernelSize: both(({ kernel }) => kernel),
    stride: both(({ stride }) => stride),
    padding: both(({ padding }) => padding),
    ceilMode: ceil,
    ...(kind === 'max-pool2d' ? { dilation: both(({ dilation }) => dilation) } : { countIncludePad }),
  }
}

const closely = { relative: 1e-5, absolute: 1e-6 }

async function check(layer: LayerDefinition, pooling: Pooling, target: Target): Promise<void> {
  const shape = [1, 1, pooling.axes[0].size, pooling.axes[1].size]
  const lower = () => lowerLayer(layer, paramsOf(pooling, layer.kind), [shape], { training: true, target })
  if (!isSound(pooling)) {
    expect(lower, JSON.stringify(pooling)).toThrow(ProblemError)
    return
  }
  const x = distinct(JSON.stringify(pooling), shape)
  const lowered = lower()
  const outputs = pooling.axes.map((axis) => outputSize(axis, pooling.ceil))
  expect(lowered.y.type.shape, JSON.stringify(pooling)).toEqual([1, 1, ...outputs])
  const dy = hashedNumbers('dy', outputs[0]! * outputs[1]!)
  const expected = reference(layer.kind, pooling, x.data as Float32Array, dy)
  const graph = gradientGraphOf(lowered, tensor('float32', expected.shape, dy), target)
  const results = await runOnnx(graph, { 'input/0': x })
  expectClose(results.y!, tensor('float32', expected.shape, expected.y), closely, JSON.stringify(pooling))
  expectClose(
    results['dinput/0']!,
    tensor('float32', shape, expected.dx),
    closely,
    `gradient of ${JSON.stringify(pooling)}`,
  )
}

const TRIED = 150

describe.each(['max-pool2d', 'avg-pool2d'])('%s', (kind) => {
  const layer = findLayer(kind)!
  const all = Array.from({ length: TRIED }, (_, index) => combination(kind, index))

  it('is tested on valid and invalid combinations, with windows that extend over the padding', () => {
    expect(all.filter(isSound).length).toBeGreaterThan(TRIED / 2)
    expect(all.filter((pooling) => !isSound(pooling)).length).toBeGreaterThan(5)
    const reaching = all.filter(
      ({ axes, ceil }) => ceil && axes.some((axis) => outputSize(axis, true) > outputSize(axis, false)),
    )
    expect(reaching.length).toBeGreaterThan(20)
  })

  it.each([
    ['standard operators', standardTarget],
    ['portable operators', portableTarget],
  ])('has the sizes, values and gradients of the definition (%s)', async (_, target) => {
    for (const pooling of all) await check(layer, pooling, target)
  })
})
