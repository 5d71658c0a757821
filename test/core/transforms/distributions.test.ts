/** Random steps draw from the same distributions as torchvision. Bounds are five standard errors; the seed is fixed. */
import { describe, expect, it } from 'vitest'
import { randomUint32 } from '#core/base/random'
import { defaultValues } from '#core/params/params'
import { drawStep, type DrawnStep } from '#core/transforms/draws/draws'
import { DrawStream } from '#core/transforms/draws/drawStream'
import { findTransform } from '#core/transforms/index'
import type { ImageShape } from '#core/transforms/transform'

const COUNT = 20_000

/** Draws of a step for many samples. */
function drawn(kind: string, params: Record<string, unknown> = {}, shape: ImageShape = [3, 20, 30]): number[][] {
  const { random, params: specs } = findTransform(kind)!
  const values = { ...defaultValues(specs), ...params }
  const step = { random: random!, params: values, shape } as DrawnStep
  return Array.from({ length: COUNT }, (_, i) => [...drawStep(step, new DrawStream(randomUint32(9, i)))])
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const deviation = (values: readonly number[]) => Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)))

/**
 * Largest distance between the empirical distribution of the values and a distribution function (Kolmogorov-Smirnov).
 */
function distance(values: readonly number[], share: (value: number) => number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return Math.max(
    ...sorted.map((value, i) => Math.max(Math.abs((i + 1) / COUNT - share(value)), Math.abs(i / COUNT - share(value)))),
  )
}

/** The distance exceeds this for one in ten thousand fixed seeds. */
const NEAR = 2.2 / Math.sqrt(COUNT)
const uniform = (low: number, high: number) => (value: number) => Math.min(1, Math.max(0, (value - low) / (high - low)))

function expectRate(values: readonly number[], rate: number): void {
  expect(Math.abs(mean(values) - rate)).toBeLessThan(5 * Math.sqrt((rate * (1 - rate)) / values.length))
}

/** Every integer from `low` to `high` equally often. */
function expectEven(values: readonly number[], low: number, high: number): void {
  const count = high - low + 1
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  expect([...counts.keys()].toSorted((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => low + i))
  const expected = values.length / count
  for (const seen of counts.values()) expect(Math.abs(seen - expected)).toBeLessThan(5 * Math.sqrt(expected))
}

describe('a random step', () => {
  it.each([
    ['random-horizontal-flip', 0.5],
    ['random-vertical-flip', 0.5],
    ['random-grayscale', 0.1],
    ['random-invert', 0.5],
  ])('%s is applied at its rate', (kind, rate) => {
    expectRate(drawn(kind).flat(), rate)
    expectRate(drawn(kind, { p: 0.85 }).flat(), 0.85)
  })

  it.each(['random-rotation', 'random-affine', 'random-crop', 'gaussian-noise', 'color-jitter', 'random-erasing'])(
    '%s is applied at the given rate',
    (kind) => {
      const { random, params } = findTransform(kind)!
      const resting = String(random!.identity(defaultValues(params), [3, 20, 30]))
      const done = drawn(kind, { p: 0.3 }).map((numbers) => (String(numbers) === resting ? 0 : 1))
      // A crop may be drawn at the center.
      expectRate(done, kind === 'random-crop' ? 0.3 * (80 / 81) : 0.3)
    },
  )

  it('rotates by angles from the whole range, uniformly', () => {
    const angles = drawn('random-rotation', { degrees: [-40, 10] }).map(
      ([c, , , s]) => (Math.atan2(s!, c!) * 180) / Math.PI,
    )
    expect(distance(angles, uniform(-40, 10))).toBeLessThan(NEAR)
  })

  it('crops at every position equally often', () => {
    const places = drawn('random-crop', { size: [18, 26], padding: [1, 0] })
    expectEven(
      places.map(([top]) => top!),
      -1,
      3,
    )
    expectEven(
      places.map(([, left]) => left!),
      0,
      4,
    )
    expectEven(
      places.map(([top, left]) => 5 * (top! + 1) + left!),
      0,
      24,
    )
  })

  it('resizes boxes with area and shape within the ranges, uniformly and uniformly on a logarithmic scale', () => {
    const shape: ImageShape = [1, 600, 600]
    const boxes = drawn('random-resized-crop', { scale: [0.1, 0.4], ratio: [0.5, 2] }, shape)
    const areas = boxes.map(([, , height, width]) => (height! * width!) / 360_000)
    const ratios = boxes.map(([, , height, width]) => Math.log(width! / height!))
    // Sizes are rounded to whole pixels.
    expect(distance(areas, uniform(0.1, 0.4))).toBeLessThan(NEAR + 0.005)
    expect(distance(ratios, uniform(-Math.LN2, Math.LN2))).toBeLessThan(NEAR + 0.005)
    for (const [top, left, height, width] of boxes) {
      expect(top! >= 0 && top! + height! <= 600).toBe(true)
      expect(left! >= 0 && left! + width! <= 600).toBe(true)
    }
  })

  it('uses the largest centered box if the requested shapes do not fit', () => {
    const params = { scale: [1, 1], ratio: [1, 1] }
    expect(new Set(drawn('random-resized-crop', params, [1, 10, 31]).map(String))).toEqual(new Set(['0,10,10,10']))
    expect(new Set(drawn('random-resized-crop', params, [1, 20, 8]).map(String))).toEqual(new Set(['6,0,8,8']))
  })

  it('translates by whole pixels up to the shares, and scales within its range', () => {
    const params = { degrees: [0, 0], translate: [0.1, 0.2], scale: [0.5, 2] }
    const matrices = drawn('random-affine', params)
    const scales = matrices.map(([a]) => 1 / a!)
    expect(distance(scales, uniform(0.5, 2))).toBeLessThan(NEAR)
    const across = matrices.map(([, , right], i) => Math.round(-right! * scales[i]!))
    expect([Math.min(...across), Math.max(...across)]).toEqual([-3, 3])
    const along = matrices.map(([, , , , , down], i) => Math.round(-down! * scales[i]!))
    expect([Math.min(...along), Math.max(...along)]).toEqual([-4, 4])
  })

  it('changes colors by factors from the whole range, in every order equally often', () => {
    const jitter = drawn('color-jitter', { brightness: 0.4, contrast: 0.3, saturation: 0, hue: 0.2 })
    const slots = jitter.map((numbers) => [0, 4, 8].map((at) => numbers.slice(at, at + 4)))
    const kindOf = ([, mean, , turn]: number[]) => (turn !== 0 ? 'hue' : mean !== 0 ? 'contrast' : 'brightness')
    const orders = slots.map((row) => row.map(kindOf).join())
    expect(new Set(orders).size).toBe(6)
    for (const order of new Set(orders))
      expectRate(
        orders.map((other) => (other === order ? 1 : 0)),
        1 / 6,
      )
    const of = (kind: string, at: number) => slots.map((row) => row.find((slot) => kindOf(slot) === kind)![at]!)
    expect(distance(of('brightness', 0), uniform(0.6, 1.4))).toBeLessThan(NEAR)
    expect(distance(of('contrast', 0), uniform(0.7, 1.3))).toBeLessThan(NEAR)
    expect(distance(of('hue', 3), uniform(-0.2, 0.2))).toBeLessThan(NEAR)
  })

  it('blurs by a sigma from the whole range', () => {
    const sigmas = drawn('gaussian-blur', { kernelSize: 5, sigma: [0.5, 2] }).map(([middle, next]) =>
      Math.sqrt(-0.5 / Math.log(next! / middle!)),
    )
    expect(distance(sigmas, uniform(0.5, 2))).toBeLessThan(NEAR)
  })

  it('erases boxes with an area within the range, at every position', () => {
    const boxes = drawn('random-erasing', { p: 1, scale: [0.1, 0.3], ratio: [1, 1] }, [1, 400, 400])
    expect(
      distance(
        boxes.map(([, , h, w]) => (h! * w!) / 160_000),
        uniform(0.1, 0.3),
      ),
    ).toBeLessThan(NEAR + 0.01)
    const room = boxes.map(([top, , height]) => top! / (400 - height!))
    expect(distance(room, uniform(0, 1))).toBeLessThan(NEAR + 0.01)
  })

  it.each([0.2, 1, 4])('mixes by a share from Beta(%d, same)', (alpha) => {
    const shares = drawn('mix-up', { alpha }).map(([share]) => share!)
    expect(Math.abs(mean(shares) - 0.5)).toBeLessThan(5 * (deviation(shares) / Math.sqrt(COUNT)))
    expect(deviation(shares)).toBeCloseTo(Math.sqrt(1 / (4 * (2 * alpha + 1))), 2)
    if (alpha === 1) expect(distance(shares, uniform(0, 1))).toBeLessThan(NEAR)
    expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true)
  })

  it('cuts boxes whose area is the share that the target loses', () => {
    for (const [left, top, right, bottom, share] of drawn('cut-mix').slice(0, 2000)) {
      expect(left! >= 0 && right! <= 30 && top! >= 0 && bottom! <= 20).toBe(true)
      expect(share).toBeCloseTo(1 - ((right! - left!) * (bottom! - top!)) / 600, 12)
    }
  })
})
