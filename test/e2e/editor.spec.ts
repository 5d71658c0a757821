/** Building networks in the editor of the real built app, in real Chromium: dragging, connecting, blocks, keyboard. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  beginConnection,
  centerOf,
  connect,
  dragLayer,
  node,
  openTemplate,
  placeOf,
  settled,
  shapeOf,
  shoot,
} from './support/editorPage'
import { startApp, type RunningApp } from './support/runningApp'

let app: RunningApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app?.close())

/** Ids of the layers on the canvas. */
const layers = (page: Page): Promise<string[]> =>
  page
    .locator('[data-testid^="node-"]')
    .evaluateAll((cards) => cards.map((card) => card.getAttribute('data-testid')!.slice('node-'.length)))

const edges = (page: Page): Promise<string[]> =>
  page
    .locator('[data-testid^="edge-"]')
    .evaluateAll((drawn) => drawn.map((edge) => edge.getAttribute('data-testid')!.slice('edge-'.length)).sort())

const undo = (page: Page): Promise<void> => page.keyboard.press('Control+z')

describe('an empty canvas', () => {
  it(
    'becomes a trained network by dragging layers and connections, with every shape shown',
    { timeout: 300_000 },
    async () => {
      const { page, complaints } = await app.open()
      await openTemplate(page, 'empty')
      await page.getByText('Empty network').waitFor()
      await shoot(page, 'empty-canvas')
      await page.getByTestId('category-shape').click()
      const canvas = (await page.getByTestId('canvas').boundingBox())!
      const at = (row: number) => ({ x: canvas.x + canvas.width / 2, y: canvas.y + 90 + row * 92 })
      for (const [row, kind] of ['input', 'flatten', 'linear', 'relu', 'linear', 'output'].entries())
        await dragLayer(page, kind, at(row))
      await expect.poll(() => layers(page)).toEqual(['input', 'flatten1', 'linear1', 'relu1', 'linear2', 'output'])
      const chain = ['input', 'flatten1', 'linear1', 'relu1', 'linear2', 'output']
      for (const [index, id] of chain.slice(1).entries()) await connect(page, chain[index]!, id)
      await expect.poll(() => shapeOf(page, 'flatten1')).toBe('N×784')
      await node(page, 'linear2').click()
      const units = page.getByTestId('inspector').getByRole('spinbutton').first()
      await units.fill('10')
      await units.press('Enter')
      await expect.poll(() => shapeOf(page, 'output')).toBe('N×10')
      await page.getByText('No problems').first().waitFor()
      await shoot(page, 'network-by-dragging')
      await expect.poll(() => edges(page)).toHaveLength(5)
      await page.getByTestId('rail-train').click()
      await page.getByTestId('epochs').locator('input').fill('2')
      await page.getByTestId('train-start').click()
      await page.locator('[data-testid=train-status][data-state=completed]').waitFor({ timeout: 300_000 })
      expect(Number(/[\d.]+/.exec(await page.getByTestId('metric-val-accuracy').innerText())?.[0])).toBeGreaterThan(
        0.85,
      )
      await shoot(page, 'network-by-dragging-trained')
      expect(complaints).toEqual([])
      await page.close()
    },
  )

  it('offers the layers that can follow when a connection is dropped on an empty area', async () => {
    const { page } = await app.open()
    await openTemplate(page, 'empty')
    await page.getByTestId('canvas').getByRole('button', { name: 'Add Input' }).click()
    const start = await centerOf(page.getByTestId('output-input'))
    await page.mouse.move(start.x, start.y)
    await page.mouse.down()
    await page.mouse.move(start.x + 20, start.y + 120, { steps: 5 })
    await page.mouse.up()
    await page.getByRole('menu').waitFor()
    await shoot(page, 'continue-with')
    await page.getByRole('menuitem', { name: 'Conv2d' }).click()
    await expect.poll(() => edges(page)).toEqual(['input→conv1.x'])
    await undo(page)
    await expect.poll(() => layers(page)).toEqual(['input'])
    await page.close()
  })
})

describe('a layer of the palette', () => {
  it('is inserted into the edge it is dropped on, and a click inserts it after the selected layer', async () => {
    const { page, complaints } = await app.open()
    await openTemplate(page, 'mnist-cnn')
    const gap = await page.getByTestId('output-conv1').boundingBox()
    await dragLayer(page, 'gelu', { x: gap!.x + 5, y: gap!.y + 22 })
    const dropped = { layers: await layers(page), edges: await edges(page), at: await placeOf(page, 'gelu1') }
    expect(dropped.edges).toContain('conv1→gelu1.x')
    expect(dropped.edges).toContain('gelu1→relu1.x')
    await undo(page)
    expect(await layers(page)).not.toContain('gelu1')
    await node(page, 'conv1').click()
    await page.getByTestId('palette-gelu').click()
    expect({ layers: await layers(page), edges: await edges(page), at: await placeOf(page, 'gelu1') }).toEqual(dropped)
    await undo(page)
    await node(page, 'conv1').click()
    await page.keyboard.press('/')
    await page.keyboard.type('gelu')
    await page.keyboard.press('Enter')
    expect({ layers: await layers(page), edges: await edges(page), at: await placeOf(page, 'gelu1') }).toEqual(dropped)
    expect(complaints).toEqual([])
    await page.close()
  })
})

describe('a connection', () => {
  it('that does not fit shows the reason while dragged, is drawn red, and is fixed with one click', async () => {
    const { page, complaints } = await app.open({ theme: 'dark' })
    await openTemplate(page, 'mnist-cnn')
    const relu2 = (await node(page, 'relu2').boundingBox())!
    await page.getByTestId('category-combine').click()
    await dragLayer(page, 'add', { x: relu2.x + relu2.width / 2, y: relu2.y + relu2.height + 14 })
    await beginConnection(page, 'pool1', 'add1', 'b')
    const hint = page.getByTestId('connection-hint')
    await hint.waitFor()
    await expect.poll(() => hint.textContent()).toContain('inputs differ in channels: 32 and 16')
    await expect.poll(() => hint.textContent()).toContain('a N×32×14×14 + b N×16×14×14')
    await expect.poll(() => page.getByTestId('port-add1-b').getAttribute('class')).toContain('faded')
    await expect.poll(() => page.getByTestId('port-flatten-x').getAttribute('class')).toContain('fits')
    await shoot(page, 'connection-held')
    await page.mouse.up()
    const edge = page.getByTestId('edge-pool1→add1.b')
    await expect.poll(() => edge.getAttribute('class')).toContain('refused')
    await expect.poll(() => edge.textContent()).toBe('N×16×14×14')
    await expect.poll(() => page.getByTestId('edge-add1→pool2.x').getAttribute('class')).toContain('assumed')
    await page.getByTestId('tidy').click()
    await settled(page)
    await shoot(page, 'connection-refused')
    await page
      .getByTestId('problems')
      .getByRole('button', { name: /1×1 Conv2d/ })
      .click()
    await expect.poll(() => page.locator('.shape-edge.refused').count()).toBe(0)
    await expect.poll(() => node(page, 'add1').getAttribute('data-shape')).toBe('N×32×14×14')
    await shoot(page, 'connection-mended')
    expect(complaints).toEqual([])
    await page.close()
  })

  it('that would form a cycle is rejected with the reason', async () => {
    const { page } = await app.open()
    await openTemplate(page, 'mnist-mlp')
    const before = await edges(page)
    await beginConnection(page, 'fc1', 'flatten')
    const hint = page.getByTestId('connection-hint')
    await hint.waitFor()
    await expect.poll(() => hint.textContent()).toContain('flatten, fc1 would form a cycle')
    await page.mouse.up()
    await page.getByRole('alert').filter({ hasText: 'would form a cycle' }).first().waitFor()
    await expect.poll(() => edges(page)).toEqual(before)
    await page.close()
  })

  it("dropped on a card takes the card's free input", async () => {
    const { page } = await app.open()
    await openTemplate(page, 'mnist-mlp')
    await page.getByTestId('category-combine').click()
    const fc1 = (await node(page, 'fc1').boundingBox())!
    await dragLayer(page, 'add', { x: fc1.x + fc1.width + 160, y: fc1.y })
    await beginConnection(page, 'fc1', 'add1', 'a')
    const card = (await node(page, 'add1').boundingBox())!
    await page.mouse.move(card.x + 140, card.y + 26, { steps: 4 })
    await page.mouse.up()
    await expect.poll(() => edges(page)).toContain('fc1→add1.a')
    await page.close()
  })
})

describe('several layers', () => {
  it(
    'become a repeated block that can be opened and ungrouped; everything can be undone',
    { timeout: 300_000 },
    async () => {
      const { page, complaints } = await app.open()
      await openTemplate(page, 'mnist-cnn')
      const start = { layers: await layers(page), edges: await edges(page) }
      await node(page, 'conv2').click()
      await node(page, 'relu2').click({ modifiers: ['Shift'] })
      await page.keyboard.press('Control+g')
      await page.getByRole('textbox', { name: 'Layer name' }).fill('stage')
      await page.keyboard.press('Enter')
      await expect.poll(() => edges(page)).toContain('pool1→stage.x')
      await expect.poll(() => node(page, 'stage').textContent()).toContain('2 layers')
      await shoot(page, 'block')
      const repeat = page.getByTestId('canvas').getByRole('spinbutton', { name: 'Repeat' })
      await repeat.fill('3')
      await repeat.press('Enter')
      await expect.poll(() => node(page, 'stage').textContent()).toContain('×3')
      await expect.poll(() => shapeOf(page, 'stage')).toBe('N×32×14×14')
      await node(page, 'stage').dblclick()
      await page.getByTestId('block-path').waitFor()
      await expect.poll(() => layers(page)).toEqual(expect.arrayContaining(['conv2', 'relu2', 'x']))
      await shoot(page, 'block-open')
      await page.getByTestId('leave-block').click()
      await page.getByTestId('ungroup').click()
      expect((await layers(page)).filter((id) => id.startsWith('conv'))).toEqual(['conv1', 'conv2', 'conv3', 'conv4'])
      await shoot(page, 'ungrouped')
      for (let step = 0; step < 4; step++) await undo(page)
      expect({ layers: await layers(page), edges: await edges(page) }).toEqual(start)
      expect(complaints).toEqual([])
      await page.close()
    },
  )

  it('are selected by a marquee, moved together, aligned, duplicated and deleted', async () => {
    const { page } = await app.open()
    await openTemplate(page, 'mnist-mlp')
    const box = (await node(page, 'flatten').boundingBox())!
    const end = (await node(page, 'relu1').boundingBox())!
    await page.mouse.move(box.x - 40, box.y - 8)
    await page.mouse.down()
    await page.mouse.move(end.x + end.width + 40, end.y + end.height + 8, { steps: 5 })
    await page.mouse.up()
    await expect.poll(() => page.locator('.layer-card.selected').count()).toBe(3)
    const from = await placeOf(page, 'fc1')
    const grip = await centerOf(node(page, 'fc1'))
    await page.mouse.move(grip.x - 60, grip.y)
    await page.mouse.down()
    await page.mouse.move(grip.x + 20, grip.y, { steps: 6 })
    await page.mouse.up()
    const moved = await placeOf(page, 'fc1')
    expect(moved.x - from.x).toBeGreaterThan(60)
    expect((await placeOf(page, 'relu1')).x).toBe(moved.x)
    await page.keyboard.press('Alt+ArrowRight')
    await page.keyboard.press('Alt+ArrowRight')
    await expect.poll(async () => (await placeOf(page, 'fc1')).x).toBe(moved.x + 16)
    await undo(page)
    await expect.poll(async () => (await placeOf(page, 'fc1')).x).toBe(moved.x)
    await undo(page)
    await expect.poll(async () => (await placeOf(page, 'fc1')).x).toBe(from.x)
    await page.keyboard.press('Control+d')
    await expect.poll(() => layers(page)).toHaveLength(9)
    await page.getByTestId('align').click()
    await page.getByRole('menuitem', { name: 'Align left edges' }).click()
    await page.getByTestId('canvas').focus()
    await page.keyboard.press('Delete')
    await expect.poll(() => layers(page)).toHaveLength(6)
    await page.getByRole('button', { name: 'Undo', exact: true }).last().click()
    await expect.poll(() => layers(page)).toHaveLength(9)
    await page.close()
  })

  it('are copied to the clipboard and pasted into another project', async () => {
    const { page, context } = await app.open()
    await openTemplate(page, 'mnist-cnn')
    await node(page, 'conv1').click()
    await node(page, 'relu1').click({ modifiers: ['Shift'] })
    await page.keyboard.press('Control+c')
    const other = await context.newPage()
    await other.goto(await app.link())
    await openTemplate(other, 'mnist-mlp')
    await other.getByTestId('canvas').focus()
    await other.keyboard.press('Control+v')
    await expect.poll(() => layers(other)).toContain('conv1')
    await expect.poll(() => edges(other)).toContain('conv1→relu2.x')
    await expect.poll(() => other.locator('.layer-card.selected').count()).toBe(2)
    await other.keyboard.press('Control+x')
    await expect.poll(() => layers(other)).not.toContain('conv1')
    await context.close()
  })
})

describe('the keyboard on the canvas', () => {
  it('moves along edges, connects, deletes and renames', async () => {
    const { page, complaints } = await app.open()
    await openTemplate(page, 'mnist-mlp')
    const canvas = page.getByTestId('canvas')
    await canvas.focus()
    const current = () => page.locator('.layer-card.current').getAttribute('data-testid')
    for (const id of ['input', 'flatten', 'fc1', 'relu1']) {
      await page.keyboard.press('ArrowDown')
      await expect.poll(() => current()).toBe(`node-${id}`)
    }
    await page.keyboard.press('ArrowUp')
    await expect.poll(() => current()).toBe('node-fc1')
    await page.keyboard.press('c')
    await expect.poll(() => page.locator('.connection-preview').count()).toBe(1)
    await shoot(page, 'connect-by-keyboard')
    await page.keyboard.press('Escape')
    await page.keyboard.press('F2')
    await page.keyboard.type('hidden')
    await page.keyboard.press('Enter')
    await expect.poll(() => layers(page)).toContain('hidden')
    await page.keyboard.press('Delete')
    await expect.poll(() => edges(page)).toContain('flatten→relu1.x')
    await page.keyboard.press('Control+z')
    await expect.poll(() => layers(page)).toContain('hidden')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.closest('[data-testid="inspector"]') !== null))
      .toBe(true)
    await page.keyboard.press('Escape')
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-testid'))).toBe('canvas')
    expect(complaints).toEqual([])
    await page.close()
  })
})
