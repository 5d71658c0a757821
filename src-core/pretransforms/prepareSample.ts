/**
 * The fitted pre-processing of one sample in plain arithmetic, to show a person what the network is fed. The graph of
 * `lowerSample` is what models run; tests hold both to the same numbers.
 */
import { invariant } from '../base/assert'
import { CELL_LIMIT } from '../data/facts'
import type { preTransforms } from './index'
import type { FittedPreprocess } from './preprocess'
import type { FittedValue } from './preTransform'

type SampleStepKind = Extract<(typeof preTransforms)[number], { on: 'sample' }>['kind']
type Step = (sample: Float32Array<ArrayBuffer>, fitted: FittedValue) => Float32Array<ArrayBuffer>

const steps: Readonly<Record<SampleStepKind, Step>> = {
  'fill-missing': (sample, { fill }) =>
    sample.map((value, c) => (fill![c] === null || Math.abs(value) < CELL_LIMIT ? value : fill![c]!)),
  standardize: (sample, { mean, std }) => sample.map((value, c) => (value - mean![c]!) / std![c]!),
  'one-hot': (sample, { categories }) =>
    Float32Array.from(
      categories!.flatMap((count, c) =>
        count === null ? [sample[c]!] : Array.from({ length: count }, (_, code) => (sample[c] === code ? 1 : 0)),
      ),
    ),
}

/** `raw` is one sample in its stored form; the result has the elements of `preprocess.shape`. */
export function prepareSample(preprocess: FittedPreprocess, raw: Uint8Array | Float32Array): Float32Array<ArrayBuffer> {
  const result = preprocess.sample.reduce((sample, { kind, fitted }) => {
    invariant(kind in steps, `${kind} is not a step on samples`)
    return steps[kind as SampleStepKind](sample, fitted)
  }, Float32Array.from(raw))
  invariant(result.length === preprocess.shape.reduce((a, b) => a * b, 1), 'a prepared sample of another size')
  return result
}
