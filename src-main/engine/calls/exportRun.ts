/** Writes a run's best weights as an ONNX file and verifies it. */
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
 * If the data is missing or has changed, the model is compared with the answers saved in the run when it ended.
 * @throws ProblemError where the run is missing, neither data nor saved answers exist, the model disagrees, or the file
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

/** @throws ProblemError with the problem of the data, and that of the saved answers if they cannot be used either */
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
