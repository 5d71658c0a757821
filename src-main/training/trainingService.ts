/** Runs at most one training at a time for all windows of the host; it continues when no window is open. */
import { fail, ProblemError } from '#core/problems/problem'
import type { Project } from '#core/graph/project'
import type { RunEvent } from '#core/runs/events'
import type { DamagedRun, RunRecordView, RunSummary, RunUpdate, TestMeasurement } from '#core/rpc/contract/run'
import type { EngineHost } from '../engine/host/host'
import type { ContinuedRun } from '../engine/messages'
import { documentIdOf } from '../project/documentId'
import type { Activities } from '../desktop/activities'
import { pointsUpTo } from '../runs/metricsLog'
import { endNotice } from './endNotice'
import { LiveRun } from './liveRun'
import { RunFeed } from './runFeed'
import type { RunLibrary } from './runLibrary'

/** Milliseconds that quitting waits for a run to save its state. */
const STOP_PATIENCE = 10_000

export class TrainingService {
  #run: LiveRun | undefined
  #starting = false
  readonly #feed = new RunFeed()

  constructor(
    private readonly engine: EngineHost,
    private readonly library: RunLibrary,
    private readonly activities: Activities,
  ) {}

  /** @throws ProblemError `run-busy` while a run is in progress */
  async start(project: Project, projectFolder: string): Promise<string> {
    return this.#begin(project.name, async () => {
      const id = await this.library.newId(project.name)
      const handle = this.engine.train({ project, projectFolder, out: this.library.path(id), sealed: true })
      return new LiveRun({ id, project, document: documentIdOf(project, projectFolder), handle })
    })
  }

  /** Resumes a past run from its last checkpoint. @throws ProblemError `run-busy`, and like opening a run */
  async continue(id: string, options: Omit<ContinuedRun, 'resume'>): Promise<void> {
    await this.#begin(id, async () => {
      const past = await this.library.open(id)
      const points = await this.library.points(id)
      const handle = this.engine.train({ ...options, resume: this.library.path(id) })
      return new LiveRun({
        id,
        project: past.project,
        document: past.summary.document,
        handle,
        past: { record: past, upTo: (step) => pointsUpTo(points, step) },
      })
    })
  }

  /** One run at a time. */
  async #begin(name: string, open: () => Promise<LiveRun>): Promise<string> {
    const current = this.#run
    if (this.#starting || (current !== undefined && !current.ended)) failBusy(current?.project.name ?? name)
    this.#starting = true
    try {
      const live = await open()
      this.#run = live
      this.#feed.publish({ type: 'record', record: live.record() })
      void this.#follow(live)
      return live.id
    } finally {
      this.#starting = false
    }
  }

  async pause(id: string): Promise<void> {
    const live = this.#running(id)
    live?.handle.pause()
    await live?.until((state) => state !== 'training')
  }

  async resume(id: string): Promise<void> {
    const live = this.#running(id)
    live?.handle.resume()
    await live?.until((state) => state !== 'paused')
  }

  /** Returns as soon as the engine has the request; `finished` settles when everything is written. */
  stop(id: string): void {
    this.#running(id)?.handle.stop()
  }

  setLearningRate(id: string, rate: number): void {
    this.#running(id)?.handle.setLearningRate(rate)
  }

  /** The current or last run of this host, and all later ones. */
  watchCurrent(signal: AbortSignal | undefined): AsyncGenerator<RunUpdate, void> {
    return this.#feed.subscribe(this.#run ? [{ type: 'record', record: this.#run.record() }] : [], signal)
  }

  /** One run until its end. */
  async *watch(id: string, signal: AbortSignal | undefined): AsyncGenerator<RunUpdate, void> {
    if (this.#run?.id !== id) {
      yield { type: 'record', record: await this.library.open(id) }
      return
    }
    for await (const update of this.watchCurrent(signal)) {
      if (update.type === 'record' ? update.record.summary.run !== id : update.run !== id) return
      yield update
      if (update.type === 'record' ? update.record.end !== null : isEnd(update.event)) return
    }
  }

  /** Runs on disk; the one in progress may not be there yet. */
  async list(): Promise<{ runs: RunSummary[]; damaged: DamagedRun[] }> {
    const { runs, damaged } = await this.library.list()
    const live = this.#run
    if (live === undefined || live.ended) return { runs, damaged }
    return { runs: [live.record().summary, ...runs.filter(({ run }) => run !== live.id)], damaged }
  }

  open(id: string): Promise<RunRecordView> | RunRecordView {
    return this.#run?.id === id && !this.#run.ended ? this.#run.record() : this.library.open(id)
  }

  /** Measures the best weights on the test set, which counts as a look at it; all windows then get the figures. */
  async measureTest(id: string): Promise<TestMeasurement> {
    const live = this.#running(id)
    if (live) failBusy(live.project.name)
    const { figures, samples, looks } = await this.engine.evaluate({ target: this.library.path(id), split: 'test' })
    await this.library.writeTest(id, figures)
    if (this.#run?.id === id) {
      this.#run.test = figures
      this.#feed.publish({ type: 'record', record: this.#run.record() })
    }
    return { figures, samples, looks: looks ?? null }
  }

  /** @throws ProblemError `run-busy` for the run in progress */
  async remove(id: string): Promise<void> {
    const live = this.#running(id)
    if (live) failBusy(live.project.name)
    await this.library.remove(id)
  }

  #running(id: string): LiveRun | undefined {
    return this.#run?.id === id && !this.#run.ended ? this.#run : undefined
  }

  async #follow(live: LiveRun): Promise<void> {
    const activity = this.activities.begin({ title: live.project.name, stop: () => stopAndWait(live) })
    for await (const event of live.handle.events) {
      live.take(event)
      // What a resumed run had beyond its checkpoint is discarded: the windows get a new record.
      if (event.event === 'start' && event.resumed) this.#feed.publish({ type: 'record', record: live.record() })
      else this.#feed.publish({ type: 'event', run: live.id, event })
      activity.progress(live.share)
      if (isEnd(event)) activity.end(endNotice(live.project.name, event))
    }
  }
}

function isEnd(event: RunEvent): boolean {
  return event.event === 'finished' || event.event === 'error'
}

async function stopAndWait(live: LiveRun): Promise<void> {
  live.handle.stop()
  const timer = setTimeout(() => live.handle.kill(), STOP_PATIENCE)
  try {
    await live.handle.finished
  } catch (error) {
    // The run's own failure is already reported by its last event.
    if (!(error instanceof ProblemError)) throw error
  } finally {
    clearTimeout(timer)
  }
}

function failBusy(name: string): never {
  return fail('run-busy', 'any', { name })
}
