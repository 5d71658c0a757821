/** When the host is asked what it knows of the open project's data. */
// @vitest-environment happy-dom
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { createPinia } from 'pinia'
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

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('asks again when the data settings or the task change, and not for edits of the network', async () => {
  const pinia = createPinia()
  createApp({}).use(pinia)
  const prepare = vi.fn(async function* () {
    yield { type: 'progress', step: 'read', done: 0, total: 70_000, secondsLeft: null }
    yield { type: 'done', data: { shape: [1, 28, 28], facts: { sample: {}, target: {} } } }
  })
  const stray = vi.fn()
  // As the real one, the client has a procedure for every name.
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
