/** User actions in the editor, for end-to-end tests: with the mouse on the screen, and reading what it shows. */
import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { STILL_FRAMES } from './atRest'

const screenshots = resolve(import.meta.dirname, '../../screenshots/editor')

/** Waits until the canvas of a template or an empty project is on screen and laid out. */
export async function canvasReady(page: Page): Promise<void> {
  await page.getByTestId('canvas').waitFor()
  await page.locator('.vue-flow__transformationpane').waitFor()
}

/** Opens a template from the start screen and waits until its shapes are known. */
export async function openTemplate(page: Page, name: string): Promise<void> {
  await page.getByTestId(`template-${name}`).click()
  await canvasReady(page)
  if (name !== 'empty') await node(page, 'output').and(page.locator('[data-shape^="N"]')).waitFor()
  await settled(page)
}

/** Waits until the view and the cards have stopped moving. */
export async function settled(page: Page): Promise<void> {
  await page.getByTestId('canvas').waitFor()
  await page.evaluate(async (frames) => {
    const places = (): string =>
      [...document.querySelectorAll<HTMLElement>('.vue-flow__transformationpane, .vue-flow__node')]
        .map(({ style }) => style.transform)
        .join()
    const isBusy = () => document.querySelector('[data-testid=canvas]')?.getAttribute('aria-busy') === 'true'
    let [before, still] = ['', 0]
    while (still < frames) {
      await new Promise(requestAnimationFrame)
      const now = places()
      still = now === before && !isBusy() ? still + 1 : 0
      before = now
    }
  }, STILL_FRAMES)
}

export const node = (page: Page, id: string): Locator => page.getByTestId(`node-${id}`)

/** The shape shown at the output of a layer. */
export async function shapeOf(page: Page, id: string): Promise<string | null> {
  return node(page, id).getAttribute('data-shape')
}

/** Drags a layer from the palette to a point of the window, like a user. */
export async function dragLayer(
  page: Page,
  kind: string,
  to: { readonly x: number; readonly y: number },
): Promise<void> {
  const box = (await page.getByTestId(`palette-${kind}`).boundingBox())!
  await page.mouse.move(box.x + 60, box.y + box.height / 2)
  await page.mouse.down()
  await page.mouse.move((box.x + to.x) / 2, (box.y + to.y) / 2, { steps: 4 })
  await page.mouse.move(to.x, to.y, { steps: 4 })
  await page.mouse.up()
  await settled(page)
}

/** Drags a connection from the output of one layer to an input of another. */
export async function connect(page: Page, from: string, to: string, port = 'x'): Promise<void> {
  await beginConnection(page, from, to, port)
  await page.mouse.up()
}

/** Drags a connection to the input and holds it there. */
export async function beginConnection(page: Page, from: string, to: string, port = 'x'): Promise<void> {
  await settled(page)
  const start = await centerOf(page.getByTestId(`output-${from}`))
  const end = await centerOf(page.getByTestId(`port-${to}-${port}`))
  await page.mouse.move(start.x, start.y)
  await page.mouse.down()
  await page.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2, { steps: 3 })
  await page.mouse.move(end.x, end.y, { steps: 5 })
}

export async function centerOf(locator: Locator): Promise<{ x: number; y: number }> {
  const box = (await locator.boundingBox())!
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

/** Saves a screenshot of the window for review. */
export async function shoot(page: Page, name: string): Promise<void> {
  await mkdir(screenshots, { recursive: true })
  await page.screenshot({ path: join(screenshots, `${name}.png`) })
}

/** Position of a card on the canvas, in canvas pixels. */
export async function placeOf(page: Page, id: string): Promise<{ x: number; y: number }> {
  const transform = await node(page, id).evaluate((card) => (card.parentElement as HTMLElement).style.transform)
  const [x = 0, y = 0] = [...transform.matchAll(/-?[\d.]+(?=px)/g)].map(Number)
  return { x, y }
}
