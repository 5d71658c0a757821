/**
 * The pages of the gallery: each in both themes, both languages and two window sizes, two at a time; its panels, tables
 * and charts.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findFaintText, findOverflow, findUnnamed } from '../renderer/support/pageChecks'
import { closePage, looks, sizes, startGallery, takePicture, type Gallery } from './galleryFixture'
import { atRest } from './support/atRest'

const pages = ['start', 'controls', 'panels', 'charts', 'tables', 'overlays', 'help'] as const

let gallery: Gallery

beforeAll(async () => {
  gallery = await startGallery()
}, 180_000)

afterAll(() => gallery?.close())

describe('every page of the gallery', () => {
  for (const look of looks) {
    const { language, theme, size } = look
    it(`is complete, readable and labeled in ${language}, ${theme}, at ${size.width}×${size.height}`, async () => {
      const faults: string[] = []
      const { page, complaints } = await gallery.open(pages[0], look)
      for (const name of pages) {
        await page.evaluate((screen) => (window.location.hash = `#/${screen}`), name)
        await page.locator(`[data-testid="screen-${name}"] > *`).first().waitFor()
        await atRest(page)
        await takePicture(page, `${name}-${size.width}-${theme}-${language}`)
        const found = {
          overflow: await findOverflow(page),
          unnamed: await findUnnamed(page),
          faint: await findFaintText(page),
          complaint: complaints.splice(0),
        }
        for (const [kind, list] of Object.entries(found))
          faults.push(...list.map((fault) => `${name}, ${kind}: ${fault}`))
      }
      await closePage(page)
      expect(faults).toEqual([])
    })
  }
})

describe('a wider typeface', () => {
  it('clips nothing at the smallest window', async () => {
    const faults: string[] = []
    const { page } = await gallery.open(pages[0], { size: sizes[1] })
    await page.evaluate(() => {
      document.documentElement.style.setProperty('--font-ui', '"DejaVu Sans", Verdana, sans-serif')
      document.documentElement.style.letterSpacing = '0.04em'
    })
    for (const name of pages) {
      await page.evaluate((screen) => (window.location.hash = `#/${screen}`), name)
      await page.locator(`[data-testid="screen-${name}"] > *`).first().waitFor()
      await atRest(page)
      await takePicture(page, `state-wide-${name}`)
      faults.push(...(await findOverflow(page)).map((fault) => `${name}: ${fault}`))
    }
    await closePage(page)
    expect(faults).toEqual([])
  })
})

describe('panels', () => {
  it('are resized by dragging, remember it, and are restored by double-click', async () => {
    const { page } = await gallery.open('panels')
    const left = page.locator('[data-panel="left"]')
    const width = async () => Math.round((await left.boundingBox())!.width)
    await expect.poll(() => width()).toBe(208)
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
    await expect.poll(() => width()).toBe(dragged)
    await splitter.focus()
    await page.keyboard.press('ArrowLeft')
    await expect.poll(() => width()).toBe(dragged - 8)
    await splitter.dblclick()
    await expect.poll(() => width()).toBe(208)
    await closePage(page)
  })

  it('keep the first fix of a problem on small windows and move the others to a menu', async () => {
    const { page } = await gallery.open('panels', { size: sizes[1] })
    await expect.poll(() => page.getByRole('button', { name: 'Disconnect b' }).isVisible()).toBe(false)
    await page.getByRole('button', { name: 'More fixes' }).first().click()
    await page.getByRole('menuitem', { name: 'Disconnect b' }).click()
    await expect.poll(() => page.getByTestId('fixed').textContent()).toBe('cut')
    await closePage(page)
  })

  it('are focused in order by F6', async () => {
    const { page } = await gallery.open('panels')
    const region = () =>
      page.evaluate(() => document.activeElement?.closest('[data-region]')?.getAttribute('data-region'))
    const visited: unknown[] = []
    for (let press = 0; press < 8; press += 1) {
      await page.keyboard.press('F6')
      visited.push(await region())
    }
    expect(visited).toEqual(['top', 'rail', 'left', 'center', 'right', 'dock', 'status', 'top'])
    await closePage(page)
  })
})

describe('the rail', () => {
  it('is one tab stop with arrow keys inside, explains why a step is closed and does not open it', async () => {
    const { page } = await gallery.open('panels')
    const locked = page.getByTestId('rail-locked')
    await page.getByTestId('rail-charts').focus()
    await page.keyboard.press('ArrowDown')
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-testid')))
      .toBe('rail-locked')
    await page.getByRole('tooltip').waitFor()
    await expect.poll(() => page.getByRole('tooltip').textContent()).toContain('Open or create a project first')
    await locked.click({ force: true })
    await page.keyboard.press('Enter')
    expect(page.url()).toMatch(/#\/panels$/)
    await expect.poll(() => page.locator('.rail-item[tabindex="0"]').count()).toBe(1)
    await expect.poll(() => page.getByTestId('rail-panels').textContent()).toContain('1 error')
    await page.keyboard.press('End')
    await page.keyboard.press('Enter')
    await page.getByTestId('screen-help').waitFor()
    await closePage(page)
  })
})

describe('tables', () => {
  it('sort by their headers and select rows with the arrow keys', async () => {
    const { page } = await gallery.open('tables')
    const runs = page.getByRole('grid', { name: 'Runs' })
    const names = () => runs.locator('tbody tr td:first-child').allTextContents()
    expect((await names()).map((name) => name.trim())).toEqual(['Run 12', 'Run 11', 'Run 9', 'Run 10'])
    await runs.getByRole('button', { name: 'Run', exact: true }).click()
    expect((await names()).map((name) => name.trim())).toEqual(['Run 9', 'Run 10', 'Run 11', 'Run 12'])
    await runs.locator('tr[tabindex="0"]').focus()
    await page.keyboard.press('ArrowUp')
    await expect.poll(() => runs.locator('tr[aria-selected="true"]').getAttribute('data-key')).toBe('run-11')
    await closePage(page)
  })
})

describe('charts', () => {
  it('share one crosshair and one zoom, by pointer and by keyboard', async () => {
    const { page, complaints } = await gallery.open('charts')
    const loss = page.getByTestId('chart-loss')
    const accuracy = page.getByTestId('chart-accuracy')
    const plot = loss.getByRole('slider')
    const box = (await plot.boundingBox())!
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
    await expect.poll(() => loss.locator('.curve-chart-readout').textContent()).toContain('Epoch 4.0')
    await expect.poll(() => accuracy.locator('.curve-chart-readout').textContent()).toContain('Epoch 4.0')
    await takePicture(page, 'state-crosshair')
    await page.mouse.down()
    await page.mouse.move(box.x + box.width * 0.75, box.y + box.height / 2, { steps: 5 })
    await takePicture(page, 'state-zooming')
    await page.mouse.up()
    await expect.poll(() => loss.getByText('epochs').textContent()).toBe('epochs 4 – 6')
    await expect.poll(() => accuracy.getByText('epochs').textContent()).toBe('epochs 4 – 6')
    await takePicture(page, 'state-zoomed')
    await accuracy.getByRole('button', { name: 'Show the whole run' }).click()
    await expect.poll(() => loss.getByText('epochs').textContent()).toBe('epochs 0 – 8')
    await plot.focus()
    await page.keyboard.press('End')
    await page.keyboard.press('ArrowLeft')
    await expect.poll(() => plot.getAttribute('aria-valuetext')).toContain('Epoch 7.80')
    await page.keyboard.press('Home')
    await page.keyboard.press('Shift+ArrowRight')
    await expect
      .poll(() => plot.getAttribute('aria-valuetext'))
      .toMatch(/^Epoch 1\.00, Train 0\.\d{4}, Validation 0\.0663$/)
    expect(complaints).toEqual([])
    await closePage(page)
  })

  it('keep their labels separate and inside the panel at every size', async () => {
    for (const size of sizes) {
      const { page } = await gallery.open('charts', { size })
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
      await closePage(page)
    }
  })

  it('are redrawn in the colors of the other theme', async () => {
    const { page } = await gallery.open('charts', { theme: 'light' })
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
    await expect.poll(() => countPixels(light)).toBe(0)
    expect(await countPixels(dark)).toBeGreaterThan(50)
    await closePage(page)
  })

  it('switch between linear and log, and between smooth and every step', async () => {
    const { page, complaints } = await gallery.open('charts', { theme: 'dark' })
    await page.getByTestId('chart-loss').getByRole('radio', { name: 'Linear' }).click()
    await page.getByTestId('chart-loss').getByRole('radio', { name: 'Step' }).click()
    await page.getByTestId('chart-accuracy').getByRole('radio', { name: 'Log' }).click()
    await atRest(page)
    await takePicture(page, 'state-scales')
    expect(complaints).toEqual([])
    await closePage(page)
  })
})
