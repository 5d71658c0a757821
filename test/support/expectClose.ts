/** Tensor comparison that reports the worst element and its error. */
import { expect } from 'vitest'
import { formatShape } from '#core/tensor/shape'

interface Numbers {
  readonly shape: readonly number[]
  readonly data: ArrayLike<number | bigint>
}

/** Allowed: |actual − expected| ≤ absolute + relative · max |expected|, so `relative` means the scale of the tensor. */
interface Tolerance {
  readonly relative?: number
  readonly absolute?: number
}

/** Largest finite magnitude in a tensor; 0 for an empty one. */
function scaleOf({ data }: Numbers): number {
  let scale = 0
  for (let i = 0; i < data.length; i++) {
    const magnitude = Math.abs(Number(data[i]))
    if (magnitude > scale && magnitude < Infinity) scale = magnitude
  }
  return scale
}

function position(index: number, shape: readonly number[]): string {
  const result: number[] = []
  for (let axis = shape.length - 1, rest = index; axis >= 0; axis--) {
    result.unshift(rest % shape[axis]!)
    rest = Math.floor(rest / shape[axis]!)
  }
  return `[${result.join(', ')}]`
}

/** The largest error and its place, or undefined if every element is within the tolerance; NaN never is. */
function worstElement(actual: Numbers, expected: Numbers, { relative = 0, absolute = 0 }: Tolerance) {
  const allowed = absolute + relative * scaleOf(expected)
  let worst: { index: number; error: number } | undefined
  let wrong = 0
  for (let i = 0; i < expected.data.length; i++) {
    const a = Number(actual.data[i])
    const e = Number(expected.data[i])
    const error = a === e ? 0 : Math.abs(a - e)
    if (error <= allowed) continue
    wrong++
    if (!worst || !(error <= worst.error)) worst = { index: i, error }
  }
  return worst && { ...worst, wrong, allowed }
}

/** Fails unless the shapes are equal and every element is within the tolerance; the message names the worst element. */
export function expectClose(actual: Numbers, expected: Numbers, tolerance: Tolerance, what = 'tensor'): void {
  expect(formatShape(actual.shape), `${what}: shape`).toBe(formatShape(expected.shape))
  expect(actual.data.length, `${what}: number of elements`).toBe(expected.data.length)
  const worst = worstElement(actual, expected, tolerance)
  if (!worst) return
  const { index, error, wrong, allowed } = worst
  const place = position(index, expected.shape)
  expect.fail(
    `${what}: ${wrong} of ${expected.data.length} elements are off; the worst is ${place}: received ${String(actual.data[index])}, ` +
      `expected ${String(expected.data[index])}, error ${error.toExponential(2)}, allowed ${allowed.toExponential(2)}`,
  )
}
