/** Writes the best weights of a run as an ONNX file wherever it is wanted, and proves the file. */
import { join, resolve } from 'node:path'
import type { NetworkSource } from '#core/compiler/network'
import type { NamedTensors } from '#core/compiler/weights'
import { ProblemError } from '#core/problems/problem'
import { rememberPlace } from '../../data/dataPlaces'
import { writeAtomically } from '../../disk/atomicFile'
import { loadRuntime } from '../device/runtimes'
import { compareModel, compareWithProof, exportModel } from '../export/exportModel'
import { noProof, readProof } from '../export/keptProof'
import { formatMetadata } from '../../models/modelMetadata'
import { projectFolderOf, PROOF, type OpenedRun } from '../../runs/store'
import type { ExportReport, ExportRequest } from '../messages'
import { openTrainedNetwork, openTrainedRun, type TrainedRun } from './trainedRun'

/**
 * Where the data is gone or has changed, the model is compared with the answers that were kept in the run when it ended.
 * @throws ProblemError where the run is not there, its data neither and nothing was kept, the model disagrees, or the file
 * cannot be written
 */
export async function exportRun({ run, file }: ExportRequest): Promise<ExportReport> {
  const path = resolve(file)
  let trained: TrainedRun
  try {
    trained = await openTrainedRun(run)
  } catch (error) {
    if (!isAboutData(error)) throw error
    return await exportWithoutData(run, path, error)
  }
  const { opened, dataset, source, weights, feed, evaluation, train } = trained
  const bytes = modelOf(opened, source, weights)
  const indices = dataset.splits.validation.length > 0 ? dataset.splits.validation : train
  const comparison = await compareModel(
    await loadRuntime('cpu'),
    bytes,
    { evaluation, feed, weights, source, indices },
    file,
  )
  await evaluation.release()
  dataset.close()
  await writeAtomically(path, bytes)
  await rememberPlace(dataset.fingerprint, opened.record.project.data.source, projectFolderOf(opened))
  return { file: path, bytes: bytes.length, ...comparison, proof: 'data' }
}

/** @throws ProblemError with what is wrong with the data, and with what was kept, where that is of no use either */
async function exportWithoutData(run: string, file: string, cause: ProblemError): Promise<ExportReport> {
  const { opened, source, best } = await openTrainedNetwork(run)
  const kept = join(opened.folder, PROOF)
  const proof = await readProof(kept, source.facts.sample, best.weights)
  if (typeof proof === 'string') throw new ProblemError([...cause.problems, noProof(kept, proof)])
  const bytes = modelOf(opened, source, best.weights)
  const comparison = await compareWithProof(await loadRuntime('cpu'), bytes, source, proof, file)
  await writeAtomically(file, bytes)
  return { file, bytes: bytes.length, ...comparison, proof: 'kept', data: dataNow(cause) }
}

function isAboutData(error: unknown): error is ProblemError {
  return error instanceof ProblemError && error.problems.every(({ code }) => /^(data-|cache-|file-outside)/.test(code))
}

function dataNow({ problems }: ProblemError): 'missing' | 'changed' | 'unreadable' {
  const code = problems[0]?.code
  if (code === 'data-checksum') return 'changed'
  return code === 'data-missing' || code === 'file-outside' ? 'missing' : 'unreadable'
}

function modelOf({ record }: OpenedRun, source: NetworkSource, weights: NamedTensors): Uint8Array {
  const { validation, test } = record.figures
  const metadata = formatMetadata(record.name, record.versions.layerloom, {
    task: record.project.task,
    facts: source.facts,
    preprocess: source.preprocess,
    transforms: source.transforms,
    data: record.project.data,
    fingerprint: record.data.fingerprint,
    loss: record.project.training.loss,
    figures: { ...(validation && { validation }), ...(test && { test }) },
  })
  return exportModel(source, weights, metadata)
}
