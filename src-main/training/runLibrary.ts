/** Past runs on disk, as windows see them: listed, opened with their curves, moved to the trash and restored. */
import { readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { sampleKind } from '#core/data/facts'
import { fail } from '#core/problems/problem'
import { withUnit } from '#core/data/unit'
import type { EpochEvent, ErrorEvent, Figures, FinishedEvent, PlanEvent, StepEvent } from '#core/runs/events'
import type { Project } from '#core/graph/project'
import { metricsFor } from '#core/metrics/index'
import { summarySchema, type DamagedRun, type RunRecordView, type RunSummary } from '#core/rpc/contract/run'
import type { RunState } from '#core/runs/runState'
import { StepCurve } from '#core/runs/stepCurve'
import type { RunRecord } from '../runs/record'
import { absoluteDataPaths } from '../project/dataPaths'
import { documentIdOf } from '../project/documentId'
import { makeFolder } from '../disk/makeFolder'
import type { LogPoint } from '../runs/metricsLog'
import { checkpointOf, folderName, listRuns, openRun, projectFolderOf, readMetrics, RunFolder } from '../runs/store'

const TRASH = '.trash'
const TRASH_DAYS = 30
const DAY = 86_400_000

export class RunLibrary {
  /** `folder` contains one folder per run. */
  constructor(private readonly folder: string) {}

  /** A unique name for a new run. */
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

  async list(): Promise<{ runs: RunSummary[]; damaged: DamagedRun[] }> {
    const runs: RunSummary[] = []
    const damaged: DamagedRun[] = []
    for (const { folder, record, problems } of await listRuns(this.folder)) {
      const run = basename(folder)
      // A summary that a window would reject affects this run only, never the list.
      const summary = record && summarySchema.safeParse(await summaryOf(folder, record))
      if (summary?.success) runs.push(summary.data)
      else damaged.push({ run, reason: problems[0]?.received ?? summary?.error?.issues[0]?.message ?? '' })
    }
    return { runs, damaged }
  }

  /** @throws ProblemError `run-missing`, `run-damaged` */
  async open(id: string): Promise<RunRecordView> {
    const { record } = await openRun(this.path(id))
    const metrics = metricNames(record)
    const { epochs, curve, latest } = curvesOf(await this.points(id), metrics[0], record.stepsPerEpoch)
    const summary = await summaryOf(this.path(id), record)
    return {
      summary,
      project: record.project,
      plan: planOf(this.path(id), record, metrics),
      epochs,
      steps: curve.points(),
      latest,
      end: endOf(this.path(id), record, summary),
      test: record.figures.test ?? null,
    }
  }

  /** The project as it was when the run started, with absolute paths, and its id. */
  async project(id: string): Promise<{ project: Project; document: string; startedAt: string }> {
    const opened = await openRun(this.path(id))
    const { document, startedAt } = await summaryOf(opened.folder, opened.record)
    return { project: absoluteDataPaths(opened.record.project, projectFolderOf(opened)), document, startedAt }
  }

  /** Adds test-set figures to the record of an ended run. */
  async writeTest(id: string, test: Figures): Promise<void> {
    const { record } = await openRun(this.path(id))
    await RunFolder.at(this.path(id)).writeRecord({ ...record, figures: { ...record.figures, test } })
  }

  /** Whether any run belongs to this project. */
  async hasRunsOf(document: string): Promise<boolean> {
    return (await this.list()).runs.some((run) => run.document === document)
  }

  /** All log points of the run. */
  points(id: string): Promise<LogPoint[]> {
    return readMetrics(this.path(id))
  }

  async remove(id: string): Promise<void> {
    await makeFolder(join(this.folder, TRASH)).catch((error: unknown) => failMoving(id, this.path(id), error))
    await moving(id, this.path(id), this.#trashed(id))
    // The trash period starts now, not when the run was written.
    await utimes(this.#trashed(id), new Date(), new Date())
  }

  async restore(id: string): Promise<void> {
    await moving(id, this.#trashed(id), this.path(id))
  }

  /** Permanently deletes what has been in the trash for 30 days. */
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
    failMoving(id, from, error)
  }
}

function failMoving(id: string, from: string, error: unknown): never {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOENT') return fail('run-missing', 'gone', { id, received: code }, { file: from })
  const isClosed = code === 'EROFS' || code === 'EACCES' || code === 'EPERM'
  return fail('run-write', isClosed ? 'not-allowed' : 'in-use', { id, received: code ?? String(error) }, { file: from })
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

/** The points of a log in the form the screens show. */
export function curvesOf(points: readonly LogPoint[], metric: string | undefined, stepsPerEpoch: number) {
  const curve = new StepCurve(metric, stepsPerEpoch)
  const epochs: EpochEvent[] = []
  let latest: StepEvent | null = null
  for (const point of points) {
    if (point.event === 'step') curve.add((latest = withNumbers(point)))
    else epochs.push(point)
  }
  return { curve, epochs, latest }
}

function stateOf({ state, reason }: RunRecord): RunState {
  if (state === 'running') return 'training'
  return state === 'failed' || state === 'interrupted' ? state : (reason ?? state)
}

/** Null for a run that is finished or in progress, and if it has no complete checkpoint. */
async function unfinishedOf(folder: string, { state, project, stepsPerEpoch }: RunRecord) {
  if (state === 'completed' || state === 'running') return null
  const checkpoint = await checkpointOf(folder)
  return checkpoint === undefined
    ? null
    : { ...checkpoint, share: shareOf(checkpoint.step, project.training.epochs, stepsPerEpoch) }
}

/** Completed steps as a share of all planned epochs. */
export function shareOf(step: number, epochs: number, stepsPerEpoch: number): number {
  return Math.min(1, step / Math.max(1, epochs * stepsPerEpoch))
}

async function summaryOf(folder: string, record: RunRecord): Promise<RunSummary> {
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
    unfinished: await unfinishedOf(folder, record),
    task: project.task,
    images: sampleKind(record.data.facts.sample) === 'image',
    ...withUnit(record.data.facts),
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
    ...withUnit(record.data.facts),
  }
}

function endOf(folder: string, record: RunRecord, { unfinished }: RunSummary): FinishedEvent | ErrorEvent | null {
  const checkpoint = unfinished === null ? {} : { checkpoint: unfinished }
  if (record.state === 'running') return null
  if (record.state === 'failed' || record.state === 'interrupted') {
    const problems = record.problems ?? []
    const [first] = problems
    return {
      event: 'error',
      code: first?.code ?? 'engine-died',
      message: first?.message ?? '',
      fix: first?.fix ?? '',
      problems,
      run: folder,
      ...(record.state === 'interrupted' && { interrupted: true as const }),
      ...checkpoint,
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
    ...checkpoint,
  }
}

/** JSON writes NaN as null. */
function withNumbers(event: StepEvent): StepEvent {
  const withNaN = (values: readonly (number | null)[]) => values.map((value) => value ?? NaN)
  return { ...event, losses: withNaN(event.losses), ...(event.metrics && { metrics: withNaN(event.metrics) }) }
}
