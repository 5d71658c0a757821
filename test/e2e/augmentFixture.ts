/** User actions on the Augment screen, and what it shows, for end-to-end tests. */
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright-core'

/** Opens the screen and waits for the first images. */
export async function openAugment(page: Page): Promise<void> {
  await page.getByTestId('rail-augment').click()
  await answered(page)
}

/** Waits until the screen reflects the last change. */
export async function answered(page: Page): Promise<void> {
  await page.locator('[data-testid=draw-sheet][aria-busy=false]').waitFor()
}

/** Adds a step from the menu; it opens in place. */
export async function addStep(page: Page, title: string): Promise<void> {
  await page.getByTestId('add-transform').click()
  await page.getByRole('menuitem', { name: title }).first().click()
  await page.getByRole('menu').waitFor({ state: 'detached' })
}

/** Names of the steps, in order. */
export const stepNames = (page: Page): Promise<string[]> =>
  page.getByTestId('transform-list').locator('.step-name').allInnerTexts()

/** Every pixel of the sheet, tile by tile, as gray values. */
export async function sheetPixels(page: Page): Promise<number[][]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLCanvasElement>('[data-testid=draw-sheet] canvas')].map((canvas) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
      return Array.from({ length: data.length / 4 }, (_, i) => data[4 * i]!)
    }),
  )
}

/** The captions below the images of the strip. */
export const stripWords = (page: Page): Promise<string[]> =>
  page.getByTestId('step-strip').locator('figcaption').allInnerTexts()

const screenshots = resolve(import.meta.dirname, '../screenshots/augment')

export async function shoot(page: Page, name: string): Promise<void> {
  mkdirSync(screenshots, { recursive: true })
  await page.screenshot({ path: join(screenshots, `${name}.png`) })
}
