/**
 * Figures and settings on the Train screen of a regression: one value per name, none of them hidden, and no value used
 * that was not entered.
 */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { findOverflow } from '../renderer/support/pageChecks'
import { dropFiles } from './support/dropFiles'
import { inState, setNumber, shoot, startTrainFixture, type TrainFixture } from './trainFixture'

const TIMEOUT = 300_000
/** Largest and smallest window, in both languages. */
const looks = (['en', 'zh-CN'] as const).flatMap((language) => [
  { language, width: 1440, height: 900 },
  { language, width: 1024, height: 700 },
])
let fixture: TrainFixture

beforeAll(async () => {
  fixture = await startTrainFixture()
}, 180_000)
afterAll(() => fixture?.close())

/** Figures in the table of the best epoch that are not fully visible. */
function hiddenFigures(): string[] {
  const table = document.querySelector('[data-testid=best-figures]')!
  const seen = table.parentElement!.getBoundingClientRect()
  return [...table.querySelectorAll('tbody td')].flatMap((cell) => {
    const { left, right, top, bottom } = cell.getBoundingClientRect()
    const cut = cell.scrollWidth > cell.clientWidth + 1
    const outside = left < seen.left || right > seen.right + 0.5 || top < seen.top || bottom > seen.bottom + 0.5
    return cut || outside ? [cell.textContent.trim()] : []
  })
}

const text = (page: Page, id: string) => page.getByTestId(id).innerText()

it(
  'a rejected value stays red, is explained next to Start, outlives its field, and no run uses another',
  { timeout: TIMEOUT },
  async () => {
    const { page, complaints } = await fixture.open({ template: 'cars-mpg', theme: 'dark' })
    const rate = page.getByTestId('learning-rate')
    const start = page.getByTestId('train-start')
    await setNumber(page, 'learning-rate', 100_000)
    await rate.getByText('Learning rate must be at most 1,000. Received 100000.').waitFor()
    await expect.poll(() => rate.locator('input').getAttribute('aria-invalid')).toBe('true')
    await page.locator('[data-testid=train-start][aria-disabled=true]').waitFor()
    await page.getByTestId('train-problems').getByText('must be at most 1,000').waitFor()
    const status = page.locator('.status-bar-problems')
    await expect.poll(() => status.innerText()).toBe('1 invalid value')
    await shoot(page, 'refused-dark-en-1440')
    await page.keyboard.press('Control+Enter')
    // On another screen the field is gone, but its rejected value is not.
    await page.getByTestId('rail-model').click()
    await page.getByTestId('screen-model').waitFor()
    await page.keyboard.press('Control+Enter')
    await page.getByTestId('rail-train').click()
    await expect.poll(() => rate.locator('input').inputValue()).toBe('100000')
    await expect.poll(() => page.getByTestId('train-status').getAttribute('data-state')).toBe('none')
    await page.getByTestId('train-problems').getByRole('button', { name: 'Keep 0.003' }).click()
    await page.locator('[data-testid=train-start]:not([aria-disabled])').waitFor()
    await expect.poll(() => status.innerText()).toBe('No problems')
    await expect.poll(() => rate.locator('input').inputValue()).toBe('0.003')
    // The same for a layer, whose form disappears when another one is selected.
    await page.getByTestId('rail-model').click()
    await page.getByTestId('node-fc1').click()
    const width = page.getByTestId('param-outFeatures').locator('input')
    await width.fill('0')
    await page.getByTestId('node-fc2').click()
    await expect.poll(() => width.inputValue()).toBe('32')
    await page.getByTestId('node-fc1').click()
    await expect.poll(() => width.inputValue()).toBe('0')
    await page.getByTestId('rail-train').click()
    await page.locator('[data-testid=train-start][aria-disabled=true]').waitFor()
    await page.getByTestId('train-problems').getByRole('button', { name: 'fc1' }).click()
    await page.getByTestId('param-outFeatures').getByRole('button', { name: 'Keep 32' }).click()
    await page.getByTestId('rail-train').click()
    await page.locator('[data-testid=train-start]:not([aria-disabled])').waitFor()
    await start.hover()
    expect(complaints).toEqual([])
    await page.context().close()
  },
)

it('header, log and chart end with the same figure, and the best epoch hides none', { timeout: TIMEOUT }, async () => {
  const { page } = await fixture.open({ template: 'cars-mpg' })
  await setNumber(page, 'epochs', 4)
  await page.keyboard.press('Control+Enter')
  await inState(page, 'completed').waitFor({ timeout: TIMEOUT })
  const last = (await text(page, 'train-log')).trim().split('\n').at(-1)!.split(/\s+/)
  expect(last[0]).toBe('4/4')
  await expect.poll(() => text(page, 'metric-train-loss')).toContain(last[3]!)
  await expect
    .poll(() => page.getByTestId('chart-loss').locator('.curve-chart-label.train').innerText())
    .toBe(`Train ${last[3]}`)
  await expect
    .poll(() => page.getByTestId('chart-metric').locator('.curve-chart-label.train').innerText())
    .toBe(`Train ${last[4]}`)
  await expect.poll(() => text(page, 'metric-val-mae')).toMatch(/\d\.\d{4} mpg/)
  await expect.poll(() => page.getByTestId('chart-metric').locator('h2').innerText()).toBe('MAE, mpg')
  // Nine steps per epoch: one point per epoch, no smoothing.
  await expect
    .poll(() => page.getByTestId('chart-loss').getByRole('radio', { name: 'Epoch' }).getAttribute('aria-checked'))
    .toBe('true')
  await page.context().close()
  for (const { language, width, height } of looks) {
    const { page: other } = await fixture.open({ ofRun: 'Cars', width, height, language, theme: 'dark' })
    await inState(other, 'completed').waitFor()
    await other.getByTestId('best-figures').waitFor()
    await shoot(other, `figures-dark-${language}-${width}`)
    expect(await other.evaluate(hiddenFigures), `${language} ${width}`).toEqual([])
    await other.context().close()
  }
})

/**
 * Labels of the charts that are not fully inside their chart or overlap its axis, and parts of the header that do not
 * fit.
 */
function cutLabels(): string[] {
  const labels = [...document.querySelectorAll('.curve-chart-label')].filter((label) => {
    const chart = label.closest('.curve-chart')!.getBoundingClientRect()
    const { right, bottom } = label.getBoundingClientRect()
    const axis = label.parentElement!.getBoundingClientRect().bottom
    // Some space remains next to a label, for figures of any length.
    return right > chart.right - 4 || bottom > axis
  })
  const parts = [...document.querySelectorAll('.run-head > *, .run-head-buttons > *')]
  const wide = parts.filter((part) => part.scrollWidth > part.clientWidth + 1)
  return [...labels, ...wide].map((element) => element.textContent.trim())
}

it(
  'figures in the thousands fit in the charts, the header of a run, and the best epoch on Runs',
  { timeout: TIMEOUT },
  async () => {
    const rows = Array.from({ length: 60 }, (_, at) => {
      const area = 60 + ((at * 37) % 90)
      return `${area},${1 + (at % 5)},${200_000 + area * 600 + ((at * 7919) % 9000)}`
    })
    const file = join(fixture.folder, 'houses.csv')
    await writeFile(file, ['area,rooms,price_in_euro', ...rows].join('\n'))
    const { page } = await fixture.start()
    await page.getByTestId('start-own-data').waitFor()
    await dropFiles(page, file)
    await page.getByTestId('import-task').getByText('Regression').waitFor()
    await page.getByTestId('import-use').click()
    await page.getByTestId('split-bar').waitFor()
    await page.getByTestId('rail-train').click()
    await setNumber(page, 'epochs', 12)
    await page.locator('[data-testid=train-start]:not([aria-disabled])').click()
    await inState(page, 'completed').waitFor({ timeout: TIMEOUT })
    await page.context().close()
    for (const { language, width, height } of looks) {
      const { page: other } = await fixture.open({ ofRun: 'houses', width, height, language })
      await inState(other, 'completed').waitFor()
      await other.locator('.curve-chart-label.val').nth(1).waitFor()
      await shoot(other, `houses-light-${language}-${width}`)
      expect(await findOverflow(other), `${language} ${width}`).toEqual([])
      expect(await other.evaluate(cutLabels), `${language} ${width}`).toEqual([])
      await other.getByTestId('rail-runs').click()
      await other.locator('[data-testid=runs-table] tbody tr').filter({ hasText: 'houses' }).click()
      await other.getByTestId('best-figures').waitFor()
      await shoot(other, `houses-runs-${language}-${width}`)
      expect(await other.evaluate(hiddenFigures), `runs ${language} ${width}`).toEqual([])
      await other.context().close()
    }
  },
)
