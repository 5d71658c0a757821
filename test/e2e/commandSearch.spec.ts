/** Ctrl K in the real built app: settings, runs, templates, language, theme and export. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { node } from './support/editorPage'
import { startApp, type RunningApp } from './support/runningApp'

let app: RunningApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app?.close())

describe('the global search', () => {
  it(
    'finds settings, runs, templates, language, theme and export, in both languages',
    { timeout: 240_000 },
    async () => {
      const { page, context, complaints } = await app.open()
      page.setDefaultTimeout(20_000)
      const search = async (query: string, found: string): Promise<void> => {
        await page.keyboard.press('Control+k')
        await page.locator('.command-palette input').fill(query)
        await page.locator('.command-palette [role=option][aria-selected=true]', { hasText: found }).waitFor()
        await page.keyboard.press('Enter')
        await page.locator('.command-palette').waitFor({ state: 'detached' })
      }
      const focused = (): Promise<string | null> =>
        page.evaluate(() => {
          const row = document.activeElement?.closest('.form-row')
          return row?.querySelector('label')?.textContent?.trim() ?? null
        })
      await page.getByTestId('template-mnist-mlp').waitFor()
      await search('template 感知机', 'MNIST MLP')
      await node(page, 'fc1').click()
      await search('output features', 'fc1')
      await expect.poll(focused).toBe('Output features')
      await search('学习率', 'Learning rate')
      await page.getByTestId('screen-train').waitFor()
      await expect.poll(focused).toBe('Learning rate')
      await search('momentum', 'Momentum')
      await expect.poll(focused).toBe('Momentum')
      await search('epochs', 'Epochs')
      await expect.poll(focused).toBe('Epochs')
      await page.keyboard.type('1')
      await page.keyboard.press('Enter')
      await page.locator('[data-testid=train-start]:not([aria-disabled])').click()
      await page.locator('[data-testid=train-status][data-state=completed]').waitFor({ timeout: 120_000 })
      await search('run mnist', 'Run: MNIST')
      await page.getByTestId('screen-runs').waitFor()
      expect(new URL(page.url()).hash).toMatch(/^#\/runs\/./)
      await search('dark', 'Theme: Dark')
      await expect.poll(() => page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark')
      await search('language 简体', '简体中文')
      await expect.poll(() => page.evaluate(() => document.documentElement.lang)).toBe('zh-CN')
      await search('learning rate', '学习率')
      await expect.poll(focused).toBe('学习率')
      await page.keyboard.press('Control+k')
      await page.locator('.command-palette input').fill('导出')
      await page.locator('.command-palette [role=option]', { hasText: 'ONNX' }).waitFor()
      expect(complaints).toEqual([])
      await context.close()
    },
  )
})
