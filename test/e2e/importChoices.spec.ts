/**
 * The import's questions about a folder of images: which folders are splits, and the background of transparent parts.
 */
import { cp, mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findFaintText, findOverflow, findUnnamed } from '../renderer/support/pageChecks'
import { dropFiles } from './support/dropFiles'
import { startApp, type RunningApp } from './support/runningApp'

const screenshots = resolve(import.meta.dirname, '../screenshots/data')
const strokes = resolve(import.meta.dirname, '../fixtures/data/images/strokes')
let app: RunningApp

beforeAll(async () => {
  await mkdir(screenshots, { recursive: true })
  app = await startApp()
})
afterAll(() => app?.close())

describe('an ambiguous folder', () => {
  it('prompts the user, and follows the answer', { timeout: 300_000 }, async () => {
    const folder = join(app.home, 'drawings')
    for (const part of ['owl', 'robin']) await cp(strokes, join(folder, part), { recursive: true })
    const { page, complaints } = await app.open({
      size: { width: 1024, height: 700 },
      theme: 'dark',
      language: 'zh-CN',
    })
    await page.getByTestId('start-own-data').waitFor()
    await dropFiles(page, folder)
    await page.getByTestId('contact-sheet').waitFor()
    const dialog = page.getByTestId('import-dialog')
    const classes = page.getByTestId('import-classes')
    await expect.poll(() => dialog.innerText()).toContain('也可能是数据的各部分')
    await classes.waitFor()
    await expect.poll(() => classes.innerText()).toMatch(/owl[^]*robin/)
    await expect.poll(() => page.getByTestId('reading-background').innerText()).toContain('自动（白色）')
    await page.getByTestId('folders-are-classes').click()
    await classes.getByText('seven').waitFor()
    await page.getByTestId('folder-robin').waitFor()
    await page.screenshot({ path: join(screenshots, 'import-folders.png') })
    for (const find of [findFaintText, findOverflow, findUnnamed]) expect(await find(page)).toEqual([])

    await page.getByTestId('import-use').click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByTestId('image-reading').scrollIntoViewIfNeeded()
    const background = page.getByTestId('reading-background')
    await expect.poll(() => background.innerText()).toContain('自动（白色）')
    const mean = page.getByTestId('data-facts').getByText('均值').locator('xpath=..')
    const before = await mean.innerText()
    await background.click()
    await page.getByRole('option', { name: '灰色' }).click()
    await expect.poll(() => mean.innerText()).not.toBe(before)
    await expect.poll(() => background.innerText()).toBe('灰色')
    await page.screenshot({ path: join(screenshots, 'image-reading.png') })
    for (const find of [findFaintText, findOverflow, findUnnamed]) expect(await find(page)).toEqual([])
    expect(complaints).toEqual([])
  })
})
