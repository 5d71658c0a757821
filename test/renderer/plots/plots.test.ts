/** The arithmetic of the charts. */
import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import run from '../../../src-renderer/gallery/mnistRun.json'
import { linePath } from '../../../src-renderer/plots/linePath'
import { nearestIndex } from '../../../src-renderer/plots/nearestPoint'
import { accuracyScale, epochTicks, linearTicks, logScale, lossScale } from '../../../src-renderer/plots/scales'
import { separateLabels } from '../../../src-renderer/plots/separateLabels'
import { percentile, smoothingWindow, summarizeSteps } from '../../../src-renderer/plots/summarizeSteps'

const steps = (values: readonly number[]) => ({
  x: Float64Array.from(values, (_, index) => (index + 1) / 844),
  y: Float64Array.from(values),
})

describe('the smoothed line', () => {
  it('stays inside its band and follows a real run from the first step to the last', () => {
    const summary = summarizeSteps(steps(run.loss), 67)
    expect(summary.x.length).toBeLessThanOrEqual(480)
    expect([summary.x[0], summary.x.at(-1)]).toEqual([1 / 844, run.loss.length / 844])
    expect([...summary.low].every((low, index) => low <= (summary.high[index] ?? -1))).toBe(true)
    expect(summary.line[0]).toBeCloseTo(run.loss[0]!, 6)
    expect(summary.line.at(-1)).toBeLessThan(0.03)
  })

  it('is the mean of a hundredth of the planned steps, at least one and at most an epoch', () => {
    const window = (stepsPerEpoch: number, epochs: number) => smoothingWindow({ stepsPerEpoch, epochs })
    expect([window(844, 8), window(3, 40), window(5, 10_000), window(1, 1)]).toEqual([67, 1, 5, 1])
  })

  it('of a small run ends where the run ends', () => {
    // 40 epochs of 3 steps: a window of one step.
    const values = Array.from({ length: 120 }, (_, index) => 1 / (1 + index))
    const { line } = summarizeSteps(steps(values), smoothingWindow({ stepsPerEpoch: 3, epochs: 40 }))
    expect(line.length).toBe(120)
    expect(line.at(-1)).toBe(1 / 120)
  })

  it('does not depend on later steps', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 9, noNaN: true }), { minLength: 2, maxLength: 300 }),
        fc.integer({ min: 1, max: 40 }),
        fc.double({ min: 0.1, max: 0.9, noNaN: true }),
        (values, window, share) => {
          const now = Math.max(1, Math.floor(values.length * share))
          const whole = summarizeSteps(steps(values), window)
          const then = summarizeSteps(steps(values.slice(0, now)), window)
          return then.line.every((value, index) => value === whole.line[index] && then.low[index] === whole.low[index])
        },
      ),
    )
  })

  it('is the mean of the last steps, and its band is their 10th to 90th percentile', () => {
    const summary = summarizeSteps(steps([1, 2, 6, 3]), 3)
    expect([...summary.line]).toEqual([1, 1.5, 3, 11 / 3])
    expect(summary.low[2]).toBeCloseTo(1.2, 12)
    expect(summary.high[2]).toBeCloseTo(5.2, 12)
    expect([...summarizeSteps({ ...steps([1, 2, 6, 3]), stride: 4 }, 8).line]).toEqual([1, 1.5, 4, 4.5])
  })

  it('leaves out non-finite values', () => {
    const summary = summarizeSteps(steps([1, NaN, 3, Infinity, NaN]), 4)
    expect([[...summary.x], [...summary.line]]).toEqual([
      [1 / 844, 3 / 844],
      [1, 2],
    ])
    expect(summarizeSteps(steps([]), 4).x.length).toBe(0)
  })

  it('has the same number of points for any length of run', () => {
    const long = steps(Array.from({ length: 200_000 }, (_, index) => 1 / (1 + index)))
    expect(summarizeSteps(long, 2000).x.length).toBeLessThanOrEqual(480)
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

  it('have at most five ticks and contain every value of the range, for any loss', () => {
    const losses = fc.array(fc.double({ min: 1e-6, max: 1e4, noNaN: true }), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(losses, fc.constantFrom('linear' as const, 'log' as const), (validation, kind) => {
        const scale = lossScale({ train: [], points: validation }, kind)
        const inside = validation.every((value) => scale.position(value) >= -1e-6 && scale.position(value) <= 1 + 1e-6)
        return inside && scale.ticks.length >= 1 && scale.ticks.length <= 5
      }),
    )
  })

  it('give accuracy a minimum that shows the relevant range and never hides validation', () => {
    const train = [...Array.from({ length: 3 }, () => 0.1), ...Array.from({ length: 97 }, () => 0.97)]
    expect(accuracyScale({ train, points: [0.98] }, 'linear').min).toBe(0.96)
    expect(accuracyScale({ train, points: [0.55, 0.98] }, 'linear').min).toBe(0.4)
    expect(accuracyScale({ train: [], points: [] }, 'linear').min).toBe(0)
  })

  it('spread accuracy by its error on a logarithmic scale', () => {
    const scale = accuracyScale({ train: [0.9, 0.95, 0.99, 0.997], points: [0.9, 0.99] }, 'log')
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
  it('stay in place unless they overlap', () => {
    expect(separateLabels([10, 60], 14, 0, 100)).toEqual([10, 60])
  })

  it('move apart around their center and stay in the plot', () => {
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
