/** Prepares samples that are uniform when read: images of one size, and arrays. */
import type { DataFacts, SampleKind } from '#core/data/facts'
import type { ImageReading } from '#core/data/imageReading'
import type { Splits } from '#core/data/split'
import type { DataSettings } from '#core/graph/dataSettings'
import { checkSteps } from '#core/pretransforms/preTransformList'
import { describeChannels } from './channels'
import { cacheKey } from './cacheStore'
import type { PrepareContext } from './prepareContext'
import type { Prepared, ReadSource, StepReport, StoredSamples } from './preparation'
import { splitData, splitsGiven, type ReadData } from './readStep'
import { describeTargets, fitTargetSteps, targetSizeOf } from './targets'

export interface WholeSamples {
  readonly source: ReadSource
  readonly samples: StoredSamples
  readonly targets: ReadData['targets']
  readonly given?: Uint8Array
  readonly reports: readonly StepReport[]
  readonly notes: Prepared['notes']
  readonly files: Prepared['preprocess']['files']
  readonly reading?: ImageReading
  readonly readingChoice?: Prepared['readingChoice']
  /** If they were decided before the samples became uniform. */
  readonly splits?: Splits | undefined
  readonly vocabulary?: readonly string[]
}

/** The final stage for samples that need no fitting. */
export async function finishWhole(
  whole: WholeSamples,
  target: DataFacts['target'],
  kind: SampleKind,
  settings: DataSettings,
  context: PrepareContext,
): Promise<Prepared> {
  const { samples, targets, given, vocabulary, reading, readingChoice } = whole
  const { target: targetSteps } = checkSteps(settings.preprocess, kind, target.kind)
  const splits = whole.splits ?? splitData(targets, targetSizeOf(target), settings.split, given)
  const splitKey = cacheKey(settings.split)
  return {
    title: context.title,
    source: whole.source,
    facts: { sample: { ...samples.form, ...(vocabulary && { vocabulary }) }, target },
    samples,
    targets,
    splits,
    given: splitsGiven(given),
    statistics: {
      sample: kind === 'image' ? await describeChannels(samples, splits.train, splitKey, context) : [],
      target: describeTargets(target, targets, splits.train),
    },
    preprocess: {
      sample: [],
      target: fitTargetSteps(targetSteps, target, targets, splits.train),
      files: whole.files,
      ...(reading && { reading }),
      ...samples.form,
    },
    ...(readingChoice && { readingChoice }),
    steps: whole.reports,
    notes: whole.notes,
  }
}
