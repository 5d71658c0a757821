/** The repairs that the window offers follow the document. */
// @vitest-environment happy-dom
import { createPinia } from 'pinia'
import { createApp, nextTick } from 'vue'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { parseProject } from '../../../../src-core/graph/parse'
import { useProblemList } from '../../../../src-renderer/editor/panels/problemListStore'
import { useProject } from '../../../../src-renderer/stores/projectStore'

const withoutOutput = {
  format: 'layerloom',
  version: 1,
  name: 'digits',
  task: 'classification',
  data: { source: { kind: 'builtin', name: 'mnist' } },
  graph: {
    nodes: [
      { id: 'input', kind: 'input' },
      { id: 'flatten', kind: 'flatten', position: [0, 80] },
      { id: 'fc', kind: 'linear', params: { outFeatures: 10 }, position: [0, 160] },
    ],
    edges: [
      { from: 'input', to: 'flatten' },
      { from: 'flatten', to: 'fc' },
    ],
  },
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('puts what a repair adds below the card where it stands now', async () => {
  const pinia = createPinia()
  createApp({}).use(pinia)
  const [project, problems] = [useProject(pinia), useProblemList(pinia)]
  project.open(parseProject(JSON.stringify(withoutOutput)).project!, null)
  project.sample = [1, 28, 28]
  const addedPlace = async () => {
    await nextTick()
    await vi.runAllTimersAsync()
    const fix = problems.items.flatMap(({ fixes }) => fixes).find(({ label }) => label.includes('Output'))!
    return JSON.stringify(fix.command).match(/"kind":"output".*?"position":(\[[^\]]*\])/)?.[1]
  }
  const before = await addedPlace()
  expect(before).toMatch(/^\[0,/)
  project.apply({ type: 'node.move', positions: { fc: [400, 160] } })
  expect(await addedPlace()).toBe(before!.replace('[0,', '[400,'))
})
