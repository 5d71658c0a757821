// @vitest-environment happy-dom
/** Which runs can be replayed. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { createPinia } from 'pinia'
import { createApp, effectScope } from 'vue'
import { expect, it } from 'vitest'
import { parseProject } from '#core/graph/parse'
import type { Client } from '#core/rpc/client'
import type { RunSummary } from '#core/rpc/contract/run'
import { useReplay } from '../../../src-renderer/augment/useReplay'
import { useProject } from '../../../src-renderer/stores/projectStore'
import { useRuns } from '../../../src-renderer/stores/runStore'
import { eventually } from '../../support/eventually'

const file = resolve(import.meta.dirname, '../../../resources/projects/mnist-mlp.loom')
const digits = { ...parseProject(readFileSync(file, 'utf8')).project!, id: 'the-digits' }

/** A finished run of the digits, with the given overrides. */
function run(name: string, said: Partial<RunSummary> = {}) {
  const startedAt = '2026-03-01T10:00:00Z'
  return { run: name, document: digits.id, startedAt, state: 'completed', epochsDone: 1, images: true, ...said }
}

const all = [
  run('begun', { state: 'training', epochsDone: 0, images: null }),
  run('without a batch', { state: 'failed', epochsDone: 0 }),
  run('of another project', { document: 'the-letters' }),
  run('on a table', { images: false }),
  run('finished'),
]

it('are those of the open project, on images, that have fed a batch; the newest is selected', async () => {
  const pinia = createPinia()
  createApp({}).use(pinia)
  useProject(pinia).open(digits, null)
  const open = async () => ({ project: digits, summary: all[0], steps: { step: [], loss: [], metric: [] } })
  useRuns(pinia).client = { run: { list: async () => ({ runs: all }), open } } as unknown as Client
  const scope = effectScope()
  const { list, run: chosen } = scope.run(() => useReplay(() => true))!
  await eventually(() => expect(list.value?.map(({ run: name }) => name)).toEqual(['begun', 'finished']))
  expect(chosen.value).toBe('begun')
  scope.stop()
})
