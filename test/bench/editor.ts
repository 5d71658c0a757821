/**
 * Benchmarks the editor, on the real built app in real Chromium: `npm run bench:editor`. Prints the time from a
 * parameter
 * change to new shapes on screen, frame times while panning and dragging, first paint, and the size of the bundle.
 * `--json` prints one object.
 */
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { node, placeOf, settled } from '../e2e/support/editorPage'
import { startApp, type RunningApp } from '../e2e/support/runningApp'
import { deepProject } from './deepProject'

interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly target?: number
}

const assets = resolve(import.meta.dirname, '../../out/renderer/assets')

async function main(): Promise<void> {
  const app = await startApp()
  try {
    const figures = [
      ...(await firstPaint(app)),
      ...(await parameterChange(app, 200)),
      ...(await frames(app, 500)),
      ...(await bundle()),
    ]
    if (process.argv.includes('--json')) console.log(JSON.stringify(figures))
    else print(figures)
    process.exitCode = figures.some(({ value, target }) => target !== undefined && value > target) ? 1 : 0
  } finally {
    await app.close()
  }
}

/** From the page's first request to the start screen with its templates, and to a network with its shapes. */
async function firstPaint(app: RunningApp): Promise<Figure[]> {
  const { page, context } = await app.open()
  await page.getByTestId('template-mnist-cnn').waitFor()
  const paint = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN)
  const begin = Date.now()
  await page.getByTestId('template-mnist-cnn').click()
  await node(page, 'output').and(page.locator('[data-shape^="N"]')).waitFor()
  const open = Date.now() - begin
  await context.close()
  return [
    { name: 'first contentful paint', value: paint, unit: 'ms', target: 1500 },
    { name: 'template to shapes on the canvas', value: open, unit: 'ms' },
  ]
}

/** Opens a project of `count` layers from a file. */
async function openProject(app: RunningApp, count: number): Promise<Page> {
  const name = `deep-${count}`
  await writeFile(join(app.home, `${name}.loom`), JSON.stringify(deepProject(count)))
  const { page } = await app.open()
  await page.getByRole('button', { name: 'Browse' }).click()
  await page
    .getByTestId('file-dialog')
    .getByRole('button', { name: `${name}.loom` })
    .click()
  await page.getByTestId('file-confirm').click()
  await node(page, 'output').and(page.locator('[data-shape^="N"]')).waitFor({ timeout: 60_000 })
  await settled(page)
  return page
}

/** Milliseconds from an edit of the first layer's filters to the frame with the new shape of the last one. */
async function parameterChange(app: RunningApp, count: number): Promise<Figure[]> {
  const page = await openProject(app, count)
  await page.getByTestId('canvas').focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  const field = page.getByTestId('inspector').getByRole('spinbutton').first()
  await field.focus()
  await page.evaluate(watchShapes)
  const times: number[] = []
  for (let turn = 0; turn < 15; turn++) {
    await page.waitForTimeout(700)
    await page.keyboard.press(turn % 2 === 0 ? 'ArrowUp' : 'ArrowDown')
    await page.waitForTimeout(300)
    times.push(await page.evaluate<number>('window.shapeTime'))
  }
  await page.context().close()
  const measured = times.slice(2)
  return [
    {
      name: `parameter change to shapes, ${count} layers, median`,
      value: quantile(measured, 0.5),
      unit: 'ms',
      target: 50,
    },
    { name: `parameter change to shapes, ${count} layers, worst`, value: Math.max(...measured), unit: 'ms' },
  ]
}

// Scripts that run in the page are strings: the loader of this file adds helpers to functions that the page does not
// have.

/** Records the time from a key press to the end of the frame in which the first convolution's shape changes. */
const watchShapes = `
  let pressed = 0
  window.addEventListener('keydown', () => (pressed = performance.now()), { capture: true })
  new MutationObserver(() => {
    const at = pressed
    requestAnimationFrame(() => {
      const channel = new MessageChannel()
      channel.port1.onmessage = () => (window.shapeTime = performance.now() - at)
      channel.port2.postMessage(0)
    })
  }).observe(document.querySelector('[data-kind="conv2d"]'), { attributes: true, attributeFilter: ['data-shape'] })
`

/** Records the time between consecutive frames. */
const countFrames = `
  window.frameTimes = []
  window.countingFrames = true
  let last = performance.now()
  requestAnimationFrame(function tick(now) {
    window.frameTimes.push(now - last)
    last = now
    if (window.countingFrames) requestAnimationFrame(tick)
  })
`

/** Frame times while the whole network of `count` layers is in view, during panning, dragging a layer, or zooming. */
async function frames(app: RunningApp, count: number): Promise<Figure[]> {
  const page = await openProject(app, count)
  await page.getByTestId('fit').click()
  await settled(page)
  const canvas = (await page.getByTestId('canvas').boundingBox())!
  const middle = { x: canvas.x + canvas.width / 2, y: canvas.y + canvas.height / 2 }
  const pan = await measureFrames(page, async () => {
    await page.mouse.move(middle.x, middle.y)
    await page.mouse.down({ button: 'middle' })
    await wander(page, middle)
    await page.mouse.up({ button: 'middle' })
  })
  await page.getByTestId('fit').click()
  await settled(page)
  const before = await placeOf(page, 'conv1')
  const drag = await measureFrames(page, async () => {
    const box = (await node(page, 'conv1').boundingBox())!
    const card = { x: box.x + box.width * 0.2, y: box.y + box.height / 2 }
    await page.mouse.move(card.x, card.y)
    await page.mouse.down()
    await wander(page, card)
    await page.mouse.move(card.x + 40, card.y + 60)
    await page.mouse.up()
  })
  if ((await placeOf(page, 'conv1')).y === before.y) throw new Error('the layer was not dragged')
  const zoom = await measureFrames(page, async () => {
    await page.keyboard.down('Control')
    for (let step = 0; step < 40; step++) {
      await page.mouse.wheel(0, step < 20 ? -40 : 40)
      await page.waitForTimeout(16)
    }
    await page.keyboard.up('Control')
  })
  await page.context().close()
  return [
    { name: `frame while panning, ${count} layers, p95`, value: quantile(pan, 0.95), unit: 'ms', target: 25 },
    { name: `frame while dragging a layer, ${count} layers, p95`, value: quantile(drag, 0.95), unit: 'ms', target: 25 },
    { name: `frame while zooming, ${count} layers, p95`, value: quantile(zoom, 0.95), unit: 'ms' },
    { name: 'longest frame while dragging', value: Math.max(...drag), unit: 'ms' },
    { name: `frames measured`, value: pan.length + drag.length + zoom.length, unit: '' },
  ]
}

/** Moves the pointer in circles, one step per frame. */
async function wander(page: Page, from: { readonly x: number; readonly y: number }): Promise<void> {
  for (let step = 0; step < 90; step++) {
    const angle = step / 8
    await page.mouse.move(from.x + 80 * Math.sin(angle), from.y + 60 * (1 - Math.cos(angle)))
    await page.waitForTimeout(12)
  }
}

/** Times between the frames drawn by the page during `act`. */
async function measureFrames(page: Page, act: () => Promise<void>): Promise<number[]> {
  await page.evaluate(countFrames)
  await act()
  return page.evaluate('(window.countingFrames = false, window.frameTimes.slice(2))')
}

/** Bytes loaded before the start screen, before the Model screen, and in total, compressed as a server would. */
async function bundle(): Promise<Figure[]> {
  const names = await readdir(assets)
  const sizes = await Promise.all(
    names.map(async (name) => {
      const path = join(assets, name)
      const isText = /\.(js|css)$/.test(name)
      const { size } = await stat(path)
      return { name, size, zipped: isText ? gzipSync(await readFile(path)).length : size }
    }),
  )
  const worker = sizes.filter(({ name }) => name.startsWith('elk-worker'))
  const rest = sizes.filter((file) => !worker.includes(file) && /\.(js|css)$/.test(file.name))
  const sum = (files: typeof sizes, of: 'size' | 'zipped') => files.reduce((total, file) => total + file[of], 0) / 1024
  return [
    { name: 'scripts and styles', value: sum(rest, 'size'), unit: 'KiB' },
    { name: 'scripts and styles, gzip', value: sum(rest, 'zipped'), unit: 'KiB' },
    { name: 'layout worker, loaded when first used', value: sum(worker, 'size'), unit: 'KiB' },
  ]
}

function quantile(values: readonly number[], share: number): number {
  const ordered = values.toSorted((a, b) => a - b)
  return ordered[Math.min(ordered.length - 1, Math.floor(ordered.length * share))] ?? NaN
}

function print(figures: readonly Figure[]): void {
  const width = Math.max(...figures.map(({ name }) => name.length))
  for (const { name, value, unit, target } of figures) {
    const text = `${name.padEnd(width)}  ${value.toFixed(value < 100 ? 1 : 0).padStart(7)} ${unit.padEnd(3)}`
    const verdict = target === undefined ? '' : `  target ≤ ${target} ${unit}  ${value <= target ? 'met' : 'MISSED'}`
    console.log((text + verdict).trimEnd())
  }
}

await main()
