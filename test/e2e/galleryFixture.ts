/** The gallery, built once, in real Chromium, with the content policy of the app. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { buildRenderer } from '../renderer/support/buildRenderer'
import { openChromium, PATIENCE } from '../renderer/support/openChromium'
import { serveFolder, type ServedFolder } from '../renderer/support/serveFolder'
import { atRest } from './support/atRest'

const screenshots = resolve(import.meta.dirname, '../screenshots/gallery')
export const sizes = [
  { width: 1440, height: 900 },
  { width: 1024, height: 700 },
] as const
/** Covers every pair of language, theme and size. */
export const looks = [
  { language: 'en', theme: 'light', size: sizes[0] },
  { language: 'en', theme: 'dark', size: sizes[1] },
  { language: 'zh-CN', theme: 'light', size: sizes[1] },
  { language: 'zh-CN', theme: 'dark', size: sizes[0] },
] as const

export interface Gallery {
  /** A page of the gallery, and all browser complaints while it was open. */
  open(name: string, look?: Look): Promise<GalleryPage>
  close(): Promise<void>
}

interface Look {
  readonly size?: (typeof sizes)[number]
  readonly theme?: 'light' | 'dark'
  readonly language?: 'en' | 'zh-CN'
}

interface GalleryPage {
  readonly page: Page
  readonly complaints: string[]
}

export async function startGallery(): Promise<Gallery> {
  mkdirSync(screenshots, { recursive: true })
  const folder = mkdtempSync(join(tmpdir(), 'layerloom-gallery-'))
  await buildRenderer('gallery.html', folder)
  const served = await serveFolder(folder)
  const browser = await openChromium()
  return {
    open: (name, look) => openPage(served, browser, name, look),
    async close() {
      await browser.close()
      await served.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function openPage(served: ServedFolder, browser: Browser, name: string, look: Look = {}): Promise<GalleryPage> {
  const { size = sizes[0], theme = 'light', language = 'en' } = look
  const context = await browser.newContext({ viewport: size, colorScheme: theme, locale: language })
  context.setDefaultTimeout(PATIENCE)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('requestfailed', (request) => complaints.push(`failed: ${request.url()}`))
  await page.goto(`${served.origin}/gallery.html#/${name}`)
  await page.locator(`[data-testid="screen-${name}"]`).waitFor()
  await atRest(page)
  return { page, complaints }
}

export async function closePage(page: Page): Promise<void> {
  await page.context().close()
}

/** Saves a screenshot of the page for review. */
export async function takePicture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(screenshots, `${name}.png`) })
}
