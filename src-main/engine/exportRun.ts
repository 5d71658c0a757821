/** Writes the best weights of a run as an ONNX file wherever it is wanted, and proves the file. */
import { resolve } from 'node:path'
import { rememberPlace } from '../data/dataPlaces'
import { writeAtomically } from '../project/atomicFile'
import { compareModel, exportModel } from '../export/exportModel'
import { formatMetadata } from '../export/modelMetadata'
import { projectFolderOf } from '../runs/store'
import type { ExportReport, ExportRequest } from './messages'
import { openTrainedRun } from './trainedRun'

/** @throws ProblemError where run or data are not there, the model disagrees, or the file cannot be written */
export async function exportRun({ run, file }: ExportRequest): Promise<ExportReport> {
  const { opened, dataset, source, weights, feed, evaluation, train } = await openTrainedRun(run)
  const { record } = opened
  const { validation, test } = record.figures
  const metadata = formatMetadata(record.name, record.versions.layerloom, {
    task: record.project.task,
    facts: source.facts,
    preprocess: source.preprocess,
    transforms: source.transforms,
    data: record.project.data,
    fingerprint: dataset.fingerprint,
    loss: record.project.training.loss,
    figures: { ...(validation && { validation }), ...(test && { test }) },
  })
  const bytes = exportModel(source, weights, metadata)
  const indices = dataset.splits.validation.length > 0 ? dataset.splits.validation : train
  const comparison = await compareModel(bytes, { evaluation, feed, weights, source, indices }, file)
  await evaluation.release()
  dataset.close()
  await writeAtomically(resolve(file), bytes)
  await rememberPlace(dataset.fingerprint, record.project.data.source, projectFolderOf(opened))
  return { file: resolve(file), bytes: bytes.length, ...comparison }
}
