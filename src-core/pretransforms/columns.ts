/** Access to table columns inside a step, with the problem for steps that were put on images. */
import { fail } from '../problems/problem'
import type { PreparedColumn, PreparedSample } from './preTransform'

/** The columns of a table; fails with a problem for images. */
export function columnsOf(sample: PreparedSample, kind: string): readonly PreparedColumn[] {
  if (sample.columns) return sample.columns
  return fail({
    code: 'data-preprocess',
    place: { param: 'data.preprocess' },
    message: `${kind} works on tables.`,
    expected: 'samples that are table rows',
    received: 'images',
    fix: `Remove ${kind}; for images use the transform normalize.`,
  })
}
