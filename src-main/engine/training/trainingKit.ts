/**
 * Everything a run computes with, on the chosen device. Falls back to the plain layout if the fast CPU layout fails.
 */
import { InternalError } from '#core/base/assert'
import { fail } from '#core/problems/problem'
import type { Device, DeviceSettings } from '../device/device'
import { openDevice } from '../device/runtimes'
import { Evaluation, evaluationBatch } from '../evaluation/evaluation'
import type { PreparedTraining } from './prepare'
import { openSampleFeed, type SampleFeed } from '../evaluation/sampleFeed'
import { isOutOfMemory, RuntimeFailure } from '../device/session'
import { Trainer } from './trainer'

export interface TrainingKit {
  readonly device: Device
  readonly feed: SampleFeed
  readonly evaluation: Evaluation
  readonly trainer: Trainer
  /** Why the fast layout is not used. */
  readonly note?: string
  release(): Promise<void>
}

/**
 * `open` creates the device.
 * @throws ProblemError `training-memory`, `device-unavailable`
 */
export async function openTrainingKit(
  prepared: PreparedTraining,
  settings: DeviceSettings,
  open: (settings: DeviceSettings) => Promise<Device> = openDevice,
): Promise<TrainingKit> {
  const device = await open(settings)
  try {
    return await openOn(device, prepared)
  } catch (error) {
    if (isOutOfMemory(error)) failMemory(error as Error)
    const isOurs = error instanceof RuntimeFailure || error instanceof InternalError
    if (!isOurs) throw error
    if (device.target.blockSize === 1) return failDevice(device, error)
    const plain = await openOn(await open({ ...settings, blockSize: 1 }), prepared)
    const reason = error.message.split('\n', 1)[0]!.slice(0, 300)
    return {
      ...plain,
      note: `Convolutions run in the plain layout, which is slower: the blocked one failed (${reason}).`,
    }
  }
}

async function openOn(device: Device, prepared: PreparedTraining): Promise<TrainingKit> {
  const { project, dataset, plan } = prepared
  const { loader } = project.training
  const feed = await openSampleFeed(device, dataset, { ...loader, batch: plan.batchSize })
  try {
    return await openWith(device, prepared, feed)
  } catch (error) {
    await feed.release()
    throw error
  }
}

async function openWith(device: Device, prepared: PreparedTraining, feed: SampleFeed): Promise<TrainingKit> {
  const { project, dataset, source, plan, totals } = prepared
  const batch = evaluationBatch(totals.macs, totals.activationBytes)
  const evaluation = await Evaluation.open(device, source, project.task, batch, feed)
  const trainer = await Trainer.open({
    device,
    source,
    task: project.task,
    training: project.training,
    plan,
    feed,
    evaluation,
    validation: dataset.splits.validation,
  })
  return {
    device,
    feed,
    evaluation,
    trainer,
    async release() {
      await trainer.release()
      await evaluation.release()
      await feed.release()
      await device.release()
    },
  }
}

/** On the CPU in plain layout everything must run; a failure there is a bug. */
function failDevice({ name }: Device, error: Error): never {
  if (name === 'cpu') throw error
  return fail(
    'device-unavailable',
    'network',
    { device: name, received: error.message.slice(0, 1000) },
    { param: 'training.device' },
  )
}

export function failMemory(error: Error): never {
  return fail('training-memory', 'step', { received: error.message.slice(0, 1000) }, { param: 'training.batchSize' })
}
