/** The fixes offered in the window follow the document, and a requested one is applied. */
// @vitest-environment happy-dom
import { effectScope, nextTick } from 'vue'
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import { handleShortcut } from '../../../src-renderer/commands/useCommands'
import { useProblemList } from '../../../src-renderer/stores/problemListStore'
import { useProblemWatch } from '../../../src-renderer/editor/panels/useProblemWatch'
import { openGraph } from '../editor/openGraph'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Without an Output. */
function openProject() {
  const { app, pinia, project } = openGraph(
    [
      { id: 'input', kind: 'input' },
      { id: 'flatten', kind: 'flatten', position: [0, 80] },
      { id: 'fc', kind: 'linear', params: { outFeatures: 10 }, position: [0, 160] },
    ],
    [
      { from: 'input', to: 'flatten' },
      { from: 'flatten', to: 'fc' },
    ],
  )
  project.sample = [1, 28, 28]
  return { app, project, problems: useProblemList(pinia) }
}

it("places layers added by a fix below the card's current position", async () => {
  const { project, problems } = openProject()
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

it('applies a fix requested before it is computed, unless something is edited in between', async () => {
  const { app, project, problems } = openProject()
  const scope = effectScope()
  onTestFinished(() => scope.stop())
  app.runWithContext(() => scope.run(useProblemWatch))
  const press = (key: string, init: KeyboardEventInit = {}) =>
    handleShortcut(new KeyboardEvent('keydown', { key, ...init }))
  const outputs = () => project.project!.graph.nodes.filter(({ kind }) => kind === 'output').length
  const askAtOnce = async () => {
    await nextTick()
    press('F8')
    expect(problems.items[0]!.fixes).toEqual([])
    press('.', { ctrlKey: true })
    await nextTick()
    expect(outputs()).toBe(0)
  }
  await askAtOnce()
  await vi.runAllTimersAsync()
  expect(outputs()).toBe(1)

  project.undo()
  await askAtOnce()
  project.apply({ type: 'node.move', positions: { fc: [400, 160] } })
  await vi.runAllTimersAsync()
  expect(outputs()).toBe(0)
})
