/** Warnings if float32, which array samples are read as, has less precision than the array. */
import type { Problem } from '#core/problems/problem'
import { makeProblem } from '#core/problems/wording'
import { spacing } from '#core/data/precision'
import { elementCount } from '#core/tensor/shape'
import type { NpyFile } from '../readers/npy'
import { RunningSpread } from './spread'

/** Number of elements per sample to check, from the first. */
const PLACES = 1024
/** Element types that float32 represents exactly. */
const narrow: readonly string[] = ['bool', 'uint8', 'int8', 'uint16', 'int16', 'float16', 'float32']

/** Checks every sample of an array; `note` returns the result. */
export class ArrayPrecision {
  readonly #spreads: readonly RunningSpread[]
  readonly #each: number

  constructor(private readonly array: NpyFile) {
    this.#each = elementCount(array.shape.slice(1))
    const isWide = !narrow.includes(array.elementType)
    this.#spreads = Array.from({ length: isWide ? Math.min(this.#each, PLACES) : 0 }, () => new RunningSpread())
  }

  /** Samples in array order. */
  take(data: ArrayLike<number>): void {
    for (let begin = 0; begin < data.length; begin += this.#each)
      for (const [place, spread] of this.#spreads.entries()) spread.take(data[begin + place]!)
  }

  note(): Problem[] {
    const coarse = this.#spreads.flatMap(({ isCoarse, min, max, mean }, place) =>
      isCoarse ? [{ min, max, mean, place }] : [],
    )
    const [first] = coarse
    if (!first) return []
    const apart = spacing(Math.max(Math.abs(first.min), Math.abs(first.max)))
    const values = {
      places: coarse.length,
      all: this.#each,
      mean: first.mean,
      apart: `${apart}`,
      min: first.min,
      max: first.max,
      place: first.place,
    }
    return [makeProblem('data-precision', 'array', values, { file: this.array.path, severity: 'warning' })]
  }
}

/** For numeric targets. */
export function noteCoarseLabels(path: string, labels: readonly number[]): Problem[] {
  const spread = new RunningSpread()
  for (const label of labels) spread.take(label)
  if (!spread.isCoarse) return []
  const { min, max } = spread
  return [makeProblem('data-precision', 'labels', { min, max }, { file: path, severity: 'warning' })]
}
