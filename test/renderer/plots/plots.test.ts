/** The arithmetic of the charts. */
import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import run from '../../../src-renderer/gallery/mnistRun.json'
import { linePath } from '../../../src-renderer/plots/linePath'
import { nearestIndex } from '../../../src-renderer/plots/nearestPoint'
import { accuracyScale, epochTicks, linearTicks, logScale, lossScale } from '../../../src-renderer/plots/scales'
import { separateLabels } from '../../../src-renderer/plots/separateLabels'
import { percentile, summarizeSteps } from '../../../src-renderer/plots/summarizeSteps'

const steps = (values: readonly number[]) => ({
  x: Float64Array.from(values, (_, index) => (index + 1) / 844),
  y: Float64Array.from(values),
})

describe('the smooth line', () => {
  it('lies inside its band and follows a real run from the first step to the last', () => {
    const summary = summarizeSteps(steps(run.loss))
    expect(summary.x.length).toBeLessThanOrEqual(480)
    expect(summary.x.at(-1)).toBeCloseTo(run.loss.length / 844, 6)
    expect([...summary.low].every((low, index) => low <= (summary.high[index] ?? -1))).toBe(true)
    expect(summary.line[0]).toBeGreaterThan(0.5)
    expect(summary.line.at(-1)).toBeLessThan(0.03)
  })

  it('is the mean of 8-batch means, and its band their 10th to 90th percentile', () => {
    const values = Array.from({ length: 24 }, (_, index) => (index < 8 ? 1 : index < 16 ? 2 : 6))
    const summary = summarizeSteps(steps(values))
    expect([...summary.line]).toEqual([3, 3, 3])
    expect(summary.low[1]).toBeCloseTo(1.2, 12)
    expect(summary.high[1]).toBeCloseTo(5.2, 12)
  })

  it('leaves out values that are not finite', () => {
    const summary = summarizeSteps(steps([1, NaN, 3, Infinity, ...Array.from({ length: 8 }, () => NaN)]))
    expect([...summary.line]).toEqual([2])
    expect(summarizeSteps(steps([])).x.length).toBe(0)
  })

  it('costs the same to draw however long the run', () => {
    const long = steps(Array.from({ length: 200_000 }, (_, index) => 1 / (1 + index)))
    expect(summarizeSteps(long).x.length).toBeLessThanOrEqual(480)
  })

  it('interpolates percentiles', () => {
    expect([percentile([1, 2, 3, 4], 0.5), percentile([5], 0.9), percentile([1, 2], 0)]).toEqual([2.5, 5, 1])
  })
})

describe('scales', () => {
  it('have at most five round ticks', () => {
    expect([linearTicks(0.94, 1), linearTicks(0, 2.4), linearTicks(-3, 7)]).toEqual([
      [0.94, 0.96, 0.98, 1],
      [0, 0.5, 1, 1.5, 2],
      [-2, 0, 2, 4, 6],
    ])
    expect(logScale(0.01, 1).ticks).toEqual([0.01, 0.03, 0.1, 0.3, 1])
    expect(logScale(0.02, 0.08).ticks).toEqual([0.02, 0.03, 0.05])
    expect(logScale(1e-8, 1).ticks).toEqual([1e-8, 1e-6, 1e-4, 0.01, 1])
  })

  it('have at most five ticks and every value of the range inside, for any loss', () => {
    const losses = fc.array(fc.double({ min: 1e-6, max: 1e4, noNaN: true }), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(losses, fc.constantFrom('linear' as const, 'log' as const), (validation, kind) => {
        const scale = lossScale({ train: [], validation }, kind)
        const inside = validation.every((value) => scale.position(value) >= -1e-6 && scale.position(value) <= 1 + 1e-6)
        return inside && scale.ticks.length >= 1 && scale.ticks.length <= 5
      }),
    )
  })

  it('give accuracy a floor that shows what matters and never hides validation', () => {
    const train = [...Array.from({ length: 3 }, () => 0.1), ...Array.from({ length: 97 }, () => 0.97)]
    expect(accuracyScale({ train, validation: [0.98] }, 'linear').min).toBe(0.96)
    expect(accuracyScale({ train, validation: [0.55, 0.98] }, 'linear').min).toBe(0.4)
    expect(accuracyScale({ train: [], validation: [] }, 'linear').min).toBe(0)
  })

  it('spread accuracy by its error on the logarithmic scale', () => {
    const scale = accuracyScale({ train: [0.9, 0.95, 0.99, 0.997], validation: [0.9, 0.99] }, 'log')
    expect(scale.ticks).toEqual([0.9, 0.97, 0.99, 0.997].filter((tick) => scale.ticks.includes(tick)))
    expect(scale.position(0.99) - scale.position(0.9)).toBeCloseTo(scale.position(0.999) - scale.position(0.99), 6)
  })

  it('mark whole epochs', () => {
    expect([
      epochTicks(0, 8),
      epochTicks(0, 5),
      epochTicks(0, 30, 6),
      epochTicks(4, 6),
      epochTicks(0.2, 0.9, 5),
    ]).toEqual([
      [0, 1, 2, 3, 4, 5, 6, 7, 8],
      [0, 1, 2, 3, 4, 5],
      [0, 10, 20, 30],
      [4, 5, 6],
      [0.2, 0.4, 0.6, 0.8],
    ])
  })
})

describe('labels', () => {
  it('stay where they want to be while they do not touch', () => {
    expect(separateLabels([10, 60], 14, 0, 100)).toEqual([10, 60])
  })

  it('move apart around their middle and stay in the plot', () => {
    expect(separateLabels([50, 52], 14, 0, 100)).toEqual([44, 58])
    expect(separateLabels([99, 98, 97], 14, 0, 100)).toEqual([93, 79, 65])
  })

  it('never overlap and keep their order, wherever the lines end', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 300, noNaN: true }), { minLength: 1, maxLength: 8 }), (wanted) => {
        const placed = separateLabels(wanted, 14, 0, 300)
        const inOrder = placed.map((top, index) => ({ top, want: wanted[index] ?? 0 })).sort((a, b) => a.top - b.top)
        return inOrder.every((label, index) => {
          const previous = inOrder[index - 1]
          return previous === undefined || (label.top - previous.top >= 14 - 1e-6 && label.want >= previous.want)
        })
      }),
    )
  })
})

describe('points and paths', () => {
  it('find the nearest point', () => {
    const x = [1, 2, 3.5, 8]
    expect([0, 1.4, 1.6, 3, 6, 99].map((place) => nearestIndex(x, place))).toEqual([0, 0, 1, 2, 3, 3])
    expect(nearestIndex([], 1)).toBe(-1)
  })

  it('break where a value is missing and keep peaks when thinned', () => {
    expect(linePath([0, 10, NaN, 30], (value) => value)).toBe('M0.00 0.00L33.33 10.00M100.00 30.00')
    const spiky = Array.from({ length: 5000 }, (_, index) => (index === 2501 ? 77 : 1))
    expect(linePath(spiky, (value) => value, 100)).toContain(' 77.00')
  })
})
