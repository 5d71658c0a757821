/** Opens a run that was stopped, interrupted or cut off, at its last checkpoint. */
import { hostname } from 'node:os'
import { fail } from '#core/problems/problem'
import { openRun, projectFolderOf, readBestWeights, readLast, RunFolder, type OpenedRun } from '../runs/store'
import { layoutName } from './device'
import { checkFingerprint } from './fingerprint'
import { openKit, type Emit, type OpenTraining } from './openTraining'
import type { DeviceName } from './messages'
import { prepareTraining } from './prepare'
import { whilePreparing } from './preparing'
import type { RunControl } from './runControl'
import { deviceNames } from './providers'

/** @throws ProblemError where there is nothing to go on with, or the data is not what it was */
export async function openContinuedRun(path: string, control: RunControl, emit: Emit): Promise<OpenTraining> {
  const opened = await openRun(path)
  checkUnfinished(opened)
  const { record } = opened
  const checkpoint = await readLast(opened.folder)
  const best = checkpoint.position.best && (await readBestWeights(opened.folder))
  // The same threads, whatever this machine would choose: their number shows in the last bits.
  const training = { ...record.project.training, threads: record.threads, device: deviceOf(record.device) }
  const prepared = await whilePreparing(control, emit, (work) =>
    prepareTraining({ ...record.project, training }, projectFolderOf(opened), record.limit, work),
  )
  checkFingerprint(opened, prepared.dataset.fingerprint)
  const kit = await openKit(prepared)
  const { position } = checkpoint
  // Should the best weights be newer than the checkpoint, the run finds them again where it did before.
  const known = best && position.best ? { ...best, epoch: position.best.epoch } : undefined
  await kit.trainer.restore(checkpoint, known)
  const folder = RunFolder.at(opened.folder)
  await folder.removeLeftovers()
  await folder.rewindLog(position.step)
  const note = layoutNote(record.layout, layoutName(kit.device))
  const { reason: _reason, problems: _problems, ended: _ended, model: _model, ...rest } = record
  const notes = [kit.note, note].filter((text) => text !== undefined)
  const running = {
    ...rest,
    state: 'running' as const,
    process: { id: process.pid, host: hostname() },
    layout: layoutName(kit.device),
    ...(notes.length > 0 && { note: notes.join(' ') }),
  }
  await folder.writeRecord(running)
  return { prepared, kit, folder, record: running, ...(known && { storedBest: known }) }
}

const deviceOf = (name: string): DeviceName => deviceNames.find((device) => device === name) ?? 'cpu'

function layoutNote(before: string, now: string): string | undefined {
  if (before === now) return undefined
  return `The run goes on in the layout ${now} instead of ${before}: its numbers may differ from an uninterrupted run in the last digits.`
}

function checkUnfinished({ folder, record }: OpenedRun): void {
  if (record.state === 'completed')
    fail({
      code: 'training-setting',
      place: { file: folder },
      message: 'The run has come to its end; there is nothing left to resume.',
      expected: 'a run that was stopped or interrupted',
      received: `${record.progress.epochs} epochs, ${record.reason ?? 'completed'}`,
      fix: 'Start a new run with more epochs.',
    })
  if (record.state === 'running' && record.process.id !== process.pid)
    fail({
      code: 'training-setting',
      place: { file: folder },
      message: 'The run is going on in another process.',
      expected: 'a run that was stopped or interrupted',
      received: `process ${record.process.id} on ${record.process.host}`,
      fix: 'Stop it there first.',
    })
}
