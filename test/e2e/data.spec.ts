/** The user's own data in the real built app: dropped on the window, inspected, and trained on. */
import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findFaintText, findOverflow, findUnnamed } from '../renderer/support/pageChecks'
import { atRest } from './support/atRest'
import { dropFiles } from './support/dropFiles'
import { writeFlats, writePictures } from './support/ownData'
import { startApp, type RunningApp } from './support/runningApp'

const TIMEOUT = 300_000
const screenshots = resolve(import.meta.dirname, '../screenshots/data')
let app: RunningApp

beforeAll(async () => {
  await mkdir(screenshots, { recursive: true })
  app = await startApp()
})
afterAll(() => app?.close())

async function openData(page: Page, template: string): Promise<void> {
  await page.getByTestId(`template-${template}`).click()
  await page.getByTestId('screen-model').waitFor()
  await page.getByTestId('rail-data').click()
  await page.getByTestId('split-bar').waitFor()
}

/** Accepts the proposal. */
async function useData(page: Page): Promise<void> {
  await page.getByTestId('import-use').click()
  await page.getByTestId('import-dialog').waitFor({ state: 'detached' })
  await page.getByTestId('split-bar').waitFor()
}

/** Trains to the end; returns the figure of the best epoch. */
async function train(page: Page, figure: string): Promise<number> {
  await page.getByTestId('rail-train').click()
  const status = page.getByTestId('train-status')
  await page.locator('[data-testid=train-start]:not([aria-disabled])').click()
  // Until then, the previous run is shown.
  await status.and(page.locator(':not([data-state=completed], [data-state=none])')).waitFor()
  await status.and(page.locator('[data-state=completed]')).waitFor({ timeout: TIMEOUT })
  const text = await page.getByTestId(figure).innerText()
  return Number(/\n([\d.]+)/.exec(text)?.[1])
}

/** Names and counts of the classes detected by the import. */
const foundClasses = async (page: Page): Promise<string[]> =>
  (await page.getByTestId('import-classes').locator('li').allInnerTexts()).map((text) => text.replace(/\s+/g, ' '))

describe('a folder of images', () => {
  it('is dropped, analyzed, fitted to the network, undone, and trained on', { timeout: TIMEOUT }, async () => {
    const folder = await writePictures(app.home, 60)
    const { page, complaints } = await app.open()
    await openData(page, 'mnist-cnn')
    await dropFiles(page, folder)
    await page.getByTestId('contact-sheet').waitFor()
    await expect.poll(() => page.getByTestId('import-dialog').locator('canvas').count()).toBe(24)
    await expect.poll(() => foundClasses(page)).toEqual(['tulipes été 60', '玫瑰 60'])
    await page.screenshot({ path: join(screenshots, 'import-pictures.png') })
    await useData(page)

    await page.getByTestId('class-balance').getByText('玫瑰').waitFor()
    await expect
      .poll(() => page.getByTestId('split-bar').getAttribute('aria-label'))
      .toBe('Train 84, Validation 18, Test 18')
    await expect.poll(() => page.getByTestId('data-cache').innerText()).toMatch(/This project\s*\d+ KiB/)
    // An unknown figure is a dash, never empty.
    expect(await page.getByTestId('data-cache').innerText()).not.toMatch(/This project\s*0 B/)
    await expect.poll(() => page.getByTestId('data-checks').innerText()).toContain('No duplicates across splits')

    await page.keyboard.press('Control+z')
    await page.getByTestId('data-facts').getByText('MNIST').waitFor()
    await page.keyboard.press('Control+Shift+z')
    await page.getByTestId('data-facts').getByText('花卉 été').waitFor()
    expect(await train(page, 'metric-val-accuracy')).toBeGreaterThan(0.75)
    expect(complaints).toEqual([])
    await page.context().close()
  })
})

describe('a table', () => {
  it(
    'with missing cells and categories becomes a project that predicts its numbers',
    { timeout: TIMEOUT },
    async () => {
      const file = await writeFlats(app.home, 500)
      const { page, complaints } = await app.open()
      await page.getByTestId('start-own-data').waitFor()
      await dropFiles(page, file)
      await page.getByTestId('table-preview').waitFor()
      await expect.poll(() => page.getByTestId('dialect-delimiter').innerText()).toBe('Semicolon')

      await page.getByTestId('dialect-delimiter').click()
      await page.getByRole('option', { name: 'Comma' }).click()
      await page.getByTestId('column-Fläche;Stadt;Zimmer;Miete').waitFor()
      await page.getByTestId('dialect-delimiter').click()
      await page.getByRole('option', { name: 'Semicolon' }).click()
      await expect.poll(() => page.getByTestId('dialect-decimal').innerText()).toBe('Point')
      await page.getByTestId('dialect-decimal').click()
      await page.getByRole('option', { name: 'Comma' }).click()
      await page.getByTestId('dialect-decimal').getByText('Comma').waitFor()
      await page.getByTestId('dialect-decimal').click()
      await page.getByRole('option', { name: 'Point' }).click()
      await page.getByTestId('dialect-decimal').getByText('Point').waitFor()
      await page.getByTestId('role-Miete').click()
      await page.getByRole('option', { name: 'Label' }).click()
      await page.getByTestId('import-task').getByText('Regression').waitFor()
      await page.screenshot({ path: join(screenshots, 'import-table.png') })
      await useData(page)

      await expect.poll(() => page.getByTestId('data-checks').innerText()).toMatch(/\d+ missing values in 2 columns/)
      await page.getByTestId('target-spread').waitFor()
      const words = page.getByTestId('file-format').getByRole('textbox', { name: 'Missing markers' })
      await expect.poll(() => words.inputValue()).toContain('NA, N/A, n.a., NaN, null, None, #N/A')
      const numbers = page.getByTestId('file-format').getByRole('textbox', { name: 'Missing values' })
      await numbers.fill('twelve')
      await numbers.press('Enter')
      await page.getByTestId('file-format').getByText('Enter numbers separated by commas').waitFor()
      await numbers.fill('-999, -1')
      await numbers.press('Enter')
      await page.getByTestId('file-format').scrollIntoViewIfNeeded()
      await page.screenshot({ path: join(screenshots, 'file-format.png') })
      await page.getByTestId('data-view').getByText('Columns').click()
      await expect.poll(() => page.getByTestId('type-Stadt').innerText()).toBe('Categorical')
      // The rents deviate from their mean by 350 on average.
      expect(await train(page, 'metric-val-mae')).toBeLessThan(100)
      expect(complaints).toEqual([])
      await page.context().close()
    },
  )
})

describe('mails', () => {
  it('are distinguished from spam: over 95 % of the held-out ones', { timeout: TIMEOUT }, async () => {
    const { page, complaints } = await app.open()
    await openData(page, 'spam')
    await page.getByTestId('text-list').getByRole('option').first().waitFor()
    await expect.poll(() => page.getByTestId('step-list').innerText()).toContain('Vocabulary')
    expect(await train(page, 'metric-val-accuracy')).toBeGreaterThan(0.95)
    expect(complaints).toEqual([])
    await page.context().close()
  })
})

describe('the Data screen', () => {
  it('keeps the test set sealed, and counts when it is opened', { timeout: TIMEOUT }, async () => {
    const { page } = await app.open()
    await openData(page, 'penguins')
    const looks = page.getByTestId('test-looks')
    await expect.poll(() => looks.innerText()).toBe('test set hidden, not used yet')
    await page.getByTestId('sample-split').getByText('Test').click()
    await page.getByText('The test set is hidden').waitFor()
    await page.getByTestId('open-test').click()
    await page.getByTestId('row-table').locator('tbody tr').first().waitFor()
    await expect.poll(() => looks.innerText()).toBe('test set used once')
    await page.context().close()
  })

  it(
    'can be navigated by keyboard: regions, samples, and the effect of the steps on one',
    { timeout: TIMEOUT },
    async () => {
      const { page } = await app.open()
      await openData(page, 'mnist-mlp')
      await page.getByTestId('image-sheet').getByRole('option').first().waitFor()
      const region = () =>
        page.evaluate(() => document.activeElement?.closest<HTMLElement>('[data-region]')?.dataset.region)
      await page.getByTestId('rail-data').focus()
      const passed = []
      for (let i = 0; i < 3; i++) {
        await page.keyboard.press('F6')
        passed.push(await region())
      }
      expect(passed).toEqual(['left', 'center', 'right'])
      const tile = page.getByTestId('image-sheet').getByRole('option', { selected: true })
      await tile.focus()
      await page.keyboard.press('ArrowRight')
      await page.keyboard.press('ArrowDown')
      const name = await tile.textContent()
      expect(await tile.evaluate((chosen) => chosen === document.activeElement)).toBe(true)
      const index = /\d+$/.exec(name ?? '')?.[0]
      expect(Number(index)).toBeGreaterThan(5)
      await page.getByText(`Sample ${index}, step by step`).waitFor()
      await page.context().close()
    },
  )

  it('changes steps by keyboard, shows their effect, and undoes it', { timeout: TIMEOUT }, async () => {
    const { page } = await app.open()
    await openData(page, 'penguins')
    const names = () => page.getByTestId('step-list').locator('.step-name').allInnerTexts()
    await expect.poll(() => names()).toEqual(['Read: Table', 'Fill missing', 'Standardize', 'One-hot'])
    await page.getByTestId('add-step').click()
    await page.getByRole('menuitem', { name: /^Clip outliers/ }).click()
    await page.locator('.step-name', { hasText: 'Clip outliers' }).focus()
    await page.keyboard.press('Alt+ArrowUp')
    await page.keyboard.press('Alt+ArrowUp')
    await expect.poll(() => names()).toEqual(['Read: Table', 'Fill missing', 'Clip outliers', 'Standardize', 'One-hot'])
    await expect.poll(() => page.getByTestId('step-list').locator('.step-row').nth(2).innerText()).toMatch(/KiB/)
    await page.keyboard.press('Delete')
    await expect.poll(() => names()).toEqual(['Read: Table', 'Fill missing', 'Standardize', 'One-hot'])
    for (let i = 0; i < 4; i++) await page.keyboard.press('Control+z')
    await expect.poll(() => names()).toEqual(['Read: Table', 'Fill missing', 'Standardize', 'One-hot'])
    await expect.poll(() => page.getByRole('button', { name: 'Undo' }).getAttribute('aria-disabled')).toBe('true')
    await page.context().close()
  })

  it(
    'fits the smallest window in both themes and languages, with every control labeled',
    { timeout: TIMEOUT },
    async () => {
      for (const language of ['en', 'zh-CN'] as const) {
        const { page } = await app.open({ language })
        await openData(page, 'mnist-cnn')
        for (const [theme, width, height] of [
          ['dark', 1440, 900],
          ['light', 1024, 700],
        ] as const) {
          await page.setViewportSize({ width, height })
          await page.emulateMedia({ colorScheme: theme })
          await atRest(page)
          await page.getByTestId('class-balance').waitFor()
          await page.getByTestId('image-sheet').locator('canvas').first().waitFor()
          await page.screenshot({ path: join(screenshots, `mnist-${theme}-${language}-${width}.png`) })
          expect([await findUnnamed(page), await findOverflow(page), await findFaintText(page)]).toEqual([[], [], []])
          await page.keyboard.press('Control+i')
          await page.getByTestId('set-cifar10').waitFor()
          await page.screenshot({ path: join(screenshots, `import-${theme}-${language}-${width}.png`) })
          expect([await findUnnamed(page), await findOverflow(page), await findFaintText(page)]).toEqual([[], [], []])
          await page.keyboard.press('Escape')
          await page.getByTestId('import-dialog').waitFor({ state: 'detached' })
        }
        await page.context().close()
      }
    },
  )
})
