/**
 * The real built app by keyboard and by the rules of axe-core: every screen, its menus and dialogs, with and without a
 * project.
 */
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findViolations } from './support/axe'
import { dropFiles } from './support/dropFiles'
import { connect, dragLayer, node, openTemplate, settled } from './support/editorPage'
import { writeFlats } from './support/ownData'
import { startApp, type RunningApp } from './support/runningApp'

let app: RunningApp
let flats: string
beforeAll(async () => {
  app = await startApp()
  flats = await writeFlats(app.home, 40)
})
afterAll(() => app?.close())

const screenshots = resolve(import.meta.dirname, '../screenshots/accessibility')

/** Inspects the screen, with the pointer out of the way, and continues; findings are named after the place. */
function inspector(page: Page, look: string) {
  const found: string[] = []
  mkdirSync(screenshots, { recursive: true })
  return {
    found,
    look: async (place: string): Promise<void> => {
      found.push(...(await findViolations(page)).map((violation) => `${place}: ${violation}`))
      await page.screenshot({ path: join(screenshots, `${place.replaceAll(' ', '-')}-${look}.png`) })
    },
  }
}

async function go(page: Page, screen: string): Promise<void> {
  await page.getByTestId(`rail-${screen}`).click()
  await page.getByTestId(`screen-${screen}`).waitFor()
  await page.locator('main [data-region=center]').waitFor()
  await page.locator('[aria-busy="true"], .skeleton-rows').first().waitFor({ state: 'detached' })
}

/** Opens an overlay, inspects it and closes it again. */
async function over(page: Page, shown: string, open: () => Promise<unknown>, look: () => Promise<void>): Promise<void> {
  await open()
  await page.locator(shown).first().waitFor()
  await look()
  for (let tries = 0; tries < 3 && (await page.locator(shown).count()) > 0; tries++) {
    await page.keyboard.press('Escape')
    await page
      .locator(shown)
      .first()
      .waitFor({ state: 'detached', timeout: 2000 })
      .catch(() => undefined)
  }
  expect(await page.locator(shown).count()).toBe(0)
}

async function withoutProject(page: Page, { look }: ReturnType<typeof inspector>): Promise<void> {
  await page.getByTestId('template-mnist-mlp').waitFor()
  await look('start')
  await over(
    page,
    '.command-palette',
    () => page.keyboard.press('Control+k'),
    () => look('command palette'),
  )
  await over(
    page,
    '[role=menu]',
    () => page.getByTestId('language').click(),
    () => look('language menu'),
  )
  await over(
    page,
    '[role=menu]',
    () => page.getByTestId('project-menu').click(),
    () => look('project menu'),
  )
  const listed = '[data-testid=file-dialog] li'
  await over(
    page,
    listed,
    () => page.getByTestId('open-file').click(),
    () => look('file dialog'),
  )
  await over(
    page,
    '[role=dialog]',
    () => page.keyboard.press('Control+i'),
    () => look('import dialog'),
  )
  await over(
    page,
    '[data-testid=import-use]',
    () => dropFiles(page, flats),
    () => look('proposal'),
  )
  for (const screen of ['runs', 'help']) {
    await go(page, screen)
    await look(`${screen} without a project`)
  }
  await page.locator('.top-bar-mark').click()
}

async function modelScreen(page: Page, { look }: ReturnType<typeof inspector>): Promise<void> {
  await look('model')
  await node(page, 'fc1').click()
  await look('model with a layer')
  await over(
    page,
    '[role=menu]',
    () => node(page, 'fc1').click({ button: 'right' }),
    () => look('model menu'),
  )
  await page.keyboard.press('/')
  await page.keyboard.type('conv')
  await page.getByTestId('palette-conv2d').waitFor()
  await look('model search')
  await page.keyboard.press('Escape')
  for (const [at, tab] of ['problems', 'summary', 'history'].entries()) {
    await page.getByTestId('dock').getByRole('tab').nth(at).click()
    await look(`model ${tab}`)
  }
  await page.getByTestId('dock').getByRole('tab').first().click()
  await page.keyboard.press('Alt+o')
  await page.getByTestId('outline-fc1').waitFor()
  await look('outline')
  const pick = '[data-testid=quick-pick]'
  await over(
    page,
    pick,
    () => page.keyboard.press('a'),
    () => look('quick pick'),
  )
  await page.keyboard.press('Alt+o')
  await node(page, 'flatten').click()
  await page.keyboard.press('Delete')
  await page.getByTestId('fix').first().waitFor()
  await look('model with an error')
  await page.getByTestId('canvas').focus()
  await page.keyboard.press('Control+a')
  await look('several layers')
  await page.keyboard.press('Control+z')
  await node(page, 'flatten').waitFor()
}

async function train(page: Page, { look }: ReturnType<typeof inspector>): Promise<void> {
  await go(page, 'train')
  await page.locator('[data-testid=train-start]:not([aria-disabled])').waitFor()
  await look('train')
  const epochs = page.getByTestId('epochs').locator('input')
  await epochs.fill('1')
  await epochs.press('Enter')
  await page.getByTestId('train-start').click()
  await page.locator('[data-testid=train-status][data-state=completed]').waitFor({ timeout: 120_000 })
  await page.getByTestId('export-onnx').waitFor()
  await look('trained')
  await overTrained(page, look)
}

/** The dialogs of a finished run. */
async function overTrained(page: Page, look: (place: string) => Promise<void>): Promise<void> {
  await over(
    page,
    '[role=dialog]',
    () => page.getByTestId('measure-test').click(),
    () => look('test set question'),
  )
  await over(
    page,
    '[data-testid=more-epochs]',
    () => page.getByTestId('train-more').click(),
    () => look('more epochs'),
  )
  await page.getByTestId('export-onnx').click()
  await page.locator('[data-testid=file-dialog] li').first().waitFor()
  await page.getByTestId('file-name').getByRole('textbox').fill(`export ${Date.now()}`)
  await look('export where to')
  await over(
    page,
    '[data-testid=export-proof]',
    () => page.getByTestId('file-confirm').click(),
    () => look('exported'),
  )
}

async function withProject(page: Page, inspection: ReturnType<typeof inspector>): Promise<void> {
  const { look } = inspection
  await openTemplate(page, 'mnist-mlp')
  await modelScreen(page, inspection)
  await go(page, 'data')
  await page.locator('.sample-tile').first().waitFor()
  await look('data')
  await go(page, 'augment')
  await page.locator('[data-testid=draw-sheet][aria-busy=false]').waitFor()
  await look('augment')
  await train(page, inspection)
  for (const screen of ['infer', 'runs', 'help']) {
    await go(page, screen)
    await look(screen)
  }
  await go(page, 'model')
  await over(
    page,
    '[role=dialog]',
    () => page.keyboard.press('Control+o'),
    () => look('question'),
  )
}

const regionInFocus = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => document.activeElement?.closest<HTMLElement>('[data-region]')?.dataset.region)

describe('the keyboard', () => {
  it('cycles through all regions of every screen with F6 and back with Shift F6', { timeout: 120_000 }, async () => {
    const { page, context } = await app.open()
    await openTemplate(page, 'mnist-mlp')
    const regions: Record<string, readonly string[]> = {
      data: ['top', 'rail', 'left', 'center', 'right', 'status'],
      augment: ['top', 'rail', 'left', 'center', 'status'],
      model: ['top', 'rail', 'left', 'center', 'right', 'dock', 'status'],
      train: ['top', 'rail', 'left', 'center', 'status'],
      infer: ['top', 'rail', 'center', 'status'],
      help: ['top', 'rail', 'left', 'center', 'status'],
    }
    for (const [screen, expected] of Object.entries(regions)) {
      await go(page, screen)
      const visible = await page.evaluate(() => {
        const all = [...document.querySelectorAll<HTMLElement>('[data-region]')]
        return all.filter((region) => region.checkVisibility()).map((region) => region.dataset.region!)
      })
      expect(visible.toSorted(), screen).toEqual(expected.toSorted())
      for (const [key, order] of [
        ['F6', expected],
        ['Shift+F6', expected.toReversed()],
      ] as const) {
        await page.getByTestId('theme').focus()
        const reached: (string | undefined)[] = []
        for (const _ of order) {
          await page.keyboard.press(key)
          reached.push(await regionInFocus(page))
        }
        const fromTop = key === 'F6' ? [...order.slice(1), 'top'] : [...order]
        expect(reached, `${key} on ${screen}`).toEqual(fromTop)
      }
    }
    await context.close()
  })

  it.each([
    { width: 1440, height: 900 },
    { width: 1024, height: 700 },
  ])('leaves the layer search with Escape, restarts it, and undoes from it at $width', async (size) => {
    const { page, context } = await app.open({ size })
    await openTemplate(page, 'mnist-mlp')
    await node(page, 'relu1').click()
    await page.keyboard.press('Delete')
    await node(page, 'relu1').waitFor({ state: 'detached' })
    await page.getByTestId('canvas').focus()
    const field = page.getByTestId('palette-search').locator('input')
    const inFocus = (): Promise<string | null> =>
      page.evaluate(() => document.activeElement?.closest('[data-testid]')?.getAttribute('data-testid') ?? null)

    await page.keyboard.press('/')
    await expect.poll(inFocus).toBe('palette-search')
    await page.keyboard.type('conv')
    await page.getByTestId('palette-conv2d').waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(inFocus).toBe('canvas')

    await page.keyboard.press('/')
    await expect.poll(inFocus).toBe('palette-search')
    await page.keyboard.type('pool')
    await page.getByTestId('canvas').focus()
    await page.keyboard.press('/')
    await expect.poll(inFocus).toBe('palette-search')
    await expect.poll(() => field.inputValue()).toBe('')

    await page.keyboard.press('Control+z')
    await node(page, 'relu1').waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(inFocus).toBe('canvas')
    await context.close()
  })
})

describe('axe-core, every rule', () => {
  it.each([
    { theme: 'light', language: 'en', size: { width: 1440, height: 900 } },
    { theme: 'dark', language: 'zh-CN', size: { width: 1024, height: 700 } },
  ] as const)('reports nothing in $theme, $language', { timeout: 240_000 }, async (options) => {
    const { page, context, complaints } = await app.open(options)
    const inspection = inspector(page, `${options.theme}-${options.language}`)
    await withoutProject(page, inspection)
    await withProject(page, inspection)
    expect(inspection.found).toEqual([])
    expect(complaints).toEqual([])
    await context.close()
  })
})

describe('messages', () => {
  it('about a rejection fade and never cover a fix button', { timeout: 120_000 }, async () => {
    const { page, context } = await app.open({ size: { width: 1024, height: 700 } })
    await openTemplate(page, 'mnist-mlp')
    await node(page, 'flatten').click()
    await page.keyboard.press('Delete')
    await page.getByTestId('fix').first().waitFor()
    await settled(page)
    // fc1 → relu1 → fc2: the reverse connection would close a cycle.
    await connect(page, 'fc2', 'relu1')
    const toast = page.locator('.toast-card.refused')
    await toast.waitFor()
    const overlaps = await page.evaluate(() => {
      const boxOf = (element: Element) => element.getBoundingClientRect()
      const toasts = [...document.querySelectorAll('.toast-card')].map(boxOf)
      return [...document.querySelectorAll('.app-button.fix')].filter((button) => {
        const box = boxOf(button)
        return toasts.some(
          (other) =>
            box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom,
        )
      }).length
    })
    expect(overlaps).toBe(0)
    await toast.waitFor({ state: 'detached' })
    // The next edit dismisses a rejection immediately.
    await connect(page, 'fc2', 'relu1')
    await toast.waitFor()
    await page.keyboard.press('Control+z')
    await expect.poll(() => toast.count(), { timeout: 4000 }).toBe(0)
    await context.close()
  })
})

describe('a layer', () => {
  it('dropped below a loose end connects to it, and totals with an error are marked', { timeout: 60_000 }, async () => {
    const { page, context } = await app.open()
    await openTemplate(page, 'mnist-mlp')
    expect(await page.getByTestId('totals-partial').count()).toBe(0)
    await node(page, 'output').click()
    await page.keyboard.press('Delete')
    await node(page, 'output').waitFor({ state: 'detached' })
    await settled(page)
    const box = (await node(page, 'fc2').boundingBox())!
    await dragLayer(page, 'relu', { x: box.x + box.width / 2, y: box.y + box.height + 60 })
    await node(page, 'relu2').and(page.locator('[data-shape="N×10"]')).waitFor()
    await node(page, 'flatten').click()
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Delete')
    await page.getByTestId('totals-partial').waitFor()
    await context.close()
  })
})

describe('a lost host', () => {
  it('leaves no sign of a running training', { timeout: 120_000 }, async () => {
    const { page, context } = await app.open()
    await page.getByTestId('template-mnist-cnn').click()
    await page.getByTestId('screen-model').waitFor()
    await go(page, 'train')
    const start = page.locator('[data-testid=train-start]:not([aria-disabled])')
    await start.waitFor()
    await start.click()
    await page.locator('[data-testid=train-status][data-state=training]').waitFor({ timeout: 60_000 })
    const told = page.getByTestId('status-run')
    await told.locator('.live-dot').waitFor()
    await page.locator('.run-head', { hasText: 'left' }).waitFor()

    await app.crash()
    await page.locator('[data-testid=train-status][data-state=unheard]').waitFor()
    await expect.poll(() => told.innerText()).toMatch(/^Connection lost · .*, last seen in epoch 1 of \d+$/)
    expect(await page.locator('.live-dot, .rail-mark.live').count()).toBe(0)
    expect(await page.locator('.status-bar, .run-head').allInnerTexts()).not.toContainEqual(
      expect.stringMatching(/ left|goes on/),
    )
    await expect.poll(() => page.getByTestId('train-stop').getAttribute('aria-disabled')).toBe('true')
    await context.close()
  })
})
