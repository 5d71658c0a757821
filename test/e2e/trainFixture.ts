/** A host from source behind its loopback server, the built page, and Chromium showing it. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { expect } from 'vitest'
import { LoopbackServer, startServer } from '../../src-main/server/start'
import { openChromium, PATIENCE } from '../renderer/support/openChromium'

/** The output of `npm run build`. */
const builtPage = resolve(import.meta.dirname, '../../out/renderer')

export interface TrainFixture {
  /** A page on the Train screen with the template open. */
  open(look?: Look): Promise<TrainPage>
  readonly folder: string
  /** Ends the host and starts another one on the same folders; open pages lose the connection. */
  restart(): Promise<void>
  /** A page on the start screen of the host. */
  start(look?: Look): Promise<TrainPage>
  close(): Promise<void>
}

export interface Look {
  /** Opens the newest finished run whose project name contains this, instead of a template. */
  readonly ofRun?: string
  readonly template?: string
  readonly width?: number
  readonly height?: number
  readonly theme?: 'light' | 'dark'
  readonly language?: 'en' | 'zh-CN'
}

export interface TrainPage {
  readonly page: Page
  /** Errors and content policy violations reported by the browser. */
  readonly complaints: readonly string[]
}

export async function startTrainFixture(): Promise<TrainFixture> {
  const folder = mkdtempSync(join(tmpdir(), 'layerloom-train-'))
  const dataFolder = join(folder, 'data')
  const home = join(folder, 'home')
  mkdirSync(home)
  // Engines count looks at test sets where the host reads them.
  process.env.LAYERLOOM_HOME = dataFolder
  const begin = async (): Promise<LoopbackServer> => {
    const server = await startServer({ webRoot: builtPage, dataFolder, browseFolders: [home] })
    if (!(server instanceof LoopbackServer)) throw new Error('another server uses the folder')
    return server
  }
  let server = await begin()
  const browser = await openChromium()
  return {
    folder,
    start: (look) => startPage(server, browser, look),
    open: (look) => openPage(server, browser, look),
    async restart() {
      await server.close()
      server = await begin()
    },
    async close() {
      await browser.close()
      await server.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function startPage(server: LoopbackServer, browser: Browser, look: Look = {}): Promise<TrainPage> {
  const { width = 1440, height = 900, theme = 'light', language = 'en' } = look
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme, locale: language })
  context.setDefaultTimeout(PATIENCE)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  await page.goto(server.link())
  return { page, complaints }
}

async function openPage(server: LoopbackServer, browser: Browser, look: Look = {}): Promise<TrainPage> {
  const { template = 'mnist-mlp', ofRun } = look
  const opened = await startPage(server, browser, look)
  const { page } = opened
  if (ofRun !== undefined) {
    await page.getByTestId('rail-runs').click()
    const finished = page.locator('[data-testid=runs-table] tbody tr').filter({ hasText: /Finished|已完成/ })
    await finished.filter({ hasText: ofRun }).first().click()
    await page.getByTestId('run-open-project').click()
  } else await page.getByTestId(`template-${template}`).click()
  await page.getByTestId('screen-model').waitFor()
  await page.getByTestId('rail-train').click()
  await page.getByTestId('train-status').waitFor()
  if (template === 'empty') return opened
  // Enabled once the host has read the data; replaced by the pause button during a run.
  await page.locator('[data-testid=train-start]:not([aria-disabled]), [data-testid=train-pause]').waitFor()
  return opened
}

/** The run's state as shown on the page. */
export function inState(page: Page, state: string) {
  return page.locator(`[data-testid=train-status][data-state=${state}]`)
}

/** Types into a number field of the settings. */
export async function setNumber(page: Page, field: string, value: number): Promise<void> {
  const input = page.getByTestId(field).locator('input')
  await input.fill(String(value))
  await input.press('Enter')
}

const screenshots = resolve(import.meta.dirname, '../screenshots/training')

export async function shoot(page: Page, name: string): Promise<void> {
  mkdirSync(screenshots, { recursive: true })
  await page.screenshot({ path: join(screenshots, `${name}.png`) })
}

/** The engine process that is writing the newest run. */
export async function engineOf(folder: string, run: string): Promise<number> {
  const text = await readFile(join(folder, 'data', 'runs', run, 'run.json'), 'utf8')
  const { process } = JSON.parse(text) as { process: { id: number } }
  expect(process.id).toBeGreaterThan(1)
  return process.id
}
