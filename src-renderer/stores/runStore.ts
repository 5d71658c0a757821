/**
 * The runs of the open project: the current or newest one, followed across reconnections, and the actions available
 * on it. A run of another project may be in progress too; it is kept separate.
 */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue'
import { projectChanges } from '#core/graph/changes'
import type { Client } from '#core/rpc/client'
import { ProblemError, type Problem } from '#core/problems/problem'
import type { DeviceReport, RunSummary, RunUpdate } from '#core/rpc/contract/run'
import { isRunOf, runsOf } from '#core/runs/runsOf'
import { applyUpdate, isLive, viewOf, type RunView } from './runView'
import { throttled } from './throttled'
import { failureText } from '../i18n/failureText'
import { showToast } from '../ui/toasts'
import { useProject } from './projectStore'

export type RunAction = 'start' | 'continue' | 'pause' | 'resume' | 'stop'

/** Minimum milliseconds between two view updates: small runs do hundreds of epochs per second, too fast to read. */
const PICTURE_INTERVAL = 100

export const useRuns = defineStore('runs', () => {
  const client = shallowRef<Client | null>(null)
  /** The host's current or last run, of any project. */
  const followed = shallowRef<RunView | null>(null)
  /** Why the last start was rejected. */
  const refusal = shallowRef<readonly Problem[]>([])
  const devices = shallowRef<readonly DeviceReport[]>([])
  const going = computed(() => (followed.value !== null && isLive(followed.value) ? followed.value : null))
  const { asked, ...actions } = useRunActions({ client, going, refusal })
  const own = useOwnRuns(client, followed)

  /** Follows the runs over a connection until it ends; call again for the next one. */
  function attach(connected: Client): void {
    client.value = connected
    asked.value = null
    void follow(connected)
    connected.run
      .devices()
      .then((found) => (devices.value = found))
      .catch(() => undefined)
  }

  async function follow(connected: Client): Promise<void> {
    try {
      for await (const update of await connected.run.watch({ run: 'current' })) {
        if (client.value !== connected) return
        take(update)
      }
    } catch {
      // The connection ended, which its owner reports; the last view stays.
    }
  }

  const show = throttled((view: RunView | null) => (followed.value = view), PICTURE_INTERVAL)
  /** State after the newest update; `followed` may lag slightly. */
  let newest: RunView | null = null
  function take(update: RunUpdate): void {
    newest = applyUpdate(newest, update)
    if (update.type === 'record') refusal.value = []
    const isProgress = update.type === 'event' && ['step', 'epoch'].includes(update.event.event)
    show(newest, isProgress)
  }

  /** A run was deleted or restored. */
  async function refresh(removed: string | null = null): Promise<void> {
    if (followed.value?.record.summary.run === removed) show((newest = null))
    await own.load()
  }

  return { client, followed, going, asked, refusal, devices, attach, refresh, ...own, ...actions }
})

/** The runs of the open project; the newest is shown. */
function useOwnRuns(client: ShallowRef<Client | null>, followed: ShallowRef<RunView | null>) {
  const project = useProject()
  /** Of the open project, newest first; null until the host responds. */
  const listed = shallowRef<readonly RunSummary[] | null>(null)
  /** The newest run as stored on disk. */
  const kept = shallowRef<RunView | null>(null)

  const isOwn = (view: RunView | null): boolean =>
    view !== null && project.project !== null && isRunOf(project.project, view.record.summary)
  const current = computed(() => (isOwn(followed.value) ? followed.value : kept.value))
  const live = computed(() => (current.value !== null && isLive(current.value) ? current.value : null))
  /** A run of another project that is in progress. */
  const elsewhere = computed(() =>
    followed.value !== null && isLive(followed.value) && !isOwn(followed.value) ? followed.value : null,
  )
  /** How the project differs from what the run used. */
  const changes = computed(() =>
    current.value === null || project.project === null
      ? []
      : projectChanges(current.value.record.project, project.project),
  )

  let loads = 0
  async function load(): Promise<void> {
    const { project: document } = project
    const own = ++loads
    if (client.value === null || document === null) {
      listed.value = kept.value = null
      return
    }
    try {
      const found = runsOf(document, (await client.value.run.list()).runs)
      const newest = found[0]
      const isShown = newest !== undefined && newest.run === followed.value?.record.summary.run
      const view = newest === undefined || isShown ? null : viewOf(await client.value.run.open({ run: newest.run }))
      if (own !== loads) return
      listed.value = found
      kept.value = view
    } catch {
      // Without a connection the last view stays; an unreadable run is reported by the list of all runs.
    }
  }

  watch(
    () => [project.project?.id, project.project?.origin?.id] as const,
    () => {
      listed.value = kept.value = null
    },
    { flush: 'sync' },
  )
  watch(() => [project.project?.id, project.project?.origin?.id, followed.value?.record.summary.run] as const, load)
  // Not from a getter: Vue treats its return value as a promise if it has a `catch`, and a client has every name.
  watch(client, load, { immediate: true })
  watch(() => followed.value?.record.end, load)

  /** 1 for the first run of the project; the newest has the highest. */
  function numberOf(run: string): number {
    const all = listed.value ?? []
    const at = all.findIndex((summary) => summary.run === run)
    return at === -1 ? all.length + 1 : all.length - at
  }

  return { listed, current, live, elsewhere, changes, numberOf, load }
}

interface ActionContext {
  readonly client: ShallowRef<Client | null>
  readonly going: ComputedRef<RunView | null>
  readonly refusal: ShallowRef<readonly Problem[]>
}

/** Requests to the host, one at a time; a second press while one is pending is a no-op. */
function useRunActions({ client, going, refusal }: ActionContext) {
  const project = useProject()
  /** The request pending at the host. */
  const asked = ref<RunAction | null>(null)

  async function ask(action: RunAction, request: (connected: Client) => Promise<unknown>): Promise<void> {
    const connected = client.value
    if (connected === null || asked.value !== null) return
    asked.value = action
    try {
      await request(connected)
    } finally {
      if (client.value === connected) asked.value = null
    }
  }

  /** Starts a run of the project in its current state. */
  async function start(): Promise<void> {
    const { project: document, file } = project
    if (document === null || going.value !== null) return
    refusal.value = []
    try {
      await ask('start', ({ run }) => run.start({ project: document, file: file?.id ?? null }))
      project.markWorkedOn()
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      refusal.value = error.problems
    }
  }

  /** Resumes an earlier run with its own settings; if that fails, the reason is in `refusal`. */
  async function continueRun(
    run: string,
    options: { readonly epochs?: number; readonly force?: boolean } = {},
  ): Promise<void> {
    if (going.value !== null) return
    refusal.value = []
    try {
      await ask('continue', (connected) => connected.run.continue({ run, ...options }))
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      refusal.value = error.problems
      showToast({ tone: 'error', text: failureText(error) })
    }
  }

  async function steer(action: 'pause' | 'resume' | 'stop'): Promise<void> {
    const run = going.value?.record.summary.run
    if (run !== undefined) await ask(action, (connected) => connected.run[action]({ run }))
  }

  async function setLearningRate(learningRate: number): Promise<void> {
    const run = going.value?.record.summary.run
    if (run !== undefined) await client.value?.run.setLearningRate({ run, learningRate })
  }

  return {
    asked,
    start,
    continueRun,
    pause: () => steer('pause'),
    resume: () => steer('resume'),
    stop: () => steer('stop'),
    setLearningRate,
  }
}
