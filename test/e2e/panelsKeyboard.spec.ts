/**
 * The whole workflow without a mouse, in the real built app: an empty project, a network from the outline, an error and
 * its fix, training.
 */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { canvasReady, shoot } from './support/editorPage'
import { startApp, type RunningApp } from './support/runningApp'

let app: RunningApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app?.close())

const focusedId = (page: Page): Promise<string | null | undefined> =>
  page.evaluate(() => document.activeElement?.getAttribute('data-testid'))

/** Presses Tab until the element with this test id, or one inside it, has the focus. */
async function tabTo(page: Page, id: string, most = 60): Promise<void> {
  for (let presses = 0; presses < most; presses++) {
    const isThere = await page.evaluate(
      (wanted) => document.activeElement?.closest(`[data-testid="${wanted}"]`) !== null,
      id,
    )
    if (isThere) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not reach ${id}`)
}

async function add(page: Page, kind: string): Promise<void> {
  await page.keyboard.press('a')
  await page.getByTestId('quick-pick').waitFor()
  await page.keyboard.type(kind)
  await page.keyboard.press('Enter')
  await page.getByTestId('quick-pick').waitFor({ state: 'detached' })
}

describe('the keyboard alone', () => {
  it('builds a network from scratch, fixes it, and trains it', { timeout: 300_000 }, async () => {
    const { page, complaints } = await app.open()
    await page.getByTestId('template-empty').waitFor()
    await tabTo(page, 'template-mnist-cnn')
    for (let presses = 0; presses < 12 && (await focusedId(page)) !== 'template-empty'; presses++) {
      await page.keyboard.press('ArrowRight')
    }
    await page.keyboard.press('Enter')
    await canvasReady(page)
    await page.keyboard.press('Alt+o')
    await page.getByTestId('outline').waitFor()
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('tree')
    for (const kind of ['Input', 'Conv2d', 'ReLU', 'MaxPool2d', 'Flatten', 'Linear', 'Output']) await add(page, kind)
    await expect.poll(() => focusedId(page)).toBe('outline-output')
    await expect.poll(() => page.getByTestId('outline-flatten1').getAttribute('data-shape')).toBe('N×2704')
    await shoot(page, 'outline')

    // 128 units for ten classes: the problem reports it, F8 goes there, Ctrl+. fixes it.
    await page.getByTestId('dock').getByText('ends in 128 units').waitFor()
    await page.keyboard.press('F8')
    await page.locator('[aria-live="polite"]', { hasText: 'ends in 128 units' }).waitFor({ state: 'attached' })
    await page.keyboard.press('Control+.')
    await expect.poll(() => page.getByTestId('outline-output').getAttribute('data-shape')).toBe('N×10')

    // A kernel that is too large, typed into the inspector and undone.
    await page.keyboard.press('Home')
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => focusedId(page)).toBe('outline-conv1')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Control+a')
    await page.keyboard.type('2*4')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.getByTestId('outline-conv1').getAttribute('data-shape')).toBe('N×8×26×26')
    await page.keyboard.press('Escape')
    await expect.poll(() => focusedId(page)).toBe('outline-conv1')
    await shoot(page, 'outline-repaired')

    await page.keyboard.press('Control+Enter')
    const status = page.getByTestId('train-status')
    await status.waitFor()
    const accuracy = page.getByTestId('metric-val-accuracy')
    await expect.poll(() => accuracy.innerText(), { timeout: 300_000, interval: 500 }).toMatch(/0\.9\d{3}/)
    await tabTo(page, 'train-stop')
    await page.keyboard.press('Enter')
    await page.locator('[data-testid="train-status"]:not([data-state="training"])').waitFor()
    expect(complaints).toEqual([])
  })

  it('moves the focus from the outline to the canvas and back, with the same layer selected', async () => {
    const { page, complaints } = await app.open({ theme: 'dark', language: 'zh-CN' })
    await page.getByTestId('template-mnist-cnn').click()
    await canvasReady(page)
    await page.keyboard.press('Alt+o')
    await expect.poll(() => focusedId(page)).toBe('outline-input')
    for (let presses = 0; presses < 5; presses++) await page.keyboard.press('ArrowDown')
    await expect.poll(() => focusedId(page)).toBe('outline-relu2')
    await shoot(page, 'outline-zh-dark')
    await page.keyboard.press('Alt+o')
    await page.getByTestId('canvas').waitFor()
    expect(await page.getByTestId('outline').count()).toBe(0)
    await page.locator('.layer-card.selected[data-testid="node-relu2"]').waitFor()
    await expect.poll(() => focusedId(page)).toBe('canvas')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Alt+o')
    await expect.poll(() => focusedId(page)).toBe('outline-pool2')
    // Copy and paste work as on the canvas.
    await page.keyboard.press('Control+c')
    await page.keyboard.press('Control+v')
    await page.getByTestId('outline-pool3').waitFor()
    expect(complaints).toEqual([])
  })
})
