/** Builds the stage once, serves it with the content policy of the app and opens it in Chromium with a document. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import type { Browser, Page } from 'playwright-core'
import { build } from 'vite'
import { parseProject } from '#core/graph/parse'
import type { Command } from '#core/graph/commands'
import type { Project } from '#core/graph/project'
import { digits } from '../../../../core/compiler/networks'
import { openChromium, PATIENCE } from '../../../support/openChromium'
import { serveFolder, type ServedFolder } from '../../../support/serveFolder'

export interface Look {
  readonly size?: { readonly width: number; readonly height: number }
  readonly theme?: 'light' | 'dark'
  readonly language?: 'en' | 'zh-CN'
  /** Without the data, shapes come from the Input layer and the labels are unknown. */
  readonly withoutData?: boolean
}

export interface Stage {
  readonly page: Page
  /** All complaints of the browser. */
  readonly complaints: string[]
  /** The current document. */
  project(): Promise<Project>
  /** Shows another document in the same page. */
  show(project: Project): Promise<void>
  apply(command: Command): Promise<void>
  select(...ids: string[]): Promise<void>
  close(): Promise<void>
}

export interface StageHost {
  open(project: Project, look?: Look): Promise<Stage>
  close(): Promise<void>
}

/** What the page exposes on its window for the tests. */
interface StageStore {
  project: Project
  sample: readonly number[]
  facts: unknown
  open(project: Project, file: null): void
  apply(command: Command): unknown
  select(ids: readonly string[]): void
}

export const sampleProject = (name: string): Project =>
  parseProject(readFileSync(resolve(import.meta.dirname, `../../../../../resources/projects/${name}.loom`), 'utf8'))
    .project!

export async function startStage(): Promise<StageHost> {
  const folder = mkdtempSync(join(tmpdir(), 'layerloom-panels-'))
  await build({
    root: import.meta.dirname,
    configFile: false,
    logLevel: 'warn',
    base: './',
    plugins: [vue()],
    worker: { rolldownOptions: { output: { name: 'worker' } } },
    build: { outDir: folder, emptyOutDir: true, target: 'chrome120', minify: false, chunkSizeWarningLimit: 8000 },
  })
  const served = await serveFolder(folder)
  const browser = await openChromium()
  return {
    open: (project, look = {}) => openPage(browser, served, project, look),
    async close() {
      await browser.close()
      await served.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function openPage(browser: Browser, served: ServedFolder, project: Project, look: Look): Promise<Stage> {
  const { size = { width: 1440, height: 900 }, theme = 'light', language = 'en', withoutData = false } = look
  const context = await browser.newContext({ viewport: size, colorScheme: theme, locale: language })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: served.origin })
  context.setDefaultTimeout(PATIENCE)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(`${served.origin}/index.html`)
  await page.locator('[data-testid="inspector"]').waitFor()
  const show = (shown: Project): Promise<void> =>
    page.evaluate(
      ([document, facts]) => {
        const { store } = window as unknown as { store: StageStore }
        store.open(document, null)
        if (facts === null) return
        store.facts = facts
        store.sample = facts.sample.shape
      },
      [shown, withoutData ? null : digits] as const,
    )
  await show(project)
  return {
    page,
    complaints,
    show,
    project: () =>
      page.evaluate(() => JSON.parse(JSON.stringify((window as unknown as { store: StageStore }).store.project))),
    apply: (command) =>
      page.evaluate((edit) => void (window as unknown as { store: StageStore }).store.apply(edit), command),
    select: (...ids) => page.evaluate((list) => (window as unknown as { store: StageStore }).store.select(list), ids),
    close: () => context.close(),
  }
}
