/** The outline in real Chromium, without a mouse: a whole network from scratch, and every edit of it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { analyze } from '#core/compiler/analyze'
import { digits, digitsProject, soundLines } from '../core/compiler/networks'
import { startStage, type StageHost } from '../renderer/editor/panels/stage/openStage'
import { unequal, blocked, withStage, shapeOf, focusedId } from '../renderer/editor/panels/stage/panelTest'

let host: StageHost

beforeAll(async () => {
  host = await startStage()
}, 180_000)

afterAll(() => host?.close())

describe('the outline', () => {
  it('builds a network from scratch without a mouse', () =>
    withStage(host, digitsProject([]), async (stage) => {
      const { page } = stage
      await page.getByRole('tree').focus()
      for (const kind of ['Input', 'Conv2d', 'ReLU', 'Flatten', 'Linear', 'Output']) {
        await page.keyboard.press('a')
        await page.keyboard.type(kind)
        await page.keyboard.press('Enter')
        await page.getByTestId('quick-pick').waitFor({ state: 'detached' })
      }
      const { graph } = await stage.project()
      expect(graph.nodes.map(({ kind }) => kind)).toEqual(['input', 'conv2d', 'relu', 'flatten', 'linear', 'output'])
      expect(graph.edges).toHaveLength(5)
      // The last Linear needs ten units: select it, go to the inspector, set it, and return.
      await page.keyboard.press('ArrowUp')
      await page.keyboard.press('Enter')
      await page.keyboard.press('Control+A')
      await page.keyboard.type('10')
      await page.keyboard.press('Enter')
      await page.keyboard.press('Escape')
      await expect.poll(() => focusedId(page)).toBe('outline-linear1')
      const report = analyze(await stage.project(), [1, 28, 28], digits)
      expect(report.problems).toEqual([])
      await expect.poll(() => shapeOf(page, 'output')).toBe('N×10')
    }))

  it('connects, disconnects, renames, moves and deletes by keyboard', () =>
    withStage(host, digitsProject(soundLines), async (stage) => {
      const { page } = stage
      await page.locator('[data-testid="outline-conv1"]').focus()
      // A second path around the activation: Add after it, reading conv1 as well.
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('a')
      await page.keyboard.type('add')
      await page.keyboard.press('Enter')
      await page.locator('[data-testid="outline-conv1"]').focus()
      await page.keyboard.press('c')
      await page.keyboard.type('add1.b')
      await page.keyboard.press('Enter')
      expect((await stage.project()).graph.edges).toContainEqual({ from: 'conv1', to: 'add1', port: 'b' })
      await page.keyboard.press('c')
      await page.keyboard.type('add1.b')
      await page.keyboard.press('Enter')
      expect((await stage.project()).graph.edges).not.toContainEqual({ from: 'conv1', to: 'add1', port: 'b' })
      await page.keyboard.press('F2')
      await page.keyboard.press('Control+A')
      await page.keyboard.type('stem')
      await page.keyboard.press('Enter')
      await expect.poll(() => focusedId(page)).toBe('outline-stem')
      await page.locator('[data-testid="outline-add1"]').focus()
      await page.keyboard.press('Delete')
      expect(analyze(await stage.project(), [1, 28, 28], digits).problems).toEqual([])
      await page.locator('[data-testid="outline-relu1"]').focus()
      await page.keyboard.press('Alt+ArrowUp')
      expect((await stage.project()).graph.edges).toContainEqual({ from: 'relu1', to: 'stem', port: 'x' })
      await expect.poll(() => focusedId(page)).toBe('outline-relu1')
      expect(analyze(await stage.project(), [1, 28, 28], digits).problems).toEqual([])
    }))

  it('explains why a connection is impossible and offers none that would create a cycle', () =>
    withStage(host, digitsProject(soundLines), async (stage) => {
      const { page } = stage
      await page.locator('[data-testid="outline-fc"]').focus()
      await page.keyboard.press('c')
      const option = page.getByRole('option', { name: /conv1/ })
      await expect.poll(() => option.getAttribute('aria-disabled')).toBe('true')
      await expect.poll(() => option.textContent()).toContain('would form a cycle')
      await page.keyboard.press('Escape')
      await expect.poll(() => focusedId(page)).toBe('outline-fc')
    }))

  it('opens blocks as branches of the tree and edits inside them', () =>
    withStage(host, blocked, async (stage) => {
      const { page } = stage
      const block = page.locator('[data-testid="outline-block1"]')
      await block.focus()
      await expect.poll(() => block.getAttribute('aria-expanded')).toBe('false')
      await page.keyboard.press('ArrowRight')
      await page.keyboard.press('ArrowRight')
      await page.keyboard.press('ArrowDown')
      const inner = page.locator('[data-testid="outline-conv1"]')
      await expect.poll(() => inner.getAttribute('aria-level')).toBe('2')
      await page.keyboard.press('a')
      await page.keyboard.type('batchnorm2d')
      await page.keyboard.press('Enter')
      const names = (await stage.project()).graph.nodes
        .find(({ id }) => id === 'block1')!
        .graph!.nodes.map(({ id }) => id)
      expect(names).toContain('norm1')
      await page.keyboard.press('ArrowLeft')
      await expect.poll(() => focusedId(page)).toBe('outline-block1')
      await page.keyboard.press('ArrowLeft')
      await expect.poll(() => block.getAttribute('aria-expanded')).toBe('false')
    }))

  it('selects several layers with Shift and removes them as one edit', () =>
    withStage(host, digitsProject(soundLines), async (stage) => {
      const { page } = stage
      await page.locator('[data-testid="outline-conv1"]').focus()
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Shift+ArrowUp')
      const chosen = page.locator('[role="treeitem"][aria-selected="true"]')
      expect(await chosen.evaluateAll((rows) => rows.map((row) => row.getAttribute('data-key')))).toEqual([
        'conv1',
        'relu1',
      ])
      await page.keyboard.press('Delete')
      const { graph } = await stage.project()
      expect(graph.nodes.map(({ id }) => id)).toEqual(['input', 'flatten', 'fc', 'output'])
      expect(graph.edges).toContainEqual({ from: 'input', to: 'flatten', port: 'x' })
    }))

  it('announces name, kind, sources, shape and problems to a screen reader', () =>
    withStage(host, unequal, async (stage) => {
      const label = await stage.page.locator('[data-testid="outline-add1"] > .visually-hidden').innerText()
      expect(label).toBe('add1, Add, reads a conv2, b conv1, output N×32×26×26, 1 error')
    }))
})
