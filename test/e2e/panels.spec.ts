/**
 * The editor's panels in real Chromium: their appearance in both themes, languages and sizes, and problems, summary and
 * history.
 */
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { analyze } from '#core/compiler/analyze'
import type { Project } from '#core/graph/project'
import { digits } from '../core/compiler/networks'
import {
  sampleProject,
  startStage,
  type Look,
  type Stage,
  type StageHost,
} from '../renderer/editor/panels/stage/openStage'
import { cnn, unequal, blocked, withStage, params } from '../renderer/editor/panels/stage/panelTest'
import { findFaintText, findOverflow, findUnnamed } from '../renderer/support/pageChecks'
import { atRest } from './support/atRest'

const screenshots = resolve(import.meta.dirname, '../screenshots/panels')

let host: StageHost

beforeAll(async () => {
  mkdirSync(screenshots, { recursive: true })
  host = await startStage()
}, 180_000)

afterAll(() => host?.close())

describe('the appearance of the panels', () => {
  const states: readonly (readonly [string, Project, (stage: Stage) => Promise<unknown>])[] = [
    ['a layer', cnn, (stage) => stage.select('conv2')],
    ['nothing selected', cnn, () => Promise.resolve()],
    ['several layers', cnn, (stage) => stage.select('conv1', 'conv2')],
    ['a broken layer', unequal, (stage) => stage.select('add1')],
    [
      'a wrong parameter',
      cnn,
      async (stage) => {
        await stage.apply({ type: 'node.setParam', id: 'conv1', name: 'kernelSize', value: [40, 3] })
        await stage.select('conv1')
      },
    ],
    ['a block', blocked, (stage) => stage.select('block1')],
    [
      'the summary',
      sampleProject('resnet-tiny'),
      async (stage) => {
        await stage.select('block1_conv1')
        await stage.page.getByRole('tab', { name: 'Summary' }).click()
      },
    ],
    [
      'the history',
      cnn,
      async (stage) => {
        await stage.apply({ type: 'node.setParam', id: 'conv1', name: 'outChannels', value: 24 })
        await stage.apply({ type: 'node.rename', id: 'conv1', to: 'stem' })
        await stage.page.getByRole('tab', { name: 'History' }).click()
      },
    ],
    [
      'adding in the outline',
      cnn,
      async (stage) => {
        await stage.page.locator('[data-testid="outline-relu1"]').click()
        await stage.page.keyboard.press('a')
      },
    ],
  ]
  const looks: readonly Look[] = [
    { theme: 'light', language: 'en', size: { width: 1440, height: 900 } },
    { theme: 'dark', language: 'zh-CN', size: { width: 1440, height: 900 } },
    { theme: 'dark', language: 'en', size: { width: 1024, height: 700 } },
    { theme: 'light', language: 'zh-CN', size: { width: 1024, height: 700 } },
  ]
  for (const look of looks) {
    it(`is complete, readable and labeled in ${look.language}, ${look.theme}, at ${look.size!.width}`, async () => {
      const faults: string[] = []
      const stage = await host.open(cnn, look)
      for (const [name, project, prepare] of states) {
        await stage.show(project)
        await stage.page.getByRole('tab', { name: 'Problems' }).click()
        await prepare(stage)
        await atRest(stage.page)
        const file = `${name.replaceAll(' ', '-')}-${look.size!.width}-${look.theme}-${look.language}.png`
        await stage.page.screenshot({ path: join(screenshots, file) })
        const found = [
          ...(await findOverflow(stage.page)),
          ...(await findUnnamed(stage.page)),
          ...(await findFaintText(stage.page)),
          ...stage.complaints.splice(0),
        ]
        faults.push(...found.map((fault) => `${name}: ${fault}`))
      }
      await stage.close()
      expect(faults).toEqual([])
    })
  }
})

describe('the problem list', () => {
  it('names the layer, goes to it, and offers a fix button; undo brings problems back', () =>
    withStage(host, unequal, async (stage) => {
      const { page } = stage
      const row = page.getByTestId('problems').locator('.problem-line.error')
      await expect.poll(() => row.count()).toBe(1)
      await row.getByRole('button', { name: 'Go to add1' }).click()
      await page.getByTestId('inspector').getByRole('button', { name: 'Rename add1' }).waitFor()
      await expect.poll(() => row.locator('.mono').textContent()).toBe('a N×32×26×26 + b N×16×26×26')
      await row.getByRole('button', { name: 'Insert 1×1 Conv2d before b, 16 → 32' }).click()
      await row.waitFor({ state: 'detached' })
      const project = await stage.project()
      const after = analyze(project, [1, 28, 28], digits)
      expect(after.problems.filter(({ severity }) => severity === 'error')).toEqual([])
      await page.getByRole('tab', { name: 'History' }).click()
      await page.getByRole('option', { name: /Opened/ }).click()
      await page.getByRole('tab', { name: 'Problems' }).click()
      await row.waitFor()
    }))

  it('is traversed by F8 and fixed by Ctrl+. from anywhere, and announced to screen readers', () =>
    withStage(host, unequal, async (stage) => {
      const { page } = stage
      await page.getByTestId('fix').first().waitFor()
      await page.keyboard.press('F8')
      await expect.poll(() => page.locator('[data-testid="outline-add1"]').getAttribute('aria-selected')).toBe('true')
      await expect.poll(() => page.locator('.problem-line.current').count()).toBe(1)
      await page
        .locator('[aria-live="polite"]', { hasText: 'inputs differ in channels' })
        .waitFor({ state: 'attached' })
      await page.keyboard.press('Control+.')
      await page.locator('.problem-line.error').waitFor({ state: 'detached' })
      await page.locator('[aria-live="polite"]', { hasText: 'Fixed: Insert 1×1 Conv2d' }).waitFor({ state: 'attached' })
    }))

  it('keeps warnings and suggestions separate from errors', () =>
    withStage(host, cnn, async (stage) => {
      const { page } = stage
      await stage.apply({ type: 'node.setParam', id: 'conv2', name: 'groups', value: 3 })
      await stage.apply({ type: 'node.add', kind: 'relu', id: 'relu9', position: [0, 0] })
      await stage.apply({ type: 'edge.connect', from: 'pool1', to: 'relu9' })
      await page.getByTestId('problems').locator('.problem-line.warning').waitFor()
      const lines = page.getByTestId('problems').locator('.problem-line')
      const order = await lines.evaluateAll((rows) =>
        rows.map((row) => (row.getAttribute('class') ?? '').replace('problem-line ', '')),
      )
      const severities = ['error', 'warning', 'suggestion']
      expect(order).toEqual(order.toSorted((a, b) => severities.indexOf(a) - severities.indexOf(b)))
      expect(order).toContain('error')
    }))

  it('shows that there are no problems', () =>
    withStage(host, sampleProject('mnist-mlp'), async (stage) => {
      await stage.page.getByTestId('problems').getByText('No problems').waitFor()
    }))

  it('is in Chinese, including the fixes', () =>
    withStage(
      host,
      unequal,
      async (stage) => {
        const row = stage.page.getByTestId('problems').locator('.problem-line.error')
        await row.getByRole('button', { name: '在 b 前插入 1×1 Conv2d，16 → 32' }).waitFor()
        await expect
          .poll(() => row.locator('.problem-line-message').textContent())
          .toContain('add1：两个输入的通道数不同：32 与 16。')
      },
      { language: 'zh-CN' },
    ))
})

describe('the summary', () => {
  it('shows every layer like print(model), sorts, freezes, and is copied as text', () =>
    withStage(host, cnn, async (stage) => {
      const { page } = stage
      await page.getByRole('tab', { name: 'Summary' }).click()
      const table = page.getByRole('grid', { name: 'Model summary' })
      const row = (name: string): Locator => table.locator(`tr[data-key="${name}"]`)
      expect((await row('conv2').locator('td').allTextContents()).map((text) => text.trim())).toEqual([
        'conv2',
        'Conv2d',
        'N×32×14×14',
        '32×16×3×3, 32',
        'PyTorch default',
        '4,640',
        '903 k',
        '1.5 MiB',
        '',
      ])
      await table.getByRole('button', { name: 'Parameters' }).click()
      await expect.poll(() => table.locator('tbody tr').first().getAttribute('data-key')).toBe('fc1')
      await row('fc1').getByRole('switch', { name: 'Trainable: fc1' }).click()
      expect((await stage.project()).graph.nodes.find(({ id }) => id === 'fc1')!.trainable).toBe(false)
      await expect.poll(() => table.locator('.summary-totals').textContent()).toContain('Trainable parameters6,090')
      await row('conv1').click()
      await page.getByTestId('inspector').getByRole('button', { name: 'Rename conv1' }).waitFor()
      await page.getByRole('button', { name: 'Copy as text' }).click()
      await page.getByText('Summary copied').waitFor()
      const text = await page.evaluate(() => navigator.clipboard.readText())
      expect(text).toMatch(/^Layer +Type +Output shape/)
      expect(text).toMatch(/\nfc1 +Linear +N×128 +128×1568, 128 +PyTorch default +200,832 .*Frozen\n/)
      expect(text).toMatch(/\nParameters +206,922\n/)
    }))
})

describe('the history', () => {
  it('jumps to any state by click and by arrow keys', () =>
    withStage(host, cnn, async (stage) => {
      const { page } = stage
      for (const value of [20, 24, 28]) {
        await stage.apply({ type: 'node.setParam', id: 'conv1', name: 'outChannels', value })
      }
      await page.getByRole('tab', { name: 'History' }).click()
      const entries = page.locator('[data-testid="history"] [role="option"]')
      await entries.nth(1).click()
      expect((await params(stage, 'conv1')).outChannels).toBe(20)
      await page.keyboard.press('End')
      expect((await params(stage, 'conv1')).outChannels).toBe(28)
      await page.keyboard.press('ArrowUp')
      expect((await params(stage, 'conv1')).outChannels).toBe(24)
      await expect.poll(() => entries.nth(3).textContent()).toContain('undone')
    }))
})
