/** The best weights of a run with its data, ready to be evaluated or exported. */
import { leastBatch } from '#core/compiler/batchNeeds'
import type { NetworkSource } from '#core/compiler/network'
import type { NamedTensors } from '#core/compiler/weights'
import { openDataset, type Dataset } from '../../data/openDataset'
import { openRun, projectFolderOf, readBestWeights, type OpenedRun } from '../../runs/store'
import { checkWeights } from '../training/checkCheckpoint'
import { physicalCores } from '../../machine/cores'
import { openDevice } from '../device/runtimes'
import { Evaluation, evaluationBatch } from '../evaluation/evaluation'
import { checkFingerprint } from '../training/fingerprint'
import { planRun } from '../training/plan'
import { checkNetwork } from '../training/prepare'
import { openSampleFeed, type SampleFeed } from '../evaluation/sampleFeed'

export interface TrainedRun {
  readonly opened: OpenedRun
  readonly dataset: Dataset
  readonly source: NetworkSource
  readonly weights: NamedTensors
  readonly feed: SampleFeed
  readonly evaluation: Evaluation
  /** Training samples. */
  readonly train: Int32Array
}

/** The trained network of a run, without its data. */
export async function openTrainedNetwork(folder: string) {
  const opened = await openRun(folder)
  const { project, data } = opened.record
  const { source, totals, batchNeeds } = checkNetwork(project, data)
  const best = await readBestWeights(opened.folder)
  return { opened, source, totals, batchNeeds, best }
}

/** On the CPU. @throws ProblemError where run, checkpoint or data are missing or have changed */
export async function openTrainedRun(folder: string, threads?: number): Promise<TrainedRun> {
  const { opened, source, totals, batchNeeds, best } = await openTrainedNetwork(folder)
  const { project, limit } = opened.record
  const dataset = await openDataset(project.data, project.task, projectFolderOf(opened))
  checkFingerprint(opened, dataset.fingerprint)
  const device = await openDevice({
    name: 'cpu',
    threads: threads ?? physicalCores(),
    spinning: false,
    // A run without the blocked layout stays without it.
    ...(opened.record.device === 'cpu' && opened.record.layout === 'NCHW' && { blockSize: 1 }),
  })
  const feed = await openSampleFeed(device, dataset)
  const batch = evaluationBatch(totals.macs, totals.activationBytes)
  const evaluation = await Evaluation.open(device, source, project.task, batch, feed)
  checkWeights(evaluation.state, best.weights)
  const { train } = planRun(dataset, leastBatch(batchNeeds), project.training, limit)
  return { opened, dataset, source, weights: best.weights, feed, evaluation, train }
}
