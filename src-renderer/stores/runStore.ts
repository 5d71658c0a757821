/** The run that is going on or was the last to, followed over whatever connection there is, and what can be asked of it. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, type ComputedRef, type ShallowRef } from 'vue'
import type { Client } from '#core/rpc/client'
import { ProblemError, type Problem } from '#core/problems/problem'
import type { DeviceReport, RunUpdate } from '#core/rpc/contract/run'
import { applyUpdate, isLive, type RunView } from '../runs/runView'
import { failureText } from '../start/failureText'
import { showToast } from '../ui/toasts'
import { useProject } from './projectStore'

export type RunAction = 'start' | 'continue' | 'pause' | 'resume' | 'stop'

export const useRuns = defineStore('runs', () => {
  const client = shallowRef<Client | null>(null)
  const current = shallowRef<RunView | null>(null)
  /** Why the last start was refused. */
  const refusal = shallowRef<readonly Problem[]>([])
  const devices = shallowRef<readonly DeviceReport[]>([])
  const live = computed(() => (current.value !== null && isLive(current.value) ? current.value : null))
  const { asked, ...actions } = useRunActions({ client, live, refusal })

  /** Follows the runs over a connection until it ends; call it again with the next one. */
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
      // The connection ended, which its owner tells; the last picture stays.
    }
  }

  function take(update: RunUpdate): void {
    current.value = applyUpdate(current.value, update)
    if (update.type === 'record') refusal.value = []
  }

  return { client, current, live, asked, refusal, devices, attach, ...actions }
})

interface RunState {
  readonly client: ShallowRef<Client | null>
  readonly live: ComputedRef<RunView | null>
  readonly refusal: ShallowRef<readonly Problem[]>
}

/** What can be asked of the host: one thing at a time; a second press while it answers does nothing. */
function useRunActions({ client, live, refusal }: RunState) {
  const project = useProject()
  /** What the host was asked and has not answered. */
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

  /** Starts a run of the project as it is now. */
  async function start(): Promise<void> {
    const { project: document, file } = project
    if (document === null || live.value !== null) return
    refusal.value = []
    try {
      await ask('start', ({ run }) => run.start({ project: document, file: file?.id ?? null }))
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      refusal.value = error.problems
    }
  }

  /** Goes on with a run of the past, with its own settings; what keeps it from that is in `refusal`. */
  async function continueRun(
    run: string,
    options: { readonly epochs?: number; readonly force?: boolean } = {},
  ): Promise<void> {
    if (live.value !== null) return
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
    const run = live.value?.record.summary.run
    if (run !== undefined) await ask(action, (connected) => connected.run[action]({ run }))
  }

  async function setLearningRate(learningRate: number): Promise<void> {
    const run = live.value?.record.summary.run
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
