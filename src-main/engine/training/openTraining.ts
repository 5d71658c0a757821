/** A run that is ready to start: prepared, with its folder and everything needed to compute. */
import type { ResumePoint, RunEvent } from '#core/runs/events'
import type { BestWeights } from '../../runs/checkpoint'
import type { RunRecord } from '../../runs/record'
import type { RunFolder } from '../../runs/store'
import { physicalCores } from '../../machine/cores'
import type { PreparedTraining } from './prepare'
import { chooseDevice } from '../device/providers'
import { openTrainingKit, type TrainingKit } from './trainingKit'

export type Emit = (event: RunEvent) => void

/** A run with its folder and everything needed to compute. */
export interface OpenTraining {
  readonly prepared: PreparedTraining
  readonly kit: TrainingKit
  readonly folder: RunFolder
  record: RunRecord
  /** Best weights already on disk. */
  readonly storedBest?: BestWeights
  /** Where a resumed run starts again. */
  readonly resumed?: ResumePoint
}

/** Device, threads and everything that runs on them. Notes list what differs from expectations. */
export async function openKit(prepared: PreparedTraining): Promise<TrainingKit> {
  const { training } = prepared.project
  const { device, note } = await chooseDevice(training.device, 3 * prepared.totals.macs * prepared.plan.batchSize)
  const threads = training.threads ?? physicalCores()
  const kit = await openTrainingKit(prepared, { name: device, threads, spinning: true })
  const notes = [note, kit.note, prepared.plan.note].filter((text) => text !== undefined)
  return { ...kit, ...(notes.length > 0 && { note: notes.join(' ') }) }
}
