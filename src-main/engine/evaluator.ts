/** Evaluates a run or an exported model on the test or the validation split of its data. */
import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { fail } from '#core/problems/problem'
import type { Figures } from '#core/runs/events'
import { openDataset, type Dataset } from '../data/openDataset'
import { pickTargets } from '../data/samples'
import type { ModelDescription } from '../export/modelMetadata'
import { openRun, projectFolderOf, RECORD } from '../runs/store'
import { physicalCores } from './cores'
import { countTestLook } from './countTestLook'
import { FigureSums, metricNames } from './figures'
import { lossSession, type LossSession } from './lossSession'
import type { EvaluateReport, EvaluateRequest } from './messages'
import {
  answerName,
  openModelSession,
  readModelFile,
  requireDescription,
  sampleFactsOf,
  type ModelFile,
} from './modelFile'
import { numbersOf, runtimeTensor, type Session } from './session'
import { openTrainedRun } from './trainedRun'

/** @throws ProblemError where target, data or split are not there */
export async function evaluate(request: EvaluateRequest): Promise<EvaluateReport> {
  const info = await stat(request.target).catch(() => undefined)
  return info?.isDirectory() ? evaluateRun(request) : evaluateModel(request)
}

async function evaluateRun({ target, split, threads }: EvaluateRequest): Promise<EvaluateReport> {
  const { opened, dataset, evaluation, weights } = await openTrainedRun(target, threads)
  const indices = dataset.splits[split]
  checkSplit(indices, split)
  const feeds = await evaluation.weights(weights)
  const figures = (await evaluation.measure(feeds, indices))!
  if (split === 'test') await countTestLook(dataset, 'evaluations')
  await evaluation.release()
  dataset.close()
  return { target, split, samples: indices.length, figures, metrics: metricNames(opened.record.project.task) }
}

/** Runs the model itself, as anyone would who has only the file. */
async function evaluateModel({ target, split, threads }: EvaluateRequest): Promise<EvaluateReport> {
  const model = await readModelFile(target)
  const description = requireDescription(model)
  const { task, data, facts } = description
  const dataset = await openDataset(data, task, await dataFolder(target))
  if (!isDeepStrictEqual(dataset.facts, facts)) failOtherData(target)
  const indices = dataset.splits[split]
  checkSplit(indices, split)
  const session = await openModelSession(model, { device: 'cpu', threads: threads ?? physicalCores() })
  const figures = await measureModel(model, session, description, dataset, indices)
  if (split === 'test') await countTestLook(dataset, 'evaluations')
  await session.release()
  dataset.close()
  return { target, split, samples: indices.length, figures, metrics: metricNames(task) }
}

async function measureModel(
  model: ModelFile,
  session: Session,
  description: ModelDescription,
  { raw, targets }: Dataset,
  indices: Int32Array,
): Promise<Figures> {
  const sums = new FigureSums(description.task)
  const { dtype, shape } = sampleFactsOf(model)
  let loss: LossSession | undefined
  for (let at = 0; at < indices.length; at += BATCH) {
    const part = indices.subarray(at, at + BATCH)
    const size = targets.length / raw.count
    const labels = pickTargets(targets, part, size)
    const results = await session.run({ samples: runtimeTensor(dtype, [part.length, ...shape], raw.gather(part)) })
    const predictions = numbersOf(results[answerName(model)])
    const width = predictions.length / part.length
    loss ??= await lossSession(description, width)
    const { losses, weights } = await loss.run(predictions, labels, part.length)
    sums.addLoss(losses, weights)
    sums.addBatch({ predictions, targets: labels, width, count: part.length })
  }
  await loss?.release()
  return sums.figures()
}

const BATCH = 500

/** Where the files of the data are: with the run that the model stands in, else beside the model. */
async function dataFolder(model: string): Promise<string> {
  const folder = dirname(model)
  const isRun = await stat(`${folder}/${RECORD}`).catch(() => undefined)
  return isRun ? projectFolderOf(await openRun(folder)) : folder
}

function checkSplit(indices: Int32Array, split: string): void {
  if (indices.length > 0) return
  const other = split === 'test' ? 'validation' : 'test'
  fail({
    code: 'data-split',
    place: { param: `data.split.${split}` },
    message: `The data has no ${split} samples.`,
    expected: `samples in the ${split} split`,
    received: 'none',
    fix: `Evaluate on the ${other} split, or train with a share for the ${split} set.`,
  })
}

function failOtherData(file: string): never {
  return fail({
    code: 'data-format',
    place: { file },
    message: 'The data is not of the form that the model was trained on.',
    expected: 'the same columns, categories and classes',
    received: 'others',
    fix: 'Evaluate on the data of the run.',
  })
}
