/** Warnings where float32, which samples of arrays are read as, holds less than the array. */
import type { Problem } from '#core/problems/problem'
import { spacing } from '#core/data/precision'
import { elementCount } from '#core/tensor/shape'
import type { NpyFile } from '../readers/npy'
import { RunningSpread } from './spread'

/** Places of a sample that are looked at, from the first one. */
const PLACES = 1024
/** Elements that float32 holds whatever they are. */
const narrow: readonly string[] = ['bool', 'uint8', 'int8', 'uint16', 'int16', 'float16', 'float32']

/** Looks at every sample of an array; `note` says what it found. */
export class ArrayPrecision {
  readonly #spreads: readonly RunningSpread[]
  readonly #each: number

  constructor(private readonly array: NpyFile) {
    this.#each = elementCount(array.shape.slice(1))
    const isWide = !narrow.includes(array.elementType)
    this.#spreads = Array.from({ length: isWide ? Math.min(this.#each, PLACES) : 0 }, () => new RunningSpread())
  }

  /** Samples one after another, as they stand in the array. */
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
    return [
      {
        code: 'data-precision',
        severity: 'warning',
        place: { file: this.array.path },
        message: `Samples of arrays are float32, which cannot tell their values apart at ${coarse.length} of ${this.#each} places: around ${first.mean} they are ${apart} from each other.`,
        expected: 'numbers that differ by a good part of their size',
        received: `values from ${first.min} to ${first.max} at place ${first.place}`,
        fix: 'Subtract a fixed number before the array is saved, or save it as a table: its steps are done in float64.',
        data: { case: 'array', places: coarse.length, all: this.#each, apart: `${apart}` },
      },
    ]
  }
}

/** Of the numbers to predict. */
export function noteCoarseLabels(path: string, labels: readonly number[]): Problem[] {
  const spread = new RunningSpread()
  for (const label of labels) spread.take(label)
  if (!spread.isCoarse) return []
  return [
    {
      code: 'data-precision',
      severity: 'warning',
      place: { file: path },
      message: 'Models answer in float32, which keeps too little of the labels: they are large and differ by little.',
      expected: 'numbers that differ by a good part of their size',
      received: `values from ${spread.min} to ${spread.max}`,
      fix: 'Predict the difference to a fixed number: subtract it from the labels before they are saved.',
      data: { case: 'labels' },
    },
  ]
}
