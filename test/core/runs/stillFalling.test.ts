/** When a run says that more epochs may help. */
import { describe, expect, it } from 'vitest'
import { stillFalling } from '#core/runs/stillFalling'

const run = (losses: readonly number[], rates: readonly number[] = losses.map(() => 0.01)) =>
  losses.map((loss, at) => ({ validation: { loss }, learningRate: rates[at]! }))

describe('a loss that still falls', () => {
  it('is told with its fall an epoch', () => {
    expect(stillFalling(run([0.9, 0.7, 0.6, 0.5]))).toBeCloseTo(0.2, 10)
  })

  it('is not one that has come to rest, though its last value is the lowest by a hair', () => {
    expect(stillFalling(run([0.9, 0.5, 0.4005, 0.4002, 0.4001, 0.4]))).toBe(null)
  })

  it('is not one that the schedule has ended: what fell with the rate is over with it', () => {
    const losses = [0.9, 0.7, 0.6, 0.5, 0.42]
    expect(stillFalling(run(losses, [0.1, 0.085, 0.05, 0.015, 0.0005]))).toBe(null)
    expect(stillFalling(run(losses, [0.1, 0.085, 0.07, 0.05, 0.04]))).not.toBe(null)
  })

  it('is not one that was lower before, nor one of two epochs', () => {
    expect(stillFalling(run([0.9, 0.5, 0.7, 0.6]))).toBe(null)
    expect(stillFalling(run([0.9, 0.5]))).toBe(null)
    expect(stillFalling([])).toBe(null)
  })
})
