/** The Infer screen in real Chromium: a drawn digit, a validation sample, a file; and a row of a table. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findOverflow, findUnnamed } from '../renderer/support/pageChecks'
import { lineToHost } from './support/lineToHost'
import { inState, setNumber, shoot, startTrainFixture, type TrainFixture } from './trainFixture'

const TIMEOUT = 300_000
let fixture: TrainFixture

beforeAll(async () => {
  fixture = await startTrainFixture()
}, 180_000)
afterAll(() => fixture?.close())

async function train(page: Page, epochs: number): Promise<void> {
  await setNumber(page, 'epochs', epochs)
  await page.getByTestId('train-start').click()
  await inState(page, 'completed').waitFor({ timeout: TIMEOUT })
}

/** Draws lines through points given in shares of the canvas. */
async function draw(page: Page, ...strokes: readonly (readonly (readonly [number, number])[])[]): Promise<void> {
  const box = (await page.getByTestId('draw-canvas').boundingBox())!
  const at = ([x, y]: readonly [number, number]) => [box.x + x * box.width, box.y + y * box.height] as const
  for (const [first, ...rest] of strokes) {
    await page.mouse.move(...at(first!))
    await page.mouse.down()
    for (const point of rest) await page.mouse.move(...at(point), { steps: 5 })
    await page.mouse.up()
  }
}

const verdict = (page: Page) => page.getByTestId('answer-verdict').locator('strong').innerText()

/** A table of cars: `count` rows, and at `bad` one whose horsepower is a word. */
function cars(count: number, bad: number): string {
  const rows = Array.from({ length: count }, (_, i) => `8,350,${i === bad ? 'abc' : 165},4000,11,1970,USA`)
  return ['Cylinders,Displacement,Horsepower,Weight_in_lbs,Acceleration,Year,Origin', ...rows].join('\n')
}

/** Predicts a table of 120 cars with one bad row, then one that is rejected entirely. */
async function askCars(page: Page): Promise<void> {
  const path = join(fixture.folder, 'many cars.csv')
  await writeFile(path, cars(120, 1))
  await page.getByRole('radio', { name: 'File' }).click()
  await page.getByTestId('infer-file').setInputFiles(path)
  const file = page.getByTestId('file-answers')
  await file.getByText('Sample 1 of the first 100 of 120').waitFor()
  await expect.poll(() => file.innerText()).toMatch(/many cars\.csv[^]*predict ".+" "many cars\.csv" -o answers\.csv/)
  // Years have no thousands separator.
  await page.getByTestId('fed-columns').getByRole('cell', { name: '1970', exact: true }).waitFor()
  await shoot(page, 'infer-file')
  await page.getByRole('button', { name: 'Next sample' }).click()
  await expect
    .poll(() => page.getByTestId('answer-refused').innerText())
    .toMatch(/many cars\.csv, line 3, column Horsepower: .*Received "abc"/)
  await page.getByTestId('fed-refused').waitFor()
  expect(await page.getByTestId('fed-columns').count()).toBe(0)
  await page.getByRole('button', { name: 'Previous sample' }).click()
  await page.getByTestId('fed-columns').waitFor()
  // The same name again, like a file that was edited.
  await writeFile(path, cars(1, 0))
  await page.getByTestId('infer-file').setInputFiles(path)
  await page.getByTestId('question-refused').getByText('Received "abc"').waitFor()
  expect(await page.getByTestId('fed-columns').count()).toBe(0)
  await shoot(page, 'infer-file-refused')
}

/** Share of the table's width taken by column names, in the narrowest case: a short header and a long value. */
async function shareOfNames(page: Page): Promise<number> {
  return page.getByTestId('fed-columns').evaluate((table) => {
    const [name, value] = [table.querySelector('thead th')!, table.querySelector('tbody td')!]
    name.textContent = '列'
    value.textContent = '2026-11-30 09:15:51 UTC '.repeat(8)
    return name.getBoundingClientRect().width / table.getBoundingClientRect().width
  })
}

describe('the Infer screen', () => {
  it('explains what to do before there is a run', { timeout: TIMEOUT }, async () => {
    const { page } = await fixture.open()
    await page.getByTestId('rail-infer').click()
    await page.getByRole('button', { name: 'Go to training' }).click()
    await page.getByTestId('train-status').waitFor()
  })

  it('predicts a drawn digit, with undo and clear, a validation sample and a file', { timeout: TIMEOUT }, async () => {
    const { page, complaints } = await fixture.open()
    await train(page, 2)
    await page.getByTestId('rail-infer').click()
    await page.getByTestId('draw-canvas').waitFor()
    await draw(page, [
      [0.5, 0.15],
      [0.5, 0.85],
    ])
    await expect.poll(() => verdict(page)).toBe('1')
    await draw(page, [
      [0.2, 0.5],
      [0.8, 0.5],
    ])
    await page.getByRole('button', { name: 'Undo stroke' }).click()
    await expect.poll(() => verdict(page)).toBe('1')
    await page.getByTestId('draw-clear').click()
    await draw(page, [
      [0.3, 0.2],
      [0.7, 0.2],
      [0.45, 0.85],
    ])
    await expect.poll(() => verdict(page)).toBe('7')
    await shoot(page, 'infer-draw-light-en-1440')
    await page.getByRole('radio', { name: 'Validation sample' }).click()
    await page.getByTestId('next-sample').click()
    await page.locator('.probability-bars-truth').waitFor()
    await shoot(page, 'infer-sample')
    const file = join(fixture.folder, 'one.pgm')
    const pixels = Array.from({ length: 784 }, (_, i) => (i % 28 >= 13 && i % 28 <= 15 && i > 112 && i < 672 ? 255 : 0))
    await writeFile(file, Buffer.concat([Buffer.from('P5\n28 28\n255\n'), Buffer.from(pixels)]))
    await page.getByRole('radio', { name: 'File' }).click()
    await page.getByTestId('infer-file').setInputFiles(file)
    await expect.poll(() => verdict(page)).toBe('1')
    // The sentence and the bar show the same figure.
    const share = await page.locator('.probability-bars li.winner .probability-bars-share').innerText()
    await expect.poll(() => page.getByTestId('answer-verdict').innerText()).toContain(`${share}, then`)
    expect(complaints).toEqual([])
  })

  it(
    'answers a request made before there are weights by the end of the run at the latest',
    {
      timeout: TIMEOUT,
    },
    async () => {
      const { page } = await fixture.open({ template: 'spam', language: 'zh-CN' })
      await page.getByTestId('train-start').click()
      await page.getByTestId('train-log').getByText('1/8').waitFor()
      await page.getByTestId('rail-infer').click()
      await page.getByTestId('infer-text').fill('Click here to claim your free money, no obligation')
      await expect.poll(() => verdict(page)).toBe('spam')
      await page.getByText(/^训练已完成：/).waitFor()
    },
  )

  it('fits the smallest window in Chinese and dark, with every control labeled', { timeout: TIMEOUT }, async () => {
    const { page } = await fixture.open({ width: 1024, height: 700, theme: 'dark', language: 'zh-CN', ofRun: 'MNIST' })
    await page.getByTestId('rail-infer').click()
    await page.getByTestId('draw-canvas').waitFor()
    await draw(page, [
      [0.5, 0.15],
      [0.5, 0.85],
    ])
    await page.getByTestId('answer-verdict').waitFor()
    expect(await findUnnamed(page)).toEqual([])
    expect(await findOverflow(page)).toEqual([])
    await shoot(page, 'infer-draw-dark-zh-CN-1024')
  })

  it('supports drawing without a pointer, and shows progress for slow work', { timeout: TIMEOUT }, async () => {
    const { page } = await fixture.open({ ofRun: 'MNIST' })
    await page.getByTestId('rail-infer').click()
    await page.getByTestId('draw-canvas').waitFor()
    const line = await lineToHost(page)
    await page.reload()
    await page.getByTestId('infer-run').waitFor()
    await page.getByTestId('draw-canvas').focus()
    for (let i = 0; i < 16; i++) await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Space')
    for (let i = 0; i < 32; i++) await page.keyboard.press('ArrowDown')
    line.hold()
    await page.keyboard.press('Space')
    await page.getByTestId('infer-working').waitFor()
    line.release()
    await expect.poll(() => verdict(page)).toBe('1')
    await page.getByTestId('infer-working').waitFor({ state: 'detached' })
  })

  it(
    "shows a form with a table's columns, and predicts a regression in the data’s unit",
    { timeout: TIMEOUT },
    async () => {
      const { page } = await fixture.open({ template: 'cars-mpg' })
      await train(page, 3)
      await page.getByTestId('chart-metric').waitFor()
      await shoot(page, 'regression-finished')
      await page.getByTestId('rail-infer').click()
      const run = page.getByTestId('infer-run')
      await run.waitFor()
      await page.getByRole('radio', { name: 'Validation sample' }).click()
      await page.getByTestId('answer').waitFor()
      await page.getByRole('radio', { name: 'Row' }).click()
      await page.getByTestId('answer').waitFor()
      await expect.poll(() => page.locator('.row-form input').count()).toBeGreaterThan(3)
      await shoot(page, 'infer-row')
      for (const field of await page.locator('.row-form input[inputmode=decimal]').all())
        expect((await field.inputValue()).length).toBeLessThan(8)
      const before = await page.getByTestId('answer').innerText()
      const first = page.locator('.row-form input').first()
      await first.fill(String(Number(await first.inputValue()) * 2 + 1))
      await expect.poll(() => page.getByTestId('answer').innerText()).not.toBe(before)
      await askCars(page)
      await page.getByRole('radio', { name: 'Validation sample' }).click()
      for (const [width, height] of [
        [1440, 900],
        [1024, 700],
      ] as const) {
        await page.setViewportSize({ width, height })
        expect(await shareOfNames(page)).toBeGreaterThan(0.25)
        expect(await findOverflow(page)).toEqual([])
      }
    },
  )

  it('predicts a typed text, shows the words it knows, and accepts a file', { timeout: TIMEOUT }, async () => {
    const { page, complaints } = await fixture.open({ template: 'spam' })
    await train(page, 2)
    await page.getByTestId('rail-infer').click()
    const field = page.getByTestId('infer-text')
    await field.fill('Click here to claim your free money, no obligation')
    await expect.poll(() => verdict(page)).toBe('spam')
    await expect.poll(() => page.getByTestId('fed-words').innerText()).toContain('money')
    await shoot(page, 'infer-text')
    await field.fill('On Monday Tom wrote: the kernel patch uses the perl module')
    await expect.poll(() => verdict(page)).toBe('ham')
    await page.getByRole('radio', { name: 'Validation sample' }).click()
    await page.locator('.probability-bars-truth').waitFor()
    expect((await page.locator('.infer-text').innerText()).length).toBeGreaterThan(40)
    const file = join(fixture.folder, '邮件.txt')
    await writeFile(file, 'Click here to claim your free money, no obligation')
    await page.getByRole('radio', { name: 'File' }).click()
    await page.getByTestId('infer-file').setInputFiles(file)
    await expect.poll(() => verdict(page)).toBe('spam')
    expect(complaints).toEqual([])
  })
})
