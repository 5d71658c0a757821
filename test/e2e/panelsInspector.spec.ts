/** The inspector in real Chromium: every kind of field, names, weights, several layers, the explanation. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { digitsProject, soundLines } from '../core/compiler/networks'
import { startStage, type StageHost } from '../renderer/editor/panels/stage/openStage'
import { cnn, blocked, withStage, field, shapeOf, params } from '../renderer/editor/panels/stage/panelTest'

let host: StageHost

beforeAll(async () => {
  host = await startStage()
}, 180_000)

afterAll(() => host?.close())

describe('the inspector', () => {
  it('sets a number by expression: the shapes follow and every step of the typing is one history entry', () =>
    withStage(host, cnn, async (stage) => {
      const { page } = stage
      await stage.select('conv1')
      const input = field(page, 'outChannels').getByRole('spinbutton')
      await input.fill('2*20')
      await input.press('Enter')
      await expect.poll(() => shapeOf(page, 'conv1')).toBe('N×40×28×28')
      await expect.poll(() => shapeOf(page, 'pool1')).toBe('N×40×14×14')
      await input.press('ArrowUp')
      await page.getByRole('tab', { name: 'History' }).click()
      await expect
        .poll(() => page.locator('[data-testid="history"] [role="option"]').allTextContents())
        .toEqual(['0Opened', '1Set filters of conv1', '2Set filters of conv1current'])
    }))

  it('stores nothing for a default, and resets to it', () =>
    withStage(host, cnn, async (stage) => {
      await stage.select('conv1')
      const padding = field(stage.page, 'padding')
      await padding.getByRole('radio', { name: 'Same' }).click()
      expect((await params(stage, 'conv1')).padding).toBe('same')
      await padding.getByRole('button', { name: 'Reset Padding to 0' }).click()
      expect(await params(stage, 'conv1')).not.toHaveProperty('padding')
      await expect.poll(() => padding.getByRole('radio', { name: 'None' }).getAttribute('aria-checked')).toBe('true')
      await field(stage.page, 'groups').getByRole('spinbutton').fill('1')
      expect(await params(stage, 'conv1')).not.toHaveProperty('groups')
    }))

  it('keeps height and width equal until they are separated', () =>
    withStage(host, cnn, async (stage) => {
      await stage.select('conv1')
      const kernel = field(stage.page, 'kernelSize')
      await kernel.getByRole('button', { name: 'Keep height and width equal' }).click()
      await kernel.getByRole('spinbutton', { name: 'Kernel, width' }).fill('5')
      expect((await params(stage, 'conv1')).kernelSize).toEqual([3, 5])
      await expect.poll(() => shapeOf(stage.page, 'conv1')).toBe('N×16×28×26')
      await expect
        .poll(() => stage.page.locator('[data-figure="width"]').textContent())
        .toContain('⌊(28 + 2·1 − 5) / 1⌋ + 1 = 26')
      await kernel.getByRole('button', { name: 'Keep height and width equal' }).click()
      expect(await params(stage, 'conv1')).not.toHaveProperty('kernelSize')
    }))

  it('shows the problem below the field, with the computation, and fixes it', () =>
    withStage(host, cnn, async (stage) => {
      await stage.select('conv1')
      const kernel = field(stage.page, 'kernelSize')
      await kernel.getByRole('spinbutton').fill('40')
      await kernel.getByRole('button', { name: 'Set padding of conv1 to same' }).waitFor()
      await expect.poll(() => kernel.textContent()).toContain('⌊(28 + 2·1 − 40) / 1⌋ + 1 = −9')
      await expect.poll(() => shapeOf(stage.page, 'input')).toBe('N×1×28×28')
      await kernel.getByRole('button', { name: 'Set padding of conv1 to same' }).click()
      await expect.poll(() => shapeOf(stage.page, 'conv1')).toBe('N×16×28×28')
      await kernel.getByRole('button', { name: 'Set padding' }).waitFor({ state: 'detached' })
    }))

  it('keeps the last valid value while the input is invalid', () =>
    withStage(host, digitsProject(soundLines), async (stage) => {
      await stage.select('input')
      const shape = field(stage.page, 'shape').getByRole('textbox')
      await shape.fill('1, 28, abc')
      await expect
        .poll(() => field(stage.page, 'shape').getByRole('alert').textContent())
        .toContain('Received 1, 28, abc.')
      await expect.poll(() => params(stage, 'input')).toEqual({})
      await shape.fill('[1, 28, 28]')
      expect((await params(stage, 'input')).shape).toEqual([1, 28, 28])
    }))

  it('renames in place, rejects a taken name with a reason, and keeps the layer selected', () =>
    withStage(host, cnn, async (stage) => {
      const { page } = stage
      await stage.select('conv1')
      const inspector = page.getByTestId('inspector')
      await inspector.getByRole('button', { name: 'Rename conv1' }).click()
      const name = inspector.getByRole('textbox', { name: 'Rename conv1' })
      await name.fill('conv2')
      await name.press('Enter')
      await expect.poll(() => inspector.getByRole('alert').textContent()).toBe('There is already a layer conv2.')
      await name.fill('stem')
      await name.press('Enter')
      await inspector.getByRole('button', { name: 'Rename stem' }).waitFor()
      expect((await stage.project()).graph.edges).toContainEqual({ from: 'stem', to: 'relu1', port: 'x' })
    }))

  it('freezes a layer and selects the initializer of its weights', () =>
    withStage(host, cnn, async (stage) => {
      const { page } = stage
      await stage.select('fc1')
      await page.getByTestId('trainable').getByRole('switch').click()
      await page.getByTestId('weight-weight').getByRole('combobox').click()
      await page.getByRole('option', { name: /He uniform/ }).click()
      const node = (await stage.project()).graph.nodes.find(({ id }) => id === 'fc1')!
      expect(node.trainable).toBe(false)
      expect(node.initializers).toEqual({ weight: { kind: 'kaiming-uniform' } })
      await page
        .getByTestId('weight-weight')
        .getByRole('button', { name: 'Reset Initializer to PyTorch default' })
        .click()
      expect((await stage.project()).graph.nodes.find(({ id }) => id === 'fc1')!.initializers).toEqual({})
    }))

  it('sets a parameter of several layers as one edit', () =>
    withStage(host, cnn, async (stage) => {
      await stage.select('conv1', 'conv2')
      const filters = field(stage.page, 'outChannels').getByRole('spinbutton')
      await expect.poll(() => filters.getAttribute('placeholder')).toBe('mixed')
      await filters.fill('24')
      await filters.press('Enter')
      expect([(await params(stage, 'conv1')).outChannels, (await params(stage, 'conv2')).outChannels]).toEqual([24, 24])
      await stage.page.getByRole('tab', { name: 'History' }).click()
      await expect
        .poll(() => stage.page.locator('[data-testid="history"] [role="option"]').last().textContent())
        .toContain('Set filters of conv1 and 1 more')
    }))

  it('explains the layer with the numbers of the analysis', () =>
    withStage(host, cnn, async (stage) => {
      await stage.select('conv2')
      const explain = stage.page.getByTestId('explain')
      const figures = await explain
        .locator('[data-figure]')
        .evaluateAll((rows) =>
          rows.map((row) => [...row.children].map((part) => (part as HTMLElement).innerText.replace('\n', ', '))),
        )
      expect(figures).toEqual([
        ['Height and width', '⌊(14 + 2·1 − 3) / 1⌋ + 1 = 14'],
        ['Parameters, 2.2 % of model', '32·16·3·3 + 32 = 4,640'],
        ['Multiply-adds per sample, 74 % of model', '14·14·32·16·3·3 = 903,168'],
        ['Output memory per sample, float32', '32·14·14·4 B = 24.5 KiB'],
        ['Receptive field, in input pixels', '4 + (3 − 1)·2 = 8 × 8'],
      ])
      const drawn = 'A window of size 3 and stride 1 slides over 14 values padded to 16 and outputs 14 values'
      await explain.getByRole('img', { name: drawn }).waitFor()
    }))

  it('repeats a block and opens it', () =>
    withStage(host, blocked, async (stage) => {
      await stage.select('block1')
      await field(stage.page, 'repeat').getByRole('spinbutton').fill('4')
      expect((await stage.project()).graph.nodes.find(({ id }) => id === 'block1')!.repeat).toBe(4)
      await stage.page.getByRole('button', { name: 'Open block' }).last().click()
      await stage.page.getByTestId('inspector').getByRole('heading', { name: 'Network' }).first().waitFor()
    }))
})
