/** When a run suggests that more epochs may help. */
import { describe, expect, it } from 'vitest'
import { stillFalling } from '#core/runs/stillFalling'

const run = (losses: readonly number[], rates: readonly number[] = losses.map(() => 0.01)) =>
  losses.map((loss, at) => ({ validation: { loss }, learningRate: rates[at]! }))

describe('a loss that is still falling', () => {
  it('is reported with its decrease per epoch', () => {
    expect(stillFalling(run([0.9, 0.7, 0.6, 0.5]))).toBeCloseTo(0.2, 10)
  })

  it('is not one that has leveled off, even if its last value is marginally the lowest', () => {
    expect(stillFalling(run([0.9, 0.5, 0.4005, 0.4002, 0.4001, 0.4]))).toBe(null)
  })

  it('is not one ended by the schedule: a decrease caused by the falling rate is over with it', () => {
    const losses = [0.9, 0.7, 0.6, 0.5, 0.42]
    expect(stillFalling(run(losses, [0.1, 0.085, 0.05, 0.015, 0.0005]))).toBe(null)
    expect(stillFalling(run(losses, [0.1, 0.085, 0.07, 0.05, 0.04]))).not.toBe(null)
  })

  it('is not one that was lower before, or one of two epochs', () => {
    expect(stillFalling(run([0.9, 0.5, 0.7, 0.6]))).toBe(null)
    expect(stillFalling(run([0.9, 0.5]))).toBe(null)
    expect(stillFalling([])).toBe(null)
  })
})
