/**
 * Checksums of tensors, as stored by the golden training runs: sum, sum of magnitudes, first four and last four
 * elements.
 */
import { expect } from 'vitest'

export function checksum(data: Float32Array): Float64Array {
  const values = Float64Array.from(data)
  const sum = values.reduce((a, b) => a + b, 0)
  const magnitude = values.reduce((a, b) => a + Math.abs(b), 0)
  return Float64Array.of(sum, magnitude, ...values.slice(0, 4), ...values.slice(-4))
}

/**
 * The largest deviation between a checksum and a golden one: of the sums relative to the sum of magnitudes, of the
 * elements
 * relative to the largest of them or the mean magnitude, whichever is larger.
 */
export function deviation(ours: Float64Array, golden: ArrayLike<number>, count: number): number {
  const magnitude = golden[1]! || 1
  const elements = Array.from({ length: golden.length - 2 }, (_, i) => i + 2)
  const scale = elements.reduce((a, i) => Math.max(a, Math.abs(golden[i]!)), magnitude / count)
  const of = (i: number) => Math.abs(ours[i]! - golden[i]!)
  return Math.max(of(0) / magnitude, of(1) / magnitude, ...elements.map((i) => of(i) / scale))
}

/** Fails if a tensor's checksum deviates from the golden one by more than `relative`, naming the worst tensor. */
export function expectChecksums(
  tensors: Iterable<readonly [string, Float32Array]>,
  golden: (name: string) => ArrayLike<number>,
  relative: number,
  what: string,
): void {
  const found = [...tensors].map(([name, data]) => ({
    name,
    error: deviation(checksum(data), golden(name), data.length),
  }))
  const worst = found.reduce((a, b) => (b.error > a.error || Number.isNaN(b.error) ? b : a))
  expect(worst.error, `${what}: ${worst.name} is the worst of ${found.length} tensors`).toBeLessThanOrEqual(relative)
}
