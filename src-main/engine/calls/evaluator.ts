/** Evaluates a run or an exported model: on a split of its own data, or on unseen labeled data. */
import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { withUnit } from '#core/data/unit'
import { fail } from '#core/problems/problem'
import { readLabeledSamples } from '../../data/newSamples/labeledSamples'
import type { Dataset } from '../../data/openDataset'
import { pickTargets, type SampleArray, type TargetArray } from '../../data/samples'
import { physicalCores } from '../../machine/cores'
import { countTestLook } from '../training/countTestLook'
import { FigureSums, metricNames } from '../evaluation/figures'
import { lossSession, type LossSession } from './lossSession'
import type { EvaluateReport, EvaluateRequest } from '../messages'
import { failNoSplit, openGivenData, openModelData } from './modelData'
import { openModel, type MeasuredModel } from './measuredModel'
import { numbersOf } from '../device/session'
import { openTrainedRun } from './trainedRun'

/** @throws ProblemError where target, data or split are missing, or the data is not that of the model */
export async function evaluate(request: EvaluateRequest): Promise<EvaluateReport> {
  const info = await stat(request.target).catch(() => undefined)
  return info?.isDirectory() && request.data === undefined ? evaluateRun(request) : evaluateModel(request)
}

/** Uses the trainer's evaluation graph. */
async function evaluateRun({ target, split = 'test', threads }: EvaluateRequest): Promise<EvaluateReport> {
  const { opened, dataset, evaluation, weights } = await openTrainedRun(target, threads)
  try {
    const indices = dataset.splits[split]
    checkSplit(indices, split)
    const feeds = await evaluation.weights(weights)
    const figures = (await evaluation.measure(feeds, indices))!
    const looks = await counted(dataset, split)
    const metrics = metricNames(opened.record.project.task)
    return { target, split, samples: indices.length, figures, metrics, ...withUnit(dataset.facts), ...looks }
  } finally {
    await evaluation.release()
    dataset.close()
  }
}

/** Runs the model itself, as a user who has only the file would. */
async function evaluateModel({ target, split, data, threads }: EvaluateRequest): Promise<EvaluateReport> {
  const model = await openModel(target, threads ?? physicalCores())
  try {
    if (data === undefined) return await onSplit(model, await openModelData(target, model.description), target, split)
    const path = resolve(data)
    const same = await openGivenData(path, model.description)
    if (same) return await onSplit(model, same, target, split)
    if (split !== undefined) failNoSplit(path, split)
    return await onNewData(model, path, target)
  } finally {
    await model.session.release()
  }
}

async function onSplit(
  model: MeasuredModel,
  dataset: Dataset,
  target: string,
  split: 'test' | 'validation' = 'test',
): Promise<EvaluateReport> {
  try {
    const indices = dataset.splits[split]
    checkSplit(indices, split)
    const { raw, targets } = dataset
    const size = targets.length / raw.count
    const figures = await measure(model, indices.length, (from, to) => {
      const part = indices.subarray(from, to)
      return { samples: raw.gather(part), targets: pickTargets(targets, part, size) }
    })
    const looks = await counted(dataset, split)
    const metrics = metricNames(model.description.task)
    return { target, split, samples: indices.length, figures, metrics, ...withUnit(model.description.facts), ...looks }
  } finally {
    dataset.close()
  }
}

/** Measuring a test set counts as a look at it. */
async function counted(dataset: Dataset, split: 'test' | 'validation'): Promise<{ readonly looks?: number }> {
  const looks = split === 'test' ? await countTestLook(dataset, 'evaluations') : undefined
  return looks === undefined ? {} : { looks }
}

async function onNewData(model: MeasuredModel, path: string, target: string): Promise<EvaluateReport> {
  const { description } = model
  const { count, data, targets, unlabelled } = await readLabeledSamples(path, {
    ...description,
    source: description.data.source,
  })
  const size = data.length / count
  const figures = await measure(model, count, (from, to) => ({
    samples: data.subarray(from * size, to * size),
    targets: targets.subarray((from * targets.length) / count, (to * targets.length) / count),
  }))
  const metrics = metricNames(description.task)
  const given = { target, split: null, data: path, samples: count, ...(unlabelled > 0 && { unlabelled }) }
  return { ...given, figures, metrics, ...withUnit(description.facts) }
}

interface Part {
  readonly samples: SampleArray
  readonly targets: TargetArray
}

async function measure(model: MeasuredModel, count: number, take: (from: number, to: number) => Part) {
  const { description, runtime, session, answer } = model
  const sums = new FigureSums(description.task)
  const { dtype, shape } = description.facts.sample
  let loss: LossSession | undefined
  for (let from = 0; from < count; from += BATCH) {
    const to = Math.min(count, from + BATCH)
    const { samples, targets } = take(from, to)
    const results = await session.run({ samples: runtime.tensor(dtype, [to - from, ...shape], samples) })
    const predictions = numbersOf(results[answer])
    const width = predictions.length / (to - from)
    loss ??= await lossSession(runtime, description, width)
    const { losses, weights } = await loss.run(predictions, targets, to - from)
    sums.addLoss(losses, weights)
    sums.addBatch({ predictions, targets, width, count: to - from })
  }
  await loss?.release()
  return sums.figures()
}

const BATCH = 500

function checkSplit(indices: Int32Array, split: string): void {
  if (indices.length > 0) return
  const other = split === 'test' ? 'validation' : 'test'
  fail('data-split', 'none-to-measure', { split, other }, { param: `data.split.${split}` })
}
