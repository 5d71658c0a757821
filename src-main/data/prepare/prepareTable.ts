/** Prepares tables: reads them, splits them, and runs the pre-transforms on their columns. */
import type { SampleFacts } from '#core/data/facts'
import { checkSteps, missingAccepted, notesOn, type CheckedPreTransform } from '#core/pretransforms/preTransformList'
import type { TablePreTransform } from '#core/pretransforms/preTransform'
import type { DataSettings } from '#core/graph/dataSettings'
import { cacheKey } from './cacheStore'
import { precisionNotes } from './precision'
import type { PrepareContext } from './prepareContext'
import type { Prepared } from './preparation'
import { splitData, splitsGiven, trainingMask, type ReadData } from './readStep'
import { describeTable, narrowRows, readTableState, runTableSteps, type TableContext } from './tableSteps'
import { describeTargets, fitTargetSteps, targetSizeOf } from './targets'

export async function prepareTable(
  read: ReadData,
  settings: DataSettings,
  { cache, work, title }: PrepareContext,
): Promise<Prepared> {
  const { entry, details, targets } = read
  const { target } = details
  const sample: SampleFacts = { ...details.sample!, columns: details.columns! }
  const steps = checkSteps(settings.preprocess, 'table', target.kind)
  const splits = splitData(targets, targetSizeOf(target), settings.split, read.given)
  const context: TableContext = {
    cache,
    work,
    source: title,
    training: trainingMask(splits, entry.count),
    splitKey: cacheKey(settings.split),
  }
  const start = readTableState(entry, sample)
  const table = await runTableSteps(start, steps.sample as readonly CheckedPreTransform<TablePreTransform>[], context)
  const form = { dtype: 'float32', shape: [table.columns.length] } as const
  return {
    title,
    facts: { sample, target },
    source: { entry },
    samples: { entry: await narrowRows(table, context), form },
    raw: { entry, form: { dtype: sample.dtype, shape: sample.shape } },
    targets,
    splits,
    given: splitsGiven(read.given),
    statistics: {
      sample: await describeTable(start, context, { quantiles: [0.25, 0.75] }),
      target: describeTargets(target, targets, splits.train),
    },
    preprocess: {
      sample: table.fitted,
      target: fitTargetSteps(steps.target, target, targets, splits.train),
      files: [],
      ...form,
      columns: table.columns.map(({ name }) => name),
      acceptsMissing: missingAccepted(sample, table.columns),
    },
    steps: [read.report, ...table.reports],
    notes: [...details.notes, ...notesOn(table.columns), ...(await precisionNotes(table, context))],
  }
}
