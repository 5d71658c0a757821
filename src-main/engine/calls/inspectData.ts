/** Inspects the data of a project: what it is, how it is split, and a few samples. */
import { openDataset } from '../../data/openDataset'
import { pickTargets } from '../../data/samples'
import type { DataReport, DataRequest } from '../messages'

const MOST_PREVIEWED = 1000

/** @throws ProblemError like opening the data */
export async function inspectData({ data, task, projectFolder, preview = 0 }: DataRequest): Promise<DataReport> {
  const dataset = await openDataset(data, task, projectFolder)
  const { facts, preprocess, splits, statistics, fingerprint, notes, raw, targets } = dataset
  const indices = splits.train.slice(0, Math.min(preview, MOST_PREVIEWED))
  const samples = raw.gather(indices)
  dataset.close()
  return {
    facts,
    sample: preprocess.shape,
    counts: { train: splits.train.length, validation: splits.validation.length, test: splits.test.length },
    statistics,
    fingerprint,
    notes,
    preview: {
      indices,
      samples,
      targets: pickTargets(targets, indices, targets.length / raw.count),
    },
  }
}
