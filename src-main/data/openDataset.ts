/** Opens a project's data for training, evaluation and preview: prepares it, and provides access to its samples. */
import { createHash } from 'node:crypto'
import type { DataSettings } from '#core/graph/dataSettings'
import type { Project } from '#core/graph/project'
import { prepareData, type PrepareOptions } from './prepare/prepareData'
import type { Prepared } from './prepare/preparation'
import { openSamples, type Samples } from './samples'

export interface Dataset extends Omit<Prepared, 'samples' | 'raw'> {
  /** As used in training, after all pre-transforms, in the form given by `preprocess`. */
  readonly samples: Samples
  /** As model input; the same if pre-transforms are not part of the model. */
  readonly raw: Samples
  /** SHA-256 over facts, pre-transforms, prepared samples and targets, in hexadecimal. */
  readonly fingerprint: string
  close(): void
}

/** @throws ProblemError with file, line or byte, what was expected and received, and a fix */
export async function openDataset(
  settings: DataSettings,
  task: Project['task'],
  projectDirectory: string,
  options: PrepareOptions = {},
): Promise<Dataset> {
  const { samples: stored, raw: storedRaw, ...prepared } = await prepareData(settings, task, projectDirectory, options)
  const samples = await openSamples(stored)
  const raw = storedRaw ? await openSamples(storedRaw) : samples
  return {
    ...prepared,
    samples,
    raw,
    fingerprint: createHash('sha256')
      .update(JSON.stringify([prepared.facts, prepared.preprocess, stored.entry.checksum]))
      .update(prepared.targets)
      .digest('hex'),
    close() {
      samples.close()
      raw.close()
    },
  }
}
