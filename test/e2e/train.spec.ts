/** Training in real Chromium on a real host and engine: curves, pausing, reloading, a killed engine, past runs, export. */
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findOverflow, findUnnamed } from '../renderer/support/pageChecks'
import { engineOf, inState, setNumber, shoot, startTrainFixture, type TrainFixture } from './trainFixture'
import { atRest } from './support/atRest'
import { lineToHost } from './support/lineToHost'

const TIMEOUT = 300_000
let fixture: TrainFixture

beforeAll(async () => {
  fixture = await startTrainFixture()
}, 180_000)
afterAll(() => fixture?.close())

/** Pixels of the loss chart in the color of the training line, whose blue far exceeds its red in both themes. */
function linePixels(): number {
  const canvas = document.querySelector<HTMLCanvasElement>('[data-testid=chart-loss] canvas')
  if (!canvas) return 0
  const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
  let drawn = 0
  for (let i = 0; i < data.length; i += 4) if (data[i + 3]! > 200 && data[i + 2]! - data[i]! > 80) drawn++
  return drawn
}

/** Waits until the training line is visible. */
async function untilDrawn(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(linePixels)).toBeGreaterThan(100)
}

describe('the Train screen', () => {
  it(
    'explains itself before the first run, then trains with live curves and a printed log',
    { timeout: TIMEOUT },
    async () => {
      const { page, complaints } = await fixture.open()
      await shoot(page, 'empty-light-en-1440')
      await expect.poll(() => page.getByText('Not trained yet').count()).toBeGreaterThan(0)
      await setNumber(page, 'epochs', 2)
      await page.keyboard.press('Control+Enter')
      await inState(page, 'training').waitFor()
      await untilDrawn(page)
      await expect.poll(() => page.getByTestId('metric-train-loss').innerText()).toMatch(/\d\.\d{4}/)
      await shoot(page, 'live-light-en-1440')
      await inState(page, 'completed').waitFor({ timeout: TIMEOUT })
      await expect.poll(() => page.getByTestId('metric-val-accuracy').innerText()).toMatch(/0\.9\d{3}/)
      const log = await page.getByTestId('train-log').innerText()
      expect(log.split('\n').filter((line) => /^\s*[12]\/2/.test(line))).toHaveLength(2)
      expect(log).toContain('best')
      await shoot(page, 'finished-light-en-1440')
      expect(complaints).toEqual([])
    },
  )

  it(
    'fits the smallest window in both themes and languages, with nothing clipped and every control labeled',
    { timeout: TIMEOUT },
    async () => {
      for (const language of ['en', 'zh-CN'] as const) {
        const { page } = await fixture.open({ theme: 'dark', language, ofRun: 'MNIST' })
        for (const [theme, width, height] of [
          ['dark', 1440, 900],
          ['light', 1024, 700],
        ] as const) {
          await page.setViewportSize({ width, height })
          await page.emulateMedia({ colorScheme: theme })
          await inState(page, 'completed').waitFor()
          await untilDrawn(page)
          expect(await findUnnamed(page)).toEqual([])
          expect(await findOverflow(page)).toEqual([])
          await shoot(page, `finished-${theme}-${language}-${width}`)
        }
        await page.context().close()
      }
    },
  )

  it('pauses, reconnects after a page reload, resumes and stops', { timeout: TIMEOUT }, async () => {
    const { page } = await fixture.open({ template: 'mnist-cnn' })
    await setNumber(page, 'epochs', 50)
    await page.getByTestId('train-start').click()
    await inState(page, 'training').waitFor()
    await untilDrawn(page)
    await page.getByTestId('train-pause').click()
    await inState(page, 'paused').waitFor()
    await page.reload()
    await inState(page, 'paused').waitFor()
    await untilDrawn(page)
    await shoot(page, 'reloaded-paused')
    await page.getByTestId('train-pause').click()
    await inState(page, 'training').waitFor()
    await page.getByTestId('train-status').focus()
    await page.keyboard.press('Space')
    await inState(page, 'paused').waitFor()
    await page.keyboard.press('Space')
    await inState(page, 'training').waitFor()
    await page.getByTestId('rail-runs').click()
    await expect.poll(() => page.locator('.status-bar-run').innerText()).toMatch(/epoch \d+ of 50/)
    await page.getByTestId('rail-train').click()
    await page.getByTestId('train-stop').click()
    await inState(page, 'stopped').waitFor()
  })

  it('stops a run of hundreds of epochs per second, and shows the latest one', { timeout: TIMEOUT }, async () => {
    const { page } = await fixture.open({ template: 'penguins' })
    await setNumber(page, 'epochs', 100_000)
    await page.getByTestId('train-start').click()
    await page.getByText(/\d+ earlier epochs: copy the log to see them/).waitFor()
    await expect.poll(() => page.getByTestId('train-log').locator('tr').count()).toBeLessThanOrEqual(302)
    await page.getByTestId('train-stop').click()
    await inState(page, 'stopped').waitFor()
    // Stopped does not count as done.
    expect(await page.getByTestId('rail-train').locator('.rail-mark').count()).toBe(0)
    await page.context().close()
  })

  it('continues when the window is reloaded, and the page shows the run', { timeout: TIMEOUT }, async () => {
    const { page, complaints } = await fixture.open()
    await setNumber(page, 'epochs', 6)
    await page.getByTestId('train-start').click()
    await inState(page, 'training').waitFor()
    await page.getByTestId('train-log').getByText('1/6').waitFor()
    await page.reload()
    await inState(page, 'training').waitFor()
    // Epochs from before and while there was no page are shown as well.
    await page.getByTestId('train-log').getByText('1/6').waitFor()
    await untilDrawn(page)
    await shoot(page, 'reloaded-training')
    await inState(page, 'completed').waitFor({ timeout: TIMEOUT })
    const log = await page.getByTestId('train-log').innerText()
    expect(log.split('\n').filter((line) => /^\s*\d\/6/.test(line))).toHaveLength(6)
    expect(complaints).toEqual([])
  })

  it('reports that a run continued once the host is back, and not before', { timeout: TIMEOUT }, async () => {
    const { page } = await fixture.open()
    const line = await lineToHost(page)
    await page.reload()
    await page.locator('[data-testid=train-start]:not([aria-disabled])').waitFor()
    await setNumber(page, 'epochs', 50)
    await page.getByTestId('train-start').click()
    await inState(page, 'training').waitFor()
    line.hold()
    await line.cut()
    await inState(page, 'unheard').waitFor()
    const wentOn = page.getByText('Reconnected: MNIST: multilayer perceptron is still training')
    expect(await wentOn.count()).toBe(0)
    line.release()
    await wentOn.waitFor()
    await inState(page, 'training').waitFor()
    await page.getByTestId('train-stop').click()
    await inState(page, 'stopped').waitFor()
  })

  it('reports when the engine is killed, marks the run, and starts another', { timeout: TIMEOUT }, async () => {
    const { page } = await fixture.open()
    await setNumber(page, 'epochs', 50)
    await page.getByTestId('train-start').click()
    await inState(page, 'training').waitFor()
    await untilDrawn(page)
    const runs = await readdir(join(fixture.folder, 'data', 'runs'))
    process.kill(await engineOf(fixture.folder, runs.toSorted().at(-1)!), 'SIGKILL')
    await inState(page, 'interrupted').waitFor()
    await expect
      .poll(() => page.getByTestId('run-failure').innerText())
      .toContain('The engine process ended unexpectedly')
    await shoot(page, 'engine-killed')
    await setNumber(page, 'epochs', 1)
    await page.getByTestId('train-start').click()
    await inState(page, 'completed').waitFor({ timeout: TIMEOUT })
    await page.getByTestId('rail-runs').click()
    await expect.poll(() => page.getByTestId('runs-table').innerText()).toContain('Interrupted')
  })

  it('opens past runs with their curves; a deleted one is restored by Undo', { timeout: TIMEOUT }, async () => {
    const { page } = await fixture.open()
    await page.getByTestId('rail-runs').click()
    const rows = page.locator('[data-testid=runs-table] tbody tr')
    await rows.first().click()
    await untilDrawn(page)
    await shoot(page, 'runs')
    // The end of the training line equals the last epoch in the log, however it is drawn.
    const log = (await page.getByTestId('train-log').innerText()).trim().split('\n').at(-1)!
    const [loss] = /\d\.\d{4}/.exec(log)!
    const chart = page.getByTestId('chart-loss')
    await expect.poll(() => chart.locator('.curve-chart-label.train').innerText()).toBe(`Train ${loss}`)
    await chart.getByRole('radio', { name: 'Epoch' }).click()
    await expect.poll(() => chart.locator('.curve-chart-label.train').innerText()).toBe(`Train ${loss}`)
    await shoot(page, 'runs-by-epoch')
    const before = await rows.count()
    await page.getByTestId('run-delete').click()
    await expect.poll(() => rows.count()).toBe(before - 1)
    await page.getByRole('button', { name: 'Undo' }).last().click()
    await expect.poll(() => rows.count()).toBe(before)
  })

  it('exports a model and shows the result of the verification', { timeout: TIMEOUT }, async () => {
    const { page } = await fixture.open({ ofRun: 'MNIST' })
    await inState(page, 'completed').waitFor()
    await page.getByTestId('export-onnx').click()
    await page.getByTestId('file-name').getByRole('textbox').fill('digits')
    await shoot(page, 'exporting')
    await page.getByTestId('file-confirm').click()
    await page.getByTestId('export-proof').waitFor()
    await expect.poll(() => page.getByTestId('export-proof').innerText()).toMatch(/Samples compared\s+\d+/)
    expect((await stat(join(fixture.folder, 'home', 'digits.onnx'))).size).toBeGreaterThan(100_000)
    await shoot(page, 'exported')
  })

  it('lists the devices of this computer with their use or what they lack', { timeout: TIMEOUT }, async () => {
    const { page } = await fixture.open({ language: 'zh-CN', width: 1024, height: 700 })
    await page.locator('.top-bar .info-chip').click()
    const menu = page.getByRole('menu')
    await expect.poll(() => menu.innerText()).toContain('仅 Windows 提供')
    const entries = await menu.getByRole('menuitemradio').allInnerTexts()
    expect(entries.map((entry) => entry.split('\n')[0])).toEqual(['自动', 'CPU', 'WebGPU', 'CUDA', 'DirectML'])
    expect(entries.filter((entry) => !/\n.*\p{Script=Han}/u.test(entry))).toEqual([])
    expect(await findOverflow(page)).toEqual([])
    await shoot(page, 'devices')
  })

  it('shows what prevents training and does not start', { timeout: TIMEOUT }, async () => {
    const { page } = await fixture.open({ template: 'empty' })
    await page.getByTestId('train-problems').waitFor()
    await expect.poll(() => page.getByTestId('train-start').getAttribute('aria-disabled')).toBe('true')
    await page.keyboard.press('Control+Enter')
    await atRest(page)
    expect(await inState(page, 'preparing').count()).toBe(0)
    await shoot(page, 'problems')
  })
})
