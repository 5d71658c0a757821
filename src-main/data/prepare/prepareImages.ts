/**
 * Prepares images. Files are decoded once; the first step after which all images have one size is stored, and every
 * step after it. Earlier steps are done while decoding, because images of different sizes do not fit a file of records.
 */
import type { DataSettings } from '#core/graph/dataSettings'
import { imageStepsOf, type ImageStep } from './imageSteps'
import { prepareImageFiles } from './imageFiles'
import type { PrepareContext } from './prepareContext'
import type { Prepared } from './preparation'
import { finishWhole, type WholeSamples } from './prepareUniform'
import type { ReadData } from './readStep'
import { runStoredSteps } from './storedImages'

export async function prepareImages(
  read: ReadData,
  settings: DataSettings,
  context: PrepareContext,
): Promise<Prepared> {
  const { details } = read
  const { steps } = imageStepsOf(settings.preprocess, details.target.kind)
  const whole = details.sample
    ? await prepareStoredImages(read, steps, context)
    : await prepareImageFiles(read, steps, settings, context)
  return finishWhole(whole, details.target, 'image', settings, context)
}

/** Images already uniform when read: every step is stored. */
async function prepareStoredImages(
  { entry, details, targets, given, report }: ReadData,
  steps: readonly ImageStep[],
  context: PrepareContext,
): Promise<WholeSamples> {
  const done = await runStoredSteps({ entry, form: details.sample! }, steps, context)
  return {
    source: { entry },
    samples: done.samples,
    targets,
    ...(given && { given }),
    reports: [report, ...done.reports],
    notes: details.notes,
    files: steps,
  }
}
