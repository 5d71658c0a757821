/** Statistics of drawn numbers against those of a golden file: minimum, maximum, mean, standard deviation and kurtosis. */
import { expect } from 'vitest'

function momentsOf(values: Float64Array) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const moment = (power: number) => values.reduce((sum, value) => sum + (value - mean) ** power, 0) / values.length
  const deviation = Math.sqrt(moment(2))
  const extreme = (f: (a: number, b: number) => number) => values.reduce((a, b) => f(a, b))
  return {
    minimum: extreme(Math.min),
    maximum: extreme(Math.max),
    mean,
    deviation,
    kurtosis: deviation === 0 ? 0 : moment(4) / deviation ** 4,
  }
}

/** The golden statistics come from about as many draws as there are `values`. */
export function expectMoments(values: Float64Array, golden: ArrayLike<number>): void {
  const ours = momentsOf(values)
  const [minimum, maximum, mean, deviation, kurtosis] = Array.from(golden) as [number, number, number, number, number]
  // Sums of equal numbers are off by a rounding.
  const isConstant = deviation <= 1e-9 * Math.abs(mean)
  const scale = isConstant ? 1 : deviation
  // Five standard errors of a mean and of a deviation, for both samples combined.
  const error = isConstant ? 1e-9 : (5 * Math.SQRT2 * scale) / Math.sqrt(values.length)
  expect(Math.abs(ours.mean - mean), `mean ${ours.mean}, PyTorch’s is ${mean}`).toBeLessThanOrEqual(error)
  expect(
    Math.abs(ours.deviation - deviation),
    `deviation ${ours.deviation}, PyTorch’s is ${deviation}`,
  ).toBeLessThanOrEqual(error)
  if (isConstant) return
  const spread = Math.max(0.1, 5 * Math.sqrt((2 * 24) / values.length))
  expect(Math.abs(ours.kurtosis - kurtosis), `kurtosis ${ours.kurtosis}, PyTorch’s is ${kurtosis}`).toBeLessThanOrEqual(
    spread,
  )
  // Uniform draws end at their bound; the extremes of normal ones vary between samples.
  const room = kurtosis > 2 ? scale : Math.max(0.01, 40 / values.length) * scale
  expect(Math.abs(ours.minimum - minimum), `minimum ${ours.minimum}, PyTorch’s is ${minimum}`).toBeLessThanOrEqual(room)
  expect(Math.abs(ours.maximum - maximum), `maximum ${ours.maximum}, PyTorch’s is ${maximum}`).toBeLessThanOrEqual(room)
}
