/** The gallery in real Chromium: every part in both themes, both languages and two window sizes, under the content policy of the app. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildRenderer } from '../renderer/support/buildRenderer'
import { openChromium } from '../renderer/support/openChromium'
import { findFaintText, findOverflow, findUnnamed } from '../renderer/support/pageChecks'
import { serveFolder, type ServedFolder } from '../renderer/support/serveFolder'

const screenshots = resolve(import.meta.dirname, '../screenshots/gallery')
const pages = ['start', 'controls', 'panels', 'charts', 'tables', 'overlays', 'help'] as const
const sizes = [
  { width: 1440, height: 900 },
  { width: 1024, height: 700 },
] as const
const themes = ['light', 'dark'] as const
const languages = ['en', 'zh-CN'] as const

let folder: string
let served: ServedFolder
let browser: Browser

beforeAll(async () => {
  mkdirSync(screenshots, { recursive: true })
  folder = mkdtempSync(join(tmpdir(), 'layerloom-gallery-'))
  await buildRenderer('gallery.html', folder)
  served = await serveFolder(folder)
  browser = await openChromium()
}, 180_000)

afterAll(async () => {
  await browser?.close()
  await served?.close()
  rmSync(folder, { recursive: true, force: true })
})

interface Look {
  readonly size?: (typeof sizes)[number]
  readonly theme?: (typeof themes)[number]
  readonly language?: (typeof languages)[number]
}

/** A page of the gallery, and everything the browser complained about while it was open. */
async function openGallery(
  name: string,
  look: Look = {},
): Promise<{ readonly page: Page; readonly complaints: string[] }> {
  const { size = sizes[0], theme = 'light', language = 'en' } = look
  const context = await browser.newContext({ viewport: size, colorScheme: theme, locale: language })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('requestfailed', (request) => complaints.push(`failed: ${request.url()}`))
  await page.goto(`${served.origin}/gallery.html#/${name}`)
  await page.locator(`[data-testid="screen-${name}"]`).waitFor()
  await page.waitForTimeout(250)
  return { page, complaints }
}

async function close(page: Page): Promise<void> {
  await page.context().close()
}

describe('every page of the gallery', () => {
  for (const language of languages) {
    for (const theme of themes) {
      for (const size of sizes) {
        it(`is whole, readable and named in ${language}, ${theme}, at ${size.width}×${size.height}`, async () => {
          const faults: string[] = []
          const { page, complaints } = await openGallery(pages[0], { size, theme, language })
          for (const name of pages) {
            await page.evaluate((screen) => (window.location.hash = `#/${screen}`), name)
            await page.locator(`[data-testid="screen-${name}"] > *`).first().waitFor()
            await page.waitForTimeout(150)
            await page.screenshot({ path: join(screenshots, `${name}-${size.width}-${theme}-${language}.png`) })
            const found = {
              overflow: await findOverflow(page),
              unnamed: await findUnnamed(page),
              faint: await findFaintText(page),
              complaint: complaints.splice(0),
            }
            for (const [kind, list] of Object.entries(found))
              faults.push(...list.map((fault) => `${name}, ${kind}: ${fault}`))
          }
          await close(page)
          expect(faults).toEqual([])
        })
      }
    }
  }
})

describe('a wider typeface', () => {
  it('cuts nothing at the smallest window', async () => {
    const faults: string[] = []
    for (const name of pages) {
      const { page } = await openGallery(name, { size: sizes[1] })
      await page.evaluate(() => {
        document.documentElement.style.setProperty('--font-ui', '"DejaVu Sans", Verdana, sans-serif')
        document.documentElement.style.letterSpacing = '0.04em'
      })
      await page.waitForTimeout(200)
      await shot(page, `wide-${name}`)
      faults.push(...(await findOverflow(page)).map((fault) => `${name}: ${fault}`))
      await close(page)
    }
    expect(faults).toEqual([])
  })
})

/** A screenshot of what an interaction opened. */
async function shot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(screenshots, `state-${name}.png`) })
}

describe('controls', () => {
  it('take expressions, steps and tenths, and keep the last valid value', async () => {
    const { page, complaints } = await openGallery('controls')
    const row = page.locator('.form-row').filter({ hasText: 'Changed' }).first()
    const input = row.getByRole('spinbutton')
    await input.fill('2*64')
    expect(await input.getAttribute('aria-valuenow')).toBe('128')
    await input.press('Enter')
    expect(await input.inputValue()).toBe('128')
    await input.press('ArrowUp')
    await input.press('Shift+ArrowUp')
    expect(await input.inputValue()).toBe('139')
    await input.fill('5000')
    expect(await row.getByRole('alert').textContent()).toBe('Changed must be at most 4,096. Received 5000.')
    expect(await input.getAttribute('aria-valuenow')).toBe('139')
    await input.press('Escape')
    expect(await input.inputValue()).toBe('139')
    await row.getByRole('button', { name: 'Reset Changed to 16' }).click()
    expect(await input.inputValue()).toBe('16')
    const rate = page.locator('.form-row').filter({ hasText: 'Learning rate' }).getByRole('spinbutton')
    await rate.focus()
    await rate.press('Alt+ArrowUp')
    expect(await rate.inputValue()).toBe('0.00101')
    expect(complaints).toEqual([])
    await close(page)
  })

  it('are scrubbed by dragging the label and spun by holding an arrow', async () => {
    const { page } = await openGallery('controls')
    const row = page.locator('.form-row').filter({ hasText: 'With unit' })
    const box = (await row.locator('label').boundingBox())!
    await page.mouse.move(box.x + 10, box.y + 8)
    await page.mouse.down()
    await page.mouse.move(box.x + 10 + 4 * 7, box.y + 8, { steps: 6 })
    await page.mouse.up()
    expect(await row.getByRole('spinbutton').inputValue()).toBe('17')
    const up = (await row.locator('.spin-buttons > span').first().boundingBox())!
    await page.mouse.move(up.x + up.width / 2, up.y + up.height / 2)
    await page.mouse.down()
    await page.waitForTimeout(700)
    await page.mouse.up()
    expect(Number(await row.getByRole('spinbutton').inputValue())).toBeGreaterThan(19)
    await close(page)
  })

  it('say why they are disabled and do nothing', async () => {
    const { page } = await openGallery('controls')
    const button = page.getByRole('button', { name: 'Disabled', exact: true })
    await button.hover()
    await page.getByRole('tooltip').waitFor()
    expect(await page.getByRole('tooltip').textContent()).toContain('Fix 1 error first')
    await shot(page, 'tooltip')
    const select = page.locator('.form-row').filter({ hasText: 'Disabled' }).getByRole('combobox')
    await select.click({ force: true })
    expect(await page.getByRole('listbox').count()).toBe(0)
    await close(page)
  })

  it('open a list with headings, details and reasons, by keyboard too', async () => {
    const { page, complaints } = await openGallery('controls', { theme: 'dark' })
    const select = page.locator('[data-testid="select"] [role="combobox"]')
    await select.focus()
    await select.press('Enter')
    await page.getByRole('listbox').waitFor()
    await shot(page, 'select')
    expect(await page.getByRole('option', { name: 'Zeros' }).getAttribute('aria-disabled')).toBe('true')
    await page.keyboard.press('ArrowDown')
    await page.locator('[role="option"]:focus', { hasText: 'Kaiming normal' }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('listbox').waitFor({ state: 'detached' })
    expect(await select.textContent()).toContain('Kaiming normal')
    expect(await findUnnamed(page)).toEqual([])
    expect(complaints).toEqual([])
    await close(page)
  })

  it('switch, slide and choose with the keyboard', async () => {
    const { page } = await openGallery('controls')
    const bias = page.getByRole('switch', { name: 'Bias' })
    await bias.press('Space')
    expect(await bias.getAttribute('aria-checked')).toBe('false')
    const slider = page.getByRole('slider', { name: 'Slider', exact: true })
    await slider.focus()
    await slider.press('ArrowRight')
    expect(await slider.getAttribute('aria-valuenow')).toBe('0.45')
    const scale = page.getByRole('radiogroup', { name: 'Segmented' })
    await scale.getByRole('radio', { name: 'Log' }).focus()
    await page.keyboard.press('ArrowLeft')
    expect(await scale.getByRole('radio', { name: 'Linear' }).getAttribute('aria-checked')).toBe('true')
    await close(page)
  })
})

describe('overlays', () => {
  it('show a menu below its trigger and at the pointer', async () => {
    const { page, complaints } = await openGallery('overlays')
    await page.getByTestId('open-menu').click()
    await page.getByRole('menu').waitFor()
    await shot(page, 'menu')
    expect(await findUnnamed(page)).toEqual([])
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    expect(await page.getByTestId('chosen').textContent()).toBe('group')
    await page.mouse.click(700, 500, { button: 'right' })
    await page.getByRole('menu').waitFor()
    const box = (await page.getByRole('menu').boundingBox())!
    expect([Math.abs(box.x - 700) < 4, Math.abs(box.y - 500) < 4]).toEqual([true, true])
    await page.keyboard.press('Escape')
    await page.getByRole('menu').waitFor({ state: 'detached' })
    expect(complaints).toEqual([])
    await close(page)
  })

  it('ask with the safe answer focused, and give the focus back', async () => {
    const { page, complaints } = await openGallery('overlays')
    await page.getByTestId('open-question').click()
    await page.getByRole('dialog').waitFor()
    expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe('Pause and close')
    await shot(page, 'question')
    await page.keyboard.press('Control+k')
    expect(await page.getByRole('combobox').count()).toBe(0)
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await page.getByTestId('chosen').textContent()).toBe('dismissed')
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-testid'))).toBe('open-question')
    await page.getByTestId('open-dialog').click()
    await page.getByRole('dialog').waitFor()
    await shot(page, 'dialog')
    expect(await findUnnamed(page)).toEqual([])
    expect(complaints).toEqual([])
    await close(page)
  })

  it('show toasts that undo, leave after six seconds, and stay for errors', async () => {
    const { page } = await openGallery('overlays')
    await page.clock.install()
    await page.getByTestId('toast-ok').click()
    await page.getByTestId('toast-error').click()
    await shot(page, 'toasts')
    await page.getByRole('button', { name: 'Undo', exact: true }).last().click()
    expect(await page.getByTestId('chosen').textContent()).toBe('undone')
    await page.getByTestId('toast-ok').click()
    await page.mouse.move(300, 600)
    await page.clock.runFor(6100)
    expect(await page.getByText('Deleted 3 layers').count()).toBe(0)
    expect(await page.getByText('Run 13 stopped').count()).toBe(1)
    await close(page)
  })

  it('find commands by words and run them', async () => {
    const { page, complaints } = await openGallery('panels', { theme: 'dark' })
    await page.keyboard.press('Control+k')
    const field = page.getByRole('combobox', { name: 'Search commands' })
    await field.waitFor()
    await shot(page, 'palette')
    expect(await findUnnamed(page)).toEqual([])
    expect(await findFaintText(page)).toEqual([])
    await field.fill('start train')
    expect(await page.getByRole('option').first().textContent()).toContain('Fix 1 error first')
    await page.keyboard.press('Enter')
    expect(await page.getByRole('dialog').count()).toBe(1)
    await field.fill('zebra')
    expect(await page.getByText('No command matches').count()).toBe(1)
    await field.fill('go charts')
    await page.keyboard.press('Enter')
    await page.getByTestId('screen-charts').waitFor()
    expect(complaints).toEqual([])
    await close(page)
  })
})

describe('panels', () => {
  it('are resized by dragging, remember it, and restore by double-click', async () => {
    const { page } = await openGallery('panels')
    const left = page.locator('[data-panel="left"]')
    const width = async () => Math.round((await left.boundingBox())!.width)
    expect(await width()).toBe(208)
    const splitter = page.getByRole('separator', { name: 'Resize Categories' })
    const box = (await splitter.boundingBox())!
    await page.mouse.move(box.x + 2, 400)
    await page.mouse.down()
    await page.mouse.move(box.x + 62, 400, { steps: 4 })
    await page.mouse.up()
    const dragged = await width()
    expect(dragged).toBeGreaterThanOrEqual(266)
    await page.reload()
    await page.getByTestId('screen-panels').waitFor()
    expect(await width()).toBe(dragged)
    await splitter.focus()
    await page.keyboard.press('ArrowLeft')
    expect(await width()).toBe(dragged - 8)
    await splitter.dblclick()
    expect(await width()).toBe(208)
    await close(page)
  })

  it('keep the first fix of a problem on small windows and move the others to a menu', async () => {
    const { page } = await openGallery('panels', { size: sizes[1] })
    expect(await page.getByRole('button', { name: 'Disconnect b' }).isVisible()).toBe(false)
    await page.getByRole('button', { name: 'More fixes' }).first().click()
    await page.getByRole('menuitem', { name: 'Disconnect b' }).click()
    expect(await page.getByTestId('fixed').textContent()).toBe('cut')
    await close(page)
  })

  it('are reached in order by F6', async () => {
    const { page } = await openGallery('panels')
    const region = () =>
      page.evaluate(() => document.activeElement?.closest('[data-region]')?.getAttribute('data-region'))
    const visited: unknown[] = []
    for (let press = 0; press < 7; press += 1) {
      await page.keyboard.press('F6')
      visited.push(await region())
    }
    expect(visited).toEqual(['top', 'rail', 'left', 'centre', 'right', 'dock', 'top'])
    await close(page)
  })
})

describe('the rail', () => {
  it('is one tab stop with arrows inside, says why a step is closed and does not open it', async () => {
    const { page } = await openGallery('panels')
    const locked = page.getByTestId('rail-locked')
    await page.getByTestId('rail-charts').focus()
    await page.keyboard.press('ArrowDown')
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-testid'))).toBe('rail-locked')
    await page.getByRole('tooltip').waitFor()
    expect(await page.getByRole('tooltip').textContent()).toContain('Open or create a project first')
    await locked.click({ force: true })
    await page.keyboard.press('Enter')
    expect(page.url()).toMatch(/#\/panels$/)
    expect(await page.locator('.rail-item[tabindex="0"]').count()).toBe(1)
    expect(await page.getByTestId('rail-panels').textContent()).toContain('1 error')
    await page.keyboard.press('End')
    await page.keyboard.press('Enter')
    await page.getByTestId('screen-help').waitFor()
    await close(page)
  })
})

describe('tables', () => {
  it('sort by their heads and choose rows with the arrows', async () => {
    const { page } = await openGallery('tables')
    const runs = page.getByRole('grid', { name: 'Runs' })
    const names = () => runs.locator('tbody tr td:first-child').allTextContents()
    expect((await names()).map((name) => name.trim())).toEqual(['Run 12', 'Run 11', 'Run 9', 'Run 10'])
    await runs.getByRole('button', { name: 'Run', exact: true }).click()
    expect((await names()).map((name) => name.trim())).toEqual(['Run 9', 'Run 10', 'Run 11', 'Run 12'])
    await runs.locator('tr[tabindex="0"]').focus()
    await page.keyboard.press('ArrowUp')
    expect(await runs.locator('tr[aria-selected="true"]').getAttribute('data-key')).toBe('run-11')
    await close(page)
  })
})

describe('charts', () => {
  it('share one crosshair and one zoom, by pointer and by keyboard', async () => {
    const { page, complaints } = await openGallery('charts')
    const loss = page.getByTestId('chart-loss')
    const accuracy = page.getByTestId('chart-accuracy')
    const plot = loss.getByRole('slider')
    const box = (await plot.boundingBox())!
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
    expect(await loss.locator('.curve-chart-readout').textContent()).toContain('Epoch 4.0')
    expect(await accuracy.locator('.curve-chart-readout').textContent()).toContain('Epoch 4.0')
    await shot(page, 'crosshair')
    await page.mouse.down()
    await page.mouse.move(box.x + box.width * 0.75, box.y + box.height / 2, { steps: 5 })
    await shot(page, 'zooming')
    await page.mouse.up()
    expect(await loss.getByText('epochs').textContent()).toBe('epochs 4 – 6')
    expect(await accuracy.getByText('epochs').textContent()).toBe('epochs 4 – 6')
    await shot(page, 'zoomed')
    await accuracy.getByRole('button', { name: 'Show the whole run' }).click()
    expect(await loss.getByText('epochs').textContent()).toBe('epochs 0 – 8')
    await plot.focus()
    await page.keyboard.press('End')
    await page.keyboard.press('ArrowLeft')
    expect(await plot.getAttribute('aria-valuetext')).toContain('Epoch 7.80')
    await page.keyboard.press('Home')
    await page.keyboard.press('Shift+ArrowRight')
    expect(await plot.getAttribute('aria-valuetext')).toMatch(/^Epoch 1\.00, Train 0\.\d{4}, Validation 0\.0663$/)
    expect(complaints).toEqual([])
    await close(page)
  })

  it('keep their labels apart and inside the panel at every size', async () => {
    for (const size of sizes) {
      const { page } = await openGallery('charts', { size })
      for (const id of ['chart-loss', 'chart-accuracy']) {
        const panel = (await page.getByTestId(id).boundingBox())!
        const boxes = await page
          .getByTestId(id)
          .locator('.curve-chart-label')
          .evaluateAll((labels) => labels.map((label) => label.getBoundingClientRect().toJSON() as DOMRect))
        expect(boxes).toHaveLength(2)
        const [first, second] = [...boxes].sort((a, b) => a.top - b.top)
        expect(second!.top).toBeGreaterThanOrEqual(first!.bottom - 0.5)
        for (const box of boxes) expect(box.right).toBeLessThanOrEqual(panel.x + panel.width)
      }
      await close(page)
    }
  })

  it('are drawn again in the colours of the other theme', async () => {
    const { page } = await openGallery('charts', { theme: 'light' })
    const countPixels = (colour: readonly [number, number, number]) =>
      page
        .getByTestId('chart-loss')
        .locator('canvas')
        .evaluate((canvas, wanted) => {
          const element = canvas as HTMLCanvasElement
          const { data } = element.getContext('2d')!.getImageData(0, 0, element.width, element.height)
          let count = 0
          for (let at = 0; at < data.length; at += 4)
            if (
              data[at] === wanted[0] &&
              data[at + 1] === wanted[1] &&
              data[at + 2] === wanted[2] &&
              data[at + 3] === 255
            )
              count += 1
          return count
        }, colour)
    const light = [0x14, 0x62, 0xae] as const
    const dark = [0x62, 0xae, 0xf5] as const
    expect(await countPixels(light)).toBeGreaterThan(50)
    await page.getByTestId('theme').click()
    await page.getByRole('menuitemradio', { name: 'Dark' }).click()
    await page.waitForTimeout(300)
    expect(await countPixels(dark)).toBeGreaterThan(50)
    expect(await countPixels(light)).toBe(0)
    await close(page)
  })

  it('switch between linear and log, and between smooth and every step', async () => {
    const { page, complaints } = await openGallery('charts', { theme: 'dark' })
    await page.getByTestId('chart-loss').getByRole('radio', { name: 'Linear' }).click()
    await page.getByTestId('chart-loss').getByRole('radio', { name: 'Step' }).click()
    await page.getByTestId('chart-accuracy').getByRole('radio', { name: 'Log' }).click()
    await page.waitForTimeout(200)
    await shot(page, 'scales')
    expect(complaints).toEqual([])
    await close(page)
  })
})
