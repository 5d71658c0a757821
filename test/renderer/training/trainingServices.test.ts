/** What the user sees about a run once a lost host is back. */
// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { nextTick } from 'vue'
import { expect, it } from 'vitest'
import type { Client } from '../../../src-core/rpc/client'
import type { RunRecordView } from '../../../src-core/rpc/contract/run'
import type { RunState } from '../../../src-core/runs/runState'
import { useSession } from '../../../src-renderer/frame/sessionStore'
import { useRuns } from '../../../src-renderer/stores/runStore'
import { startTrainingServices } from '../../../src-renderer/training/trainingServices'
import { closeToast, toasts } from '../../../src-renderer/ui/toasts'
import { eventually } from '../../support/eventually'

/** Connects to a host with one run, and waits until the run is followed. */
async function hear(run: string, state: RunState): Promise<void> {
  const record = {
    summary: { run, name: 'Digits', state, epochsPlanned: 5 },
    plan: null,
    epochs: [],
    steps: { stride: 1, step: [], loss: [], metric: [], open: { count: 0, step: 0, loss: 0, metric: 0 } },
    latest: null,
    end: null,
  } as unknown as RunRecordView
  async function* watch() {
    yield { type: 'record', record }
  }
  const client = { run: { watch: async () => watch(), devices: async () => [], list: async () => ({ runs: [] }) } }
  useSession().hostLost = false
  startTrainingServices(client as unknown as Client)
  await eventually(() => expect(useRuns().followed?.record).toBe(record))
  await nextTick()
}

/** The messages if the host is lost while training the first run, and reports this one when it is back. */
async function saidAfter(run: string, state: RunState): Promise<string[]> {
  await hear('first', 'training')
  useSession().hostLost = true
  await nextTick()
  expect(toasts).toEqual([])
  await hear(run, state)
  const said = toasts.map(({ text }) => text)
  for (const { id } of [...toasts]) closeToast(id)
  return said
}

it('is that it continued if the host says so, and nothing if it is paused, has ended, or is a different run', async () => {
  setActivePinia(createPinia())
  expect(await saidAfter('first', 'training')).toEqual(['Reconnected: Digits is still training'])
  expect(await saidAfter('first', 'paused')).toEqual([])
  expect(await saidAfter('first', 'completed')).toEqual([])
  expect(await saidAfter('second', 'training')).toEqual([])
})
