/** The columns of a table as the network reads them, derived from what a run stores. */
import { invariant } from '../base/assert'
import type { SampleFacts } from '../data/facts'
import { findPreTransform } from './index'
import type { PreparedColumn } from './preTransform'
import { storedColumns, type FittedPreTransforms } from './preTransformList'

/** The columns after all steps, each with its stored source column. */
export function preparedColumns(sample: SampleFacts, preprocess: FittedPreTransforms): readonly PreparedColumn[] {
  return preprocess.sample.reduce<readonly PreparedColumn[]>((columns, { kind, fitted }) => {
    const definition = findPreTransform(kind)
    invariant(definition?.on === 'table', `${kind} is not a step on tables`)
    return definition.result(columns, fitted)
  }, storedColumns(sample))
}
