/** Schemas for numbers in contracts beyond zod's own, which rejects NaN and has no typed arrays. */
import * as z from 'zod'

/** Any number, including NaN and the infinities: a loss may become one, and the curve has to show it. */
export const anyNumber = z.custom<number>((value) => typeof value === 'number', 'expected a number')

/** By tag, because `instanceof` fails for arrays from another realm. */
function typedArray<T>(name: string) {
  return z.custom<T>((value) => Object.prototype.toString.call(value) === `[object ${name}]`, `expected ${name}`)
}

export const float32Array = typedArray<Float32Array<ArrayBuffer>>('Float32Array')
export const float64Array = typedArray<Float64Array<ArrayBuffer>>('Float64Array')
export const int32Array = typedArray<Int32Array<ArrayBuffer>>('Int32Array')
export const uint8Array = typedArray<Uint8Array<ArrayBuffer>>('Uint8Array')
