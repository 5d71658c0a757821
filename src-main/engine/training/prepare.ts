/**
 * Everything before computation: the data, the network checked against it, the plan, and whether it fits into memory.
 */
import { totalmem } from 'node:os'
import { analyze, type NetworkReport } from '#core/compiler/analyze'
import { checkBatch, leastBatch } from '#core/compiler/batchNeeds'
import type { NetworkSource } from '#core/compiler/network'
import { expandBlocks } from '#core/graph/blocks'
import type { Project } from '#core/graph/project'
import { fail, ProblemError } from '#core/problems/problem'
import { fitTransforms, type FittedTransforms } from '#core/transforms/transformList'
import { openDataset, type Dataset } from '../../data/openDataset'
import type { Work } from '../../data/prepare/work'
import { planRun, type TrainingPlan } from './plan'

export interface PreparedTraining {
  readonly project: Project
  readonly dataset: Dataset
  readonly source: NetworkSource
  readonly totals: NetworkReport['totals']
  readonly plan: TrainingPlan
}

/** @throws ProblemError with all errors of data, network and settings */
export async function prepareTraining(
  project: Project,
  projectFolder: string,
  limit: number | undefined,
  work?: Work,
): Promise<PreparedTraining> {
  const dataset = await openDataset(project.data, project.task, projectFolder, { ...(work && { work }) })
  const { source, totals, batchNeeds } = prepareNetwork(project, dataset)
  if (limit !== undefined && !(Number.isInteger(limit) && limit >= 1)) failLimit(limit)
  const plan = planRun(dataset, leastBatch(batchNeeds), project.training, limit)
  const problems = checkBatch(batchNeeds, plan.batchSize, 'least-samples')
  if (problems.length > 0) throw new ProblemError(problems)
  checkMemory(totals.trainingBytes, project.training.batchSize)
  return { project, dataset, source, totals, plan }
}

/**
 * The network on its data, with the transforms before it fitted. @throws ProblemError with all errors of the network
 */
export function prepareNetwork(project: Project, dataset: Pick<Dataset, 'facts' | 'preprocess' | 'statistics'>) {
  const { facts, preprocess, statistics } = dataset
  const transforms = fitTransforms(project.transforms, preprocess, statistics)
  return checkNetwork(project, { facts, preprocess, transforms })
}

/** The network on already fitted data and transforms. @throws ProblemError with all errors of the network */
export function checkNetwork(
  project: Project,
  { facts, preprocess, transforms }: Pick<Dataset, 'facts' | 'preprocess'> & { transforms: FittedTransforms },
): { source: NetworkSource } & Pick<NetworkReport, 'totals' | 'batchNeeds'> {
  const { problems, totals, batchNeeds } = analyze(project, preprocess.shape, facts)
  const errors = problems.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) throw new ProblemError(errors)
  const { loss } = project.training
  return { source: { graph: expandBlocks(project.graph), facts, preprocess, transforms, loss }, totals, batchNeeds }
}

function failLimit(limit: number): never {
  return fail('training-setting', 'limit', { received: limit }, { param: 'limit' })
}

/** Memory the system, and inside a container its limit, allows a process. */
export function memoryLimit(): number {
  const constrained = process.constrainedMemory()
  return constrained > 0 ? Math.min(constrained, totalmem()) : totalmem()
}

function checkMemory(needed: number, batchSize: number): void {
  const limit = memoryLimit()
  if (needed < limit) return
  const gigabytes = (bytes: number) => `${(bytes / 2 ** 30).toFixed(1)} GiB`
  const fitting = Math.max(1, Math.floor((batchSize * limit) / needed / 2))
  fail(
    'training-memory',
    'needed',
    { room: gigabytes(limit), size: gigabytes(needed), given: batchSize, batchSize: fitting },
    { param: 'training.batchSize', data: { needed, limit } },
  )
}
