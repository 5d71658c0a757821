/** Checks gradients against central differences of a function computed in float64. */
import { hashedNumbers } from './hashedNumbers'
import { array64, type Array64 } from './reference/array'
import { expectClose } from './expectClose'

type Arrays = Readonly<Record<string, Array64>>

/** Fourth-order central difference: the error is h⁴·f⁽⁵⁾/30 plus rounding of about |f|·1e−16/h. */
const H = 1e-4
const stencil = [
  [-2, 1 / 12],
  [-1, -8 / 12],
  [1, 8 / 12],
  [2, -1 / 12],
] as const

/**
 * Elements of a tensor that are checked individually; larger tensors are sampled evenly, including the first and the
 * last.
 */
const samplesOf = (count: number): number => (count <= 24 ? count : count <= 1000 ? 24 : 8)

function moved(x: Array64, direction: (index: number) => number, distance: number): Array64 {
  return array64(
    x.dtype,
    x.shape,
    x.data.map((value, i) => value + direction(i) * distance),
  )
}

function derivative(
  f: (inputs: Arrays) => number,
  inputs: Arrays,
  name: string,
  direction: (i: number) => number,
): number {
  return stencil.reduce(
    (sum, [step, weight]) => sum + (weight / H) * f({ ...inputs, [name]: moved(inputs[name]!, direction, step * H) }),
    0,
  )
}

/**
 * Fails unless `gradients` (by input name) are those of the scalar function `f` at `inputs`: along single elements, and
 * along one direction that moves all elements together so that every one is checked. Errors are relative to the largest
 * element of the gradient.
 */
export function expectGradients(
  f: (inputs: Arrays) => number,
  inputs: Arrays,
  gradients: Arrays,
  tolerance = { relative: 1e-6, absolute: 1e-9 },
): void {
  for (const [name, gradient] of Object.entries(gradients)) {
    const count = gradient.data.length
    const samples = samplesOf(count)
    const picked = Array.from({ length: samples }, (_, i) =>
      samples === count ? i : Math.round((i * (count - 1)) / (samples - 1)),
    )
    const along = picked.map((index) => derivative(f, inputs, name, (i) => (i === index ? 1 : 0)))
    const scale = gradient.data.reduce((a, b) => Math.max(a, Math.abs(b)), 0)
    // The scale of the whole tensor is passed as an extra element that equals itself.
    const own = { shape: [picked.length + 1], data: [...picked.map((index) => gradient.data[index]!), scale] }
    const differences = { shape: [picked.length + 1], data: [...along, scale] }
    expectClose(own, differences, tolerance, `gradient of ${name} at elements ${picked.join()}`)
    const direction = hashedNumbers(`direction ${name}`, count)
    const projected = gradient.data.reduce((sum, value, i) => sum + value * direction[i]!, 0)
    const difference = derivative(f, inputs, name, (i) => direction[i]!)
    const total = scale * Math.sqrt(count)
    const overall = { shape: [2], data: [difference, total] }
    expectClose({ shape: [2], data: [projected, total] }, overall, tolerance, `gradient of ${name} along a direction`)
  }
}
