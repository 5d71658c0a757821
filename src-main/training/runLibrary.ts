/** The runs of the past on disk, as windows see them: listed, opened with their curves, moved to the trash and back. */
import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fail } from '#core/problems/problem'
import type { EpochEvent, ErrorEvent, FinishedEvent, PlanEvent, StepEvent } from '#core/runs/events'
import { metricsFor } from '#core/metrics/index'
import type { RunRecordView, RunState, RunSummary } from '#core/rpc/contract/run'
import { StepCurve } from '#core/runs/stepCurve'
import type { RunRecord } from '../runs/record'
import { documentIdOf } from '../project/documentId'
import { folderName, listRuns, openRun, projectFolderOf, readMetrics } from '../runs/store'

const TRASH = '.trash'
const TRASH_DAYS = 30
const DAY = 86_400_000

export class RunLibrary {
  /** `folder` holds a folder for every run. */
  constructor(private readonly folder: string) {}

  /** A name for a new run that no other has. */
  async newId(project: string): Promise<string> {
    const name = folderName(project, new Date())
    for (let count = 1; ; count++) {
      const id = count === 1 ? name : `${name} ${count}`
      if (!(await exists(this.path(id))) && !(await exists(this.#trashed(id)))) return id
    }
  }

  path(id: string): string {
    return join(this.folder, id)
  }

  async list(): Promise<{ runs: RunSummary[]; damaged: number }> {
    const found = await listRuns(this.folder)
    const readable = found.flatMap(({ folder, record }) => (record ? [summaryOf(folder, record)] : []))
    return { runs: readable, damaged: found.length - readable.length }
  }

  /** @throws ProblemError `run-missing`, `run-damaged` */
  async open(id: string): Promise<RunRecordView> {
    const { record } = await openRun(this.path(id))
    const points = await readMetrics(this.path(id))
    const metrics = metricNames(record)
    const curve = new StepCurve(metrics[0], record.stepsPerEpoch)
    const epochs: EpochEvent[] = []
    for (const point of points) {
      if (point.event === 'step') curve.add(withNumbers(point))
      else epochs.push(point)
    }
    return {
      summary: summaryOf(this.path(id), record),
      project: record.project,
      plan: planOf(this.path(id), record, metrics),
      epochs,
      steps: curve.points(),
      end: endOf(this.path(id), record),
    }
  }

  /** Whether any run is one of this document. */
  async hasRunsOf(document: string): Promise<boolean> {
    return (await this.list()).runs.some((run) => run.document === document)
  }

  async remove(id: string): Promise<void> {
    await mkdir(join(this.folder, TRASH), { recursive: true })
    await moving(id, this.path(id), this.#trashed(id))
    // The clock of the trash starts now, not when the run was written.
    await utimes(this.#trashed(id), new Date(), new Date())
  }

  async restore(id: string): Promise<void> {
    await moving(id, this.#trashed(id), this.path(id))
  }

  /** Deletes for good what has been in the trash for 30 days. */
  async emptyTrash(now = Date.now()): Promise<void> {
    const names = await readdir(join(this.folder, TRASH)).catch(() => [])
    for (const name of names) {
      const path = this.#trashed(name)
      const info = await stat(path).catch(() => undefined)
      if (info && now - info.mtimeMs > TRASH_DAYS * DAY) await rm(path, { recursive: true, force: true })
    }
  }

  #trashed(id: string): string {
    return join(this.folder, TRASH, id)
  }
}

async function moving(id: string, from: string, to: string): Promise<void> {
  try {
    await rename(from, to)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    fail({
      code: code === 'ENOENT' ? 'run-missing' : 'run-write',
      place: { file: from },
      message: code === 'ENOENT' ? `The run “${id}” is not there any more.` : `The run “${id}” cannot be moved.`,
      received: code ?? String(error),
      fix: code === 'ENOENT' ? 'Look at the list again.' : 'Close other programs that use the folder.',
    })
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

function metricNames({ project, figures }: RunRecord): string[] {
  const names = metricsFor(project.task).map(({ kind }) => kind)
  const known = figures.validation ?? figures.train
  return known === undefined ? names : names.filter((name) => name in known)
}

function stateOf({ state, reason }: RunRecord): RunState {
  if (state === 'running') return 'training'
  return state === 'failed' ? 'failed' : (reason ?? state)
}

function summaryOf(folder: string, record: RunRecord): RunSummary {
  const { project, progress, figures, timings } = record
  return {
    run: basename(folder),
    document: documentIdOf(project, projectFolderOf({ folder, record })),
    name: project.name,
    state: stateOf(record),
    startedAt: new Date(record.started).toISOString(),
    seconds: timings.training,
    best:
      progress.bestEpoch === 0
        ? null
        : { epoch: progress.bestEpoch, train: figures.train ?? {}, validation: figures.validation ?? {} },
    epochsDone: progress.epochs,
    epochsPlanned: project.training.epochs,
    task: project.task,
    training: project.training,
    device: record.device,
    parameters: record.parameters,
  }
}

function planOf(folder: string, record: RunRecord, metrics: readonly string[]): PlanEvent {
  const { training } = record.project
  return {
    event: 'start',
    run: folder,
    name: record.name,
    device: record.device,
    threads: record.threads,
    ...(record.note !== undefined && { note: record.note }),
    epochs: training.epochs,
    batchSize: training.batchSize,
    stepsPerEpoch: record.stepsPerEpoch,
    samples: record.data.counts,
    parameters: record.parameters,
    seed: record.seeds.training,
    loss: training.loss.kind,
    optimizer: training.optimizer,
    learningRate: training.learningRate,
    schedule: training.schedule,
    metrics,
  }
}

function endOf(folder: string, record: RunRecord): FinishedEvent | ErrorEvent | null {
  if (record.state === 'running') return null
  if (record.state === 'failed') {
    const problems = record.problems ?? []
    const [first] = problems
    return {
      event: 'error',
      code: first?.code ?? 'engine-died',
      message: first?.message ?? '',
      fix: first?.fix ?? '',
      problems,
      run: folder,
    }
  }
  const { figures, progress, timings } = record
  return {
    event: 'finished',
    run: folder,
    reason: record.reason ?? 'completed',
    bestEpoch: progress.bestEpoch,
    epochs: progress.epochs,
    seconds: timings.training,
    ...(figures.test && { test: figures.test }),
    ...(figures.validation && { validation: figures.validation }),
    model: record.model ?? '',
  }
}

/** JSON writes NaN as null. */
function withNumbers(event: StepEvent): StepEvent {
  return { ...event, losses: event.losses.map((loss: number | null) => loss ?? NaN) }
}
