/** The columns of a table as the network reads them, told from what a run has stored. */
import { invariant } from '../base/assert'
import type { SampleFacts } from '../data/facts'
import { findPreTransform } from './index'
import type { PreparedColumn } from './preTransform'
import { storedColumns, type FittedPreTransforms } from './preTransformList'

/** After all steps, each with the stored column that it comes from. */
export function preparedColumns(sample: SampleFacts, preprocess: FittedPreTransforms): readonly PreparedColumn[] {
  return preprocess.sample.reduce<readonly PreparedColumn[]>((columns, { kind, fitted }) => {
    const definition = findPreTransform(kind)
    invariant(definition?.on === 'table', `${kind} is not a step on tables`)
    return definition.result(columns, fitted)
  }, storedColumns(sample))
}
