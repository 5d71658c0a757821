/** Opens a stopped or interrupted run at its last checkpoint, or a finished one for more epochs. */
import { isDeviceName, type DeviceName } from '#core/graph/devices'
import { fail } from '#core/problems/problem'
import type { Checkpoint } from '../../runs/checkpoint'
import { thisProcess } from '../../machine/processIdentity'
import type { RunRecord } from '../../runs/record'
import {
  checkpointOf,
  openRun,
  projectFolderOf,
  readBestWeights,
  readLast,
  resumePointOf,
  RunFolder,
  type OpenedRun,
} from '../../runs/store'
import { layoutName } from '../device/device'
import { checkFingerprint } from './fingerprint'
import { openKit, type Emit, type OpenTraining } from './openTraining'
import type { ContinuedRun } from '../messages'
import { prepareTraining } from './prepare'
import { whilePreparing } from './preparing'
import type { RunControl } from './runControl'
import type { TrainingKit } from './trainingKit'

/** @throws ProblemError where there is nothing to resume, or the data has changed */
export async function openContinuedRun(job: ContinuedRun, control: RunControl, emit: Emit): Promise<OpenTraining> {
  const opened = await openRun(job.resume)
  await checkContinuable(opened, job)
  const record = withEpochs(opened.record, job.epochs)
  const checkpoint = startOf(opened.record, await readLast(opened.folder), job)
  const best = checkpoint.position.best && (await readBestWeights(opened.folder))
  // The thread count of the record, regardless of this machine's default: it affects the last bits.
  const training = { ...record.project.training, threads: record.threads, device: deviceOf(record.device) }
  const prepared = await whilePreparing(control, emit, (work) =>
    prepareTraining({ ...record.project, training }, projectFolderOf(opened), record.limit, work),
  )
  checkFingerprint(opened, prepared.dataset.fingerprint)
  const kit = await openKit(prepared)
  const { position } = checkpoint
  // If the best weights are newer than the checkpoint, the run reaches them again at the same point.
  const known = best && position.best ? { ...best, epoch: position.best.epoch } : undefined
  await kit.trainer.restore(checkpoint, known)
  const folder = RunFolder.at(opened.folder)
  const running = runningAgain(record, kit, checkpoint, job)
  await folder.claim(async () => {
    await checkUntouched(opened)
    await folder.removeLeftovers()
    await folder.rewindLog(position.step)
    await folder.writeRecord(running)
    folder.begin()
  })
  return {
    prepared,
    kit,
    folder,
    record: running,
    resumed: resumePointOf(position),
    ...(known && { storedBest: known }),
  }
}

function runningAgain(record: RunRecord, kit: TrainingKit, { position }: Checkpoint, { epochs, sealed }: ContinuedRun) {
  const { reason: _reason, problems: _problems, ended: _ended, model: _model, ...rest } = record
  const note = layoutNote(record.layout, layoutName(kit.device))
  const notes = [kit.note, note].filter((text) => text !== undefined)
  const again = { at: new Date().toISOString(), step: position.step, ...(epochs !== undefined && { epochs }) }
  return {
    ...rest,
    state: 'running' as const,
    ...(sealed === true && { sealed }),
    process: thisProcess(),
    resumed: [...(record.resumed ?? []), again],
    progress: { epochs: position.epoch, steps: position.step, bestEpoch: position.best?.epoch ?? 0 },
    layout: layoutName(kit.device),
    ...(notes.length > 0 && { note: notes.join(' ') }),
  }
}

/** The schedule continues as if the run had been planned for this number of epochs from the start. */
function withEpochs(record: RunRecord, epochs: number | undefined): RunRecord {
  if (epochs === undefined) return record
  const { project } = record
  return { ...record, project: { ...project, training: { ...project.training, epochs } } }
}

function startOf({ reason }: RunRecord, checkpoint: Checkpoint, { learningRate }: ContinuedRun): Checkpoint {
  const { position } = checkpoint
  // Resuming a run that stopped early restarts its patience.
  const watched = reason === 'early-stopping' ? { ...position.watched, waited: 0 } : position.watched
  return {
    ...checkpoint,
    position: { ...position, watched, baseLearningRate: learningRate ?? position.baseLearningRate },
  }
}

const deviceOf = (name: string): DeviceName => (isDeviceName(name) ? name : 'cpu')

function layoutNote(before: string, now: string): string | undefined {
  if (before === now) return undefined
  return `The run continues in the layout ${now} instead of ${before}: its numbers may differ from an uninterrupted run in the last digits.`
}

async function checkContinuable({ folder, record }: OpenedRun, { epochs, force }: ContinuedRun): Promise<void> {
  const done = record.progress.epochs
  if (record.state === 'running' && record.process.id !== process.pid && force !== true) failElsewhere(folder, record)
  if (epochs === undefined ? record.state === 'completed' : epochs <= done)
    failEnded(folder, done, epochs ?? record.reason)
  if ((await checkpointOf(folder)) === undefined) fail('run-weights', 'any', {}, { file: folder })
}

/** Preparing data and model takes a while: another process may have resumed the run in the meantime. */
async function checkUntouched({ folder, record: seen }: OpenedRun): Promise<void> {
  const { record } = await openRun(folder)
  if (record.resumed?.length !== seen.resumed?.length) failElsewhere(folder, record)
}

/** `asked`: the epochs that were asked for, or why the run ended. */
function failEnded(file: string, epochs: number, asked: number | string = 'completed'): never {
  if (typeof asked === 'number') fail('run-ended', 'epochs', { epochs, asked }, { file })
  return fail('run-ended', 'done', { epochs, reason: asked }, { file })
}

function failElsewhere(folder: string, { process: { id, host } }: RunRecord): never {
  return fail('run-elsewhere', 'any', { process: id, host }, { file: folder })
}
