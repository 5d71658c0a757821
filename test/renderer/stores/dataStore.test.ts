/** When the window requests what the host knows about the open project's data. */
// @vitest-environment happy-dom
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { createPinia, type Pinia } from 'pinia'
import { createApp, nextTick } from 'vue'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Command } from '../../../src-core/graph/commands'
import { parseProject } from '../../../src-core/graph/parse'
import type { Client } from '../../../src-core/rpc/client'
import { useData } from '../../../src-renderer/stores/dataStore'
import { useProject } from '../../../src-renderer/stores/projectStore'
import { useRuns } from '../../../src-renderer/stores/runStore'

const file = resolve(import.meta.dirname, '../../../resources/projects/mnist-mlp.loom')
const digits = parseProject(readFileSync(file, 'utf8')).project!

function installedPinia(): Pinia {
  const pinia = createPinia()
  createApp({}).use(pinia)
  return pinia
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('requests again when the data settings or the task change, but not for edits of the network', async () => {
  const pinia = installedPinia()
  const prepare = vi.fn(async function* () {
    yield { type: 'progress', step: 'read', done: 0, total: 70_000, secondsLeft: null }
    yield { type: 'done', data: { shape: [1, 28, 28], facts: { sample: {}, target: {} } } }
  })
  const stray = vi.fn()
  // Like the real one, the client has a procedure for every name.
  useRuns(pinia).client = new Proxy(
    { data: { prepare } },
    { get: (known, name) => Reflect.get(known, name) ?? stray },
  ) as unknown as Client
  const project = useProject(pinia)
  useData(pinia)
  const questionsAfter = async (...commands: Command[]) => {
    for (const command of commands) expect(project.apply(command).problems).toEqual([])
    prepare.mockClear()
    await nextTick()
    await vi.runAllTimersAsync()
    return prepare.mock.calls.length
  }
  project.open(digits, null)
  expect(await questionsAfter()).toBe(1)
  const { facts } = project
  expect(facts).toBeDefined()
  expect(
    await questionsAfter(
      { type: 'node.add', kind: 'relu', position: [0, 0] },
      { type: 'training.set', settings: { batchSize: 7 } },
    ),
  ).toBe(0)
  expect(project.facts).toBe(facts)
  const split = { ...digits.data.split, validation: 0.2 }
  expect(await questionsAfter({ type: 'data.set', settings: { split } })).toBe(1)
  expect(await questionsAfter({ type: 'project.setTask', task: 'regression' })).toBe(1)
  project.open(digits, null)
  expect(await questionsAfter()).toBe(1)
  expect(stray).not.toHaveBeenCalled()
})

it('cancels a preparation, keeps what was known before, and resumes it', async () => {
  const pinia = installedPinia()
  let isEndless = false
  const signals: AbortSignal[] = []
  const prepare = vi.fn(async function* (_input: unknown, { signal }: { signal: AbortSignal }) {
    signals.push(signal)
    yield { type: 'progress', step: 'read', done: 10, total: 100, secondsLeft: 9 }
    if (isEndless) await new Promise(() => undefined)
    yield { type: 'done', data: { shape: [1, 28, 28], facts: { sample: {}, target: {} } } }
  })
  useRuns(pinia).client = { data: { prepare } } as unknown as Client
  const project = useProject(pinia)
  const data = useData(pinia)
  const pass = async () => {
    await nextTick()
    await vi.advanceTimersByTimeAsync(1000)
  }
  project.open(digits, null)
  await pass()
  const before = data.inspected
  isEndless = true
  project.apply({ type: 'data.set', settings: { split: { ...digits.data.split, seed: 3 } } })
  await pass()
  expect(data.building?.progress).toMatchObject({ done: 10, total: 100, secondsLeft: 9 })
  data.stop()
  expect([signals.at(-1)?.aborted, data.stopped, data.building, data.inspected]).toEqual([true, true, null, null])
  expect(data.shown).toBe(before)
  isEndless = false
  await data.inspect()
  expect([data.stopped, data.inspected !== null]).toEqual([false, true])
})
