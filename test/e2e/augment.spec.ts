/** The Augment screen in real Chromium: transforms, their draws, the ends of their ranges, and batches of a real run. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { augmentRows } from '../../src-main/engine/calls/augment'
import { findOverflow, findUnnamed } from '../renderer/support/pageChecks'
import { addStep, answered, openAugment, sheetPixels, shoot, stepNames, stripWords } from './augmentFixture'
import { lineToHost } from './support/lineToHost'
import { inState, setNumber, startTrainFixture, type TrainFixture } from './trainFixture'

const TIMEOUT = 300_000
let fixture: TrainFixture

beforeAll(async () => {
  fixture = await startTrainFixture()
}, 120_000)
afterAll(() => fixture?.close())

describe('the transforms', () => {
  it(
    'change the preview immediately, and keep or change the draws as the user chooses',
    { timeout: TIMEOUT },
    async () => {
      const { page, complaints } = await fixture.open()
      await openAugment(page)
      const stored = await sheetPixels(page)
      expect(stored).toHaveLength(24)
      await addStep(page, 'RandomRotation')
      await expect.poll(() => sheetPixels(page)).not.toEqual(stored)
      await answered(page)
      const turned = await sheetPixels(page)
      expect((await stripWords(page))[1]).toMatch(/^Rotation\s+[+−]\d+\.\d°$/)
      for (const end of ['20', '15']) {
        const before = await sheetPixels(page)
        await page.getByTestId('param-degrees').getByRole('spinbutton').last().fill(end)
        await expect.poll(() => sheetPixels(page)).not.toEqual(before)
        await answered(page)
      }
      // The seed is locked: the same settings give the same pixels.
      await expect.poll(() => sheetPixels(page)).toEqual(turned)
      const seed = page.getByTestId('augment-seed').getByRole('spinbutton')
      const before = await seed.inputValue()
      await page.getByTestId('reroll').click()
      await expect.poll(() => sheetPixels(page)).not.toEqual(turned)
      await seed.fill(before)
      await expect.poll(() => sheetPixels(page)).toEqual(turned)
      await page.getByTestId('augment-epoch').getByRole('spinbutton').fill('2')
      await expect.poll(() => sheetPixels(page)).not.toEqual(turned)
      await shoot(page, 'rotation')
      expect(complaints).toEqual([])
    },
  )

  it('are reordered by keyboard, disabled, undone, and saved in the project', { timeout: TIMEOUT }, async () => {
    const { page, complaints } = await fixture.open()
    await openAugment(page)
    await page.getByTestId('set-digits').click()
    await expect.poll(() => stepNames(page)).toEqual(['RandomRotation', 'RandomCrop', 'Normalize'])
    await page.getByTestId('transform-list').locator('.step-name').first().focus()
    await page.keyboard.press('Alt+ArrowDown')
    await expect.poll(() => stepNames(page)).toEqual(['RandomCrop', 'RandomRotation', 'Normalize'])
    await page.getByRole('button', { name: 'Undo: Move RandomRotation' }).waitFor()
    const grips = page.getByTestId('transform-list').locator('.step-grip')
    const [from, to] = [(await grips.nth(0).boundingBox())!, (await grips.nth(1).boundingBox())!]
    await page.mouse.move(from.x + 8, from.y + 12)
    await page.mouse.down()
    await page.mouse.move(to.x + 8, to.y + 40, { steps: 4 })
    await page.mouse.up()
    await expect.poll(() => stepNames(page)).toEqual(['RandomRotation', 'RandomCrop', 'Normalize'])
    await page.keyboard.press('Control+z')
    await expect.poll(() => stepNames(page)).toEqual(['RandomCrop', 'RandomRotation', 'Normalize'])
    await page.getByRole('switch', { name: 'Enable RandomCrop' }).click()
    await expect.poll(() => stripWords(page).then((words) => words.length)).toBe(3)
    expect(await page.getByTestId('order').innerText()).not.toContain('Crop')
    await page.keyboard.press('Control+z')
    await expect.poll(() => stripWords(page).then((words) => words.length)).toBe(4)
    await page.keyboard.press('Control+z')
    await expect.poll(() => stepNames(page)).toEqual(['RandomRotation', 'RandomCrop', 'Normalize'])
    await expect.poll(() => page.getByTestId('order').locator('s').allInnerTexts()).toEqual(['RandomRotation'])
    await page.keyboard.press('Control+s')
    await page.getByTestId('file-name').getByRole('textbox').fill('turned')
    await page.getByTestId('file-confirm').click()
    const file = join(fixture.folder, 'home', 'turned.loom')
    const saved = async (): Promise<unknown> =>
      (JSON.parse(await readFile(file, 'utf8').catch(() => '{}')) as { transforms?: unknown }).transforms
    await expect
      .poll(saved)
      .toMatchObject([
        { kind: 'random-rotation', degrees: [-10, 10], interpolation: 'bilinear' },
        { kind: 'random-crop', padding: 2 },
        { kind: 'normalize' },
      ])
    expect(complaints).toEqual([])
  })

  it('are shown at the ends of their ranges', { timeout: TIMEOUT }, async () => {
    const { page } = await fixture.open()
    await openAugment(page)
    await page.getByTestId('set-digits').click()
    await page.getByRole('radio', { name: 'Extremes' }).click()
    const steps = page.getByTestId('corner-step')
    await expect.poll(() => steps.count()).toBe(2)
    await expect
      .poll(() => steps.first().locator('figcaption').allInnerTexts())
      .toEqual(['Original', '−10.0°', '+10.0°'])
    await expect.poll(() => steps.last().locator('figcaption').count()).toBe(5)
    await shoot(page, 'corners')
  })

  it('report problems, and what is better disabled', { timeout: TIMEOUT }, async () => {
    const { page } = await fixture.open()
    await openAugment(page)
    await addStep(page, 'RandomHorizontalFlip')
    await page.getByText('Mirrored digits and letters change meaning').waitFor()
    await addStep(page, 'ColorJitter')
    await page.getByTestId('transform-list').locator('.step-name').nth(1).focus()
    await page.keyboard.press('Alt+ArrowDown')
    await page.getByText('Move ColorJitter in front of Normalize.').first().waitFor()
    await expect.poll(() => page.locator('.step-row.invalid').count()).toBe(1)
    // The rail counts it on this screen, and the problem list leads here.
    await expect.poll(() => page.getByTestId('rail-augment').innerText()).toContain('1')
    await page.getByTestId('rail-model').click()
    await page.getByRole('button', { name: 'Go to ColorJitter' }).click()
    await page.getByTestId('screen-augment').waitFor()
    await page.keyboard.press('Control+z')
    await answered(page)
    expect(await page.locator('.step-row.invalid').count()).toBe(0)
  })
})

describe('samples', () => {
  it('are selected by class, by index, and as one sample repeated', { timeout: TIMEOUT }, async () => {
    const { page } = await fixture.open()
    await openAugment(page)
    await addStep(page, 'MixUp')
    await expect.poll(() => page.locator('.draw-tile').first().innerText()).toMatch(/^\d\s*\d+ %\s*\d$/)
    await page.keyboard.press('Control+z')
    const choose = async (name: string): Promise<void> => {
      await page.getByTestId('augment-class').click()
      await page.getByRole('option', { name, exact: true }).last().click()
    }
    await choose('7')
    const labels = () => page.locator('.draw-tile b').allInnerTexts()
    await expect.poll(async () => new Set(await labels())).toEqual(new Set(['7']))
    await page.getByTestId('augment-sample').getByRole('spinbutton').fill('123')
    await expect.poll(async () => (await stripWords(page))[0]).toContain('#123')
    await choose('This sample')
    await expect.poll(async () => new Set((await sheetPixels(page)).map((pixels) => pixels.join())).size).toBe(1)
    await addStep(page, 'RandomRotation')
    await expect
      .poll(async () => new Set((await sheetPixels(page)).map((pixels) => pixels.join())).size)
      .toBeGreaterThan(8)
  })
})

describe('a batch of a run', () => {
  it('is replayed with exactly the pixels fed to the trainer', { timeout: 300_000 }, async () => {
    const { page, complaints } = await fixture.open()
    await openAugment(page)
    await page.getByRole('radio', { name: 'Replay batch' }).click()
    await page.getByText('No run to replay').waitFor()
    await page.getByRole('radio', { name: 'Random' }).click()
    await page.getByTestId('set-digits').click()
    await page.getByTestId('rail-train').click()
    await setNumber(page, 'epochs', 1)
    await page.getByTestId('train-start').click()
    await inState(page, 'completed').waitFor({ timeout: TIMEOUT })
    await page.getByTestId('rail-augment').click()
    await page.getByRole('radio', { name: 'Replay batch' }).click()
    await answered(page)
    const run = join(
      fixture.folder,
      'data',
      'runs',
      (await page.getByTestId('replay-run').getAttribute('data-run')) ?? '',
    )
    const fed = async (batch: number) => {
      const { fed: tensor, indices } = await augmentRows({ kind: 'replay', run, epoch: 0, batch })
      // Normalize is undone for display: its numbers are those of the training split.
      const { steps } = (JSON.parse(await readFile(join(run, 'run.json'), 'utf8')) as RunFile).data.transforms
      const { mean, std } = steps.find(({ kind }) => kind === 'normalize')!.fitted
      const bytes = Array.from(tensor.values, (value) => Math.round(255 * (value * std![0]! + mean![0]!)))
      return Array.from(indices, (_, i) => bytes.slice(784 * i, 784 * (i + 1)))
    }
    expect(await sheetPixels(page)).toEqual(await fed(0))
    await page.getByTestId('batch-next').click()
    await page.getByTestId('batch-next').click()
    await expect.poll(() => page.getByTestId('replay-batch').getByRole('spinbutton').inputValue()).toBe('3')
    await answered(page)
    expect(await sheetPixels(page)).toEqual(await fed(2))
    await page.getByTestId('batch-previous').click()
    await answered(page)
    expect(await sheetPixels(page)).toEqual(await fed(1))
    await shoot(page, 'replay')
    expect(complaints).toEqual([])
  })

  it('is named while loading, if that takes long', { timeout: TIMEOUT }, async () => {
    const { page } = await fixture.open({ ofRun: 'MNIST' })
    const line = await lineToHost(page)
    await page.reload()
    await openAugment(page)
    await page.getByRole('radio', { name: 'Replay batch' }).click()
    await page.getByTestId('replay-run').waitFor()
    await answered(page)
    line.hold()
    await page.getByTestId('batch-next').click()
    const loading = page.getByTestId('replay-loading')
    await expect.poll(() => loading.innerText()).toBe('Loading batch 2 of epoch 1 of run 1')
    line.release()
    await loading.waitFor({ state: 'detached' })
    await answered(page)
  })
})

interface RunFile {
  readonly data: {
    readonly transforms: { readonly steps: readonly { kind: string; fitted: Record<string, number[]> }[] }
  }
}

describe('the screen', () => {
  it('explains what is done instead for a table', { timeout: TIMEOUT }, async () => {
    const { page } = await fixture.open({ template: 'penguins' })
    await page.getByTestId('rail-augment').click()
    await page.getByText('Transforms work on images').waitFor()
    await page.getByText('Table rows are prepared once').waitFor()
    await shoot(page, 'table')
    await page.getByRole('button', { name: 'Go to data' }).click()
    await page.getByTestId('screen-data').waitFor()
  })

  it('fits the smallest window in Chinese and dark, with every control labeled', { timeout: TIMEOUT }, async () => {
    const { page } = await fixture.open({ width: 1024, height: 700, theme: 'dark', language: 'zh-CN' })
    await openAugment(page)
    await page.getByTestId('set-digits').click()
    await page.getByTestId('transform-list').locator('.step-name').first().click()
    await answered(page)
    expect(await findUnnamed(page)).toEqual([])
    expect(await findOverflow(page)).toEqual([])
    await shoot(page, 'dark-zh-CN-1024')
    await page.getByTestId('preview-mode').getByRole('radio').nth(1).click()
    await page.getByTestId('corner-step').first().waitFor()
    expect(await findOverflow(page)).toEqual([])
    for (const region of ['left', 'center']) {
      await page.keyboard.press('F6')
      for (let presses = 0; presses < 6; presses++) {
        const now = await page.evaluate(() =>
          document.activeElement?.closest('[data-region]')?.getAttribute('data-region'),
        )
        if (now === region) break
        await page.keyboard.press('F6')
      }
      expect(
        await page.evaluate(() => document.activeElement?.closest('[data-region]')?.getAttribute('data-region')),
      ).toBe(region)
    }
  })
})
