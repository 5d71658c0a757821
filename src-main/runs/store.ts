/**
 * Run folders: creating, writing, finding and opening them. Every file in one is complete, also after a crash or on a
 * full disk.
 */
import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { text, type Text } from '#core/base/text'
import { fail, ProblemError, type Problem } from '#core/problems/problem'
import type { ResumePoint } from '#core/runs/events'
import { makeProblem } from '#core/problems/wording'
import { writeAtomically } from '../disk/atomicFile'
import { withFileLock } from '../disk/fileLock'
import { makeFolder } from '../disk/makeFolder'
import {
  encodeBest,
  encodeCheckpoint,
  readBest,
  readCheckpoint,
  readPosition,
  type BestWeights,
  type Checkpoint,
  type RunPosition,
} from './checkpoint'
import { MetricsLog, readLog, truncateLog, type LogPoint } from './metricsLog'
import { beforeRestart, stateOfProcess } from '../machine/processIdentity'
import { formatRecord, parseRecord, withoutNulls, type RunRecord } from './record'
import { beginSign, endSign, givesSigns } from './signOfLife'

export const RECORD = 'run.json'
export const METRICS = 'metrics.jsonl'
export const MODEL = 'model.onnx'
export const BEST = join('checkpoints', 'best.safetensors')
export const LAST = join('checkpoints', 'last.safetensors')
/** A few samples with the predictions of the best weights. */
export const PROOF = join('checkpoints', 'proof.safetensors')

/** A larger file is not ours. */
const RECORD_LIMIT = 64 * 2 ** 20

/** A run on disk. */
export interface OpenedRun {
  readonly folder: string
  readonly record: RunRecord
}

/** A run folder being written. Every method throws ProblemError `run-write` if the write fails. */
export class RunFolder {
  #log: MetricsLog | undefined

  private constructor(readonly path: string) {}

  /** The folder of an existing run. */
  static at(path: string): RunFolder {
    return new RunFolder(resolve(path))
  }

  /** Creates the folder of a new run: `out`, or one named after time and project below `projectFolder`. */
  static async create(projectFolder: string, name: string, out?: string): Promise<RunFolder> {
    const path = resolve(out ?? (await freeName(join(projectFolder, 'runs', folderName(name, new Date())))))
    const folder = new RunFolder(path)
    await folder.checkFree()
    await writing(path, undefined, () => makeFolder(join(path, 'checkpoints')))
    return folder
  }

  /** @throws ProblemError `run-write` where there is already a run */
  async checkFree(): Promise<void> {
    if (await exists(this.file(RECORD)))
      fail('run-write', 'taken', { record: RECORD }, { file: this.path })
  }

  /** Runs the work while no other process claims the folder: of two processes starting there, one finds the other. */
  async claim(work: () => Promise<void>): Promise<void> {
    try {
      await withFileLock(this.file(RECORD), work)
    } catch (error) {
      if (error instanceof ProblemError) throw error
      await writing(this.file(RECORD), undefined, () => {
        throw error
      })
    }
  }

  file(name: string): string {
    return join(this.path, name)
  }

  writeRecord(record: RunRecord): Promise<void> {
    return this.#write(RECORD, new TextEncoder().encode(formatRecord(record)))
  }

  /** Writes the record of a run that ends on a possibly full disk, using the space reserved for it. */
  writeEnd(record: RunRecord): Promise<void> {
    endSign(this.path)
    return this.writeRecord(record)
  }

  writeLast(checkpoint: Checkpoint): Promise<void> {
    return this.#write(LAST, encodeCheckpoint(checkpoint))
  }

  writeBest(best: BestWeights): Promise<void> {
    return this.#write(BEST, encodeBest(best))
  }

  writeProof(bytes: Uint8Array): Promise<void> {
    return this.#write(PROOF, bytes)
  }

  writeModel(bytes: Uint8Array): Promise<void> {
    return this.#write(MODEL, bytes)
  }

  /** Appends to the log; it is synced with the next checkpoint at the latest. */
  async log(points: readonly LogPoint[]): Promise<void> {
    const path = this.file(METRICS)
    await writing(path, undefined, () => {
      this.#log ??= new MetricsLog(path)
      for (const point of points) this.#log.append(point)
    })
  }

  async sync(): Promise<void> {
    await writing(this.file(METRICS), undefined, () => this.#log?.sync())
  }

  /** Resumes the log after step `step`. */
  async rewindLog(step: number): Promise<void> {
    const path = this.file(METRICS)
    if (await exists(path)) await writing(path, undefined, () => truncateLog(path, step))
  }

  /** From now until `close`, marks the folder as a run in progress, and reserves space to record its end. */
  begin(): void {
    beginSign(this.path)
  }

  /** Removes incomplete files left by a killed process. */
  async removeLeftovers(): Promise<void> {
    for (const folder of [this.path, this.file('checkpoints')])
      for (const name of await readdir(folder).catch(() => []))
        if (/^\..+\.[0-9a-f]{12}\.tmp$/.test(name)) await rm(join(folder, name), { force: true }).catch(() => undefined)
  }

  close(): void {
    endSign(this.path)
    this.#log?.close()
    this.#log = undefined
  }

  /** Removes an abandoned folder: one without a record. */
  async discard(): Promise<void> {
    this.close()
    if (await exists(this.file(RECORD))) return
    const found = await readdir(this.path).catch(() => [])
    const ours = new Set(['checkpoints', METRICS])
    if (found.every((name) => ours.has(name)))
      await rm(this.path, { recursive: true, force: true }).catch(() => undefined)
  }

  async #write(name: string, bytes: Uint8Array): Promise<void> {
    await writing(this.file(name), bytes.length, () => writeAtomically(this.file(name), bytes))
  }
}

/**
 * Opens a run. A run recorded as in progress whose process is gone is returned as interrupted.
 * @throws ProblemError `run-missing`, `run-damaged`
 */
export async function openRun(folder: string): Promise<OpenedRun> {
  const path = join(resolve(folder), RECORD)
  const unreadable = (error: NodeJS.ErrnoException) => failMissing(folder, error)
  const info = await stat(path).catch(unreadable)
  if (info.size > RECORD_LIMIT) failMissing(folder, { message: `a ${RECORD} of ${info.size} bytes` })
  const record = parseRecord(await readFile(path, 'utf8').catch(unreadable), path)
  return { folder: resolve(folder), record: isAbandoned(record, folder) ? await abandoned(record, folder) : record }
}

export interface ListedRun {
  readonly folder: string
  /** Absent if it cannot be read; `problems` then has the reason. */
  readonly record?: RunRecord
  readonly problems: readonly Problem[]
}

/**
 * All runs directly below a folder (usually `<project folder>/runs`), newest first; empty if the folder does not exist.
 */
export async function listRuns(parent: string): Promise<ListedRun[]> {
  const entries = await readdir(parent, { withFileTypes: true }).catch(() => [])
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(resolve(parent), name))
  const runs: ListedRun[] = []
  for (const folder of folders) {
    if (!(await exists(join(folder, RECORD)))) continue
    try {
      runs.push({ ...(await openRun(folder)), problems: [] })
    } catch (error) {
      // A problem with one run affects only that run.
      runs.push({ folder, problems: error instanceof ProblemError ? error.problems : [unreadable(folder, error)] })
    }
  }
  return runs.sort((a, b) => (b.record?.started ?? '').localeCompare(a.record?.started ?? ''))
}

/** The log of a run: its step and epoch events in order. */
export async function readMetrics(folder: string): Promise<LogPoint[]> {
  const path = join(folder, METRICS)
  return (await exists(path)) ? readLog(path) : []
}

export const readLast = (folder: string) => readCheckpoint(join(folder, LAST))
/** Where the last complete checkpoint of a run can be resumed; undefined if there is none. */
export async function checkpointOf(folder: string): Promise<ResumePoint | undefined> {
  const position = await readPosition(join(folder, LAST)).catch(() => undefined)
  return position && resumePointOf(position)
}

/** The epoch that continues or starts there, from 1, and the steps before. */
export const resumePointOf = ({ epoch, step, best }: RunPosition): ResumePoint => ({
  epoch: epoch + 1,
  step,
  ...(best && { bestEpoch: best.epoch }),
})

export const readBestWeights = (folder: string) => readBest(join(folder, BEST))

/** The folder that the paths in a run's project are relative to. */
export function projectFolderOf({ folder, record }: OpenedRun): string {
  return resolve(folder, record.projectFolder)
}

/** Same, as stored: relative, so that project and runs can be moved together. */
export function storedProjectFolder(run: string, projectFolder: string): string {
  const way = relative(resolve(run), resolve(projectFolder))
  return isAbsolute(way) ? way : way.split(sep).join('/') || '.'
}

/** The complete checkpoints of a run, as a sentence. */
export async function keptOf(folder: string): Promise<Text> {
  const kept: Text[] = []
  const best = await readBestWeights(folder).catch(() => undefined)
  if (best) {
    const path = join(folder, BEST)
    kept.push(text(`the best weights (epoch ${best.epoch}) in ${path}`, `最佳权重（第 ${best.epoch} 轮）在 ${path}`))
  }
  const last = await readLast(folder).catch(() => undefined)
  if (last) {
    const [path, { step }] = [join(folder, LAST), last.position]
    kept.push(text(`step ${step} in ${path}`, `第 ${step} 步在 ${path}`))
  }
  if (kept.length === 0) return text('No checkpoint had been written yet.', '当时还没有检查点。')
  return text(`Kept: ${kept.map(({ en }) => en).join('; ')}.`, `已保留：${kept.map(({ zh }) => zh).join('；')}。`)
}

/** `2026-03-01 14-05-09 MNIST CNN`: sorts by time and is a valid name on every system. */
export function folderName(project: string, time: Date): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const date = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`
  const clock = `${two(time.getHours())}-${two(time.getMinutes())}-${two(time.getSeconds())}`
   
  const name = project.replace(/[\u0000-\u001f\\/:*?"<>|]+/g, ' ').replace(/\s+/g, ' ')
  return `${date} ${clock} ${[...name].slice(0, 60).join('')}`.replace(/[. ]+$/, '')
}

async function freeName(path: string): Promise<string> {
  for (let count = 1; ; count++) {
    const candidate = count === 1 ? path : `${path} ${count}`
    if (!(await exists(candidate))) return candidate
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

/** True if the record says the run is in progress, but its process no longer exists. */
function isAbandoned({ state, process }: RunRecord, folder: string): boolean {
  if (state !== 'running') return false
  const found = stateOfProcess(process)
  return found === 'gone' || (found === 'unknown' && !givesSigns(folder))
}

async function abandoned(record: RunRecord, folder: string): Promise<RunRecord> {
  const checkpoint = await checkpointOf(folder)
  const cause = beforeRestart(record.process) ? 'restart' : 'cut-off'
  const place = { file: folder }
  const problem = checkpoint
    ? makeProblem('engine-died', cause, { step: checkpoint.step }, place)
    : makeProblem('engine-died', `${cause}-early`, {}, place)
  return { ...(await caughtUp(record, folder, checkpoint)), state: 'interrupted', problems: [problem] }
}

/** The checkpoint is written before the record: a process that died between the two leaves the previous record. */
async function caughtUp(record: RunRecord, folder: string, checkpoint: ResumePoint | undefined): Promise<RunRecord> {
  if (checkpoint === undefined || checkpoint.step <= record.progress.steps) return record
  const { epoch, step, bestEpoch = 0 } = checkpoint
  const progress = { epochs: epoch - 1, steps: step, bestEpoch }
  if (bestEpoch === record.progress.bestEpoch) return { ...record, progress }
  const best = (await readMetrics(folder)).find((point) => point.event === 'epoch' && point.epoch === bestEpoch)
  if (best?.event !== 'epoch') return record
  const { train, validation } = best
  return {
    ...record,
    progress,
    figures: { train: withoutNulls(train), ...(validation && { validation: withoutNulls(validation) }) },
  }
}

function unreadable(folder: string, error: unknown): Problem {
  const received = error instanceof Error ? error.message : String(error)
  return makeProblem('run-damaged', 'unreadable', { received }, { file: join(folder, RECORD) })
}

function failMissing(folder: string, error: { code?: string; message: string }): never {
  return fail(
    'run-missing',
    'no-record',
    { record: RECORD, received: error.code === 'ENOENT' ? `no ${RECORD} in it` : error.message },
    { file: folder },
  )
}

const causes = {
  ENOSPC: 'full',
  EDQUOT: 'quota',
  EFBIG: 'size',
  EACCES: 'permission',
  EPERM: 'permission',
  EROFS: 'read-only',
  ENOTDIR: 'not-folder',
  EEXIST: 'in-the-way',
  ENOENT: 'gone',
} as const

const hasCause = (code: string): code is keyof typeof causes => Object.hasOwn(causes, code)

/** What to do once there is space. */
async function afterwards(code: string, folder: string): Promise<Text> {
  if (!['ENOSPC', 'EDQUOT', 'EFBIG'].includes(code)) return text('', '')
  return (await checkpointOf(folder))
    ? text(' Then resume the run.', '然后继续训练。')
    : text(' Then start it again.', '然后重新开始训练。')
}

/** Turns a file system error into a problem with the file, its size, and what was kept. */
async function writing(path: string, bytes: number | undefined, action: () => unknown): Promise<void> {
  try {
    await action()
  } catch (error) {
    const received = codeOf(error)
    const folder = basename(dirname(path)) === 'checkpoints' ? dirname(dirname(path)) : dirname(path)
    const cause = hasCause(received) ? causes[received] : 'other'
    const values = { received, next: await afterwards(received, folder), kept: await keptOf(folder) }
    if (bytes === undefined) fail('run-write', cause, values, { file: path })
    fail('run-write', `${cause}-bytes`, { ...values, bytes }, { file: path })
  }
}

/** The file system's error code, which may be wrapped in a problem. */
function codeOf(error: unknown): string {
  if (error instanceof ProblemError) return /\b(E[A-Z]+)\b/.exec(error.problems[0]?.received ?? '')?.[1] ?? 'EIO'
  const { code } = error as NodeJS.ErrnoException
  if (typeof code === 'string') return code
  throw error
}
