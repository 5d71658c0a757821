/** Browser mode in real Chromium: how a page connects, and that a foreign page cannot. */
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { text } from '#core/base/text'
import { redirectPage } from '../../../src-main/server/openBrowser'
import { openChromium } from '../../renderer/support/openChromium'
import { startTestServer, type TestServer } from './serverFixture'

let folder: string
let browser: Browser
let own: TestServer

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'layerloom-page-'))
  await build({
    root: join(import.meta.dirname, 'page'),
    configFile: false,
    logLevel: 'warn',
    base: './',
    build: { outDir: folder, emptyOutDir: true, target: 'chrome120' },
  })
  own = await startTestServer({ webRoot: folder })
  browser = await openChromium()
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await own?.end()
  rmSync(folder, { recursive: true, force: true })
})

async function newContext(): Promise<BrowserContext> {
  const context = await browser.newContext()
  onTestFinished(() => context.close())
  return context
}

/** The title once the page has shown the outcome of its connection. */
async function outcome(page: Page): Promise<string> {
  await page.waitForFunction(() => document.title !== 'Connection')
  return page.title()
}

describe('a page', () => {
  it('connects by its link, removes the code from the address, and survives a reload', async () => {
    const page = await (await newContext()).newPage()
    await page.goto(own.server.link())
    expect(await outcome(page)).toBe('browser')
    expect(page.url()).toBe(`${own.origin}/`)
    await page.reload()
    expect(await outcome(page)).toBe('browser')
    await page.goBack().catch(() => undefined)
    expect(page.url()).not.toContain('code=')
  })

  it('is isolated from other origins and runs only its own scripts', async () => {
    const page = await (await newContext()).newPage()
    const complaints: string[] = []
    page.on('console', (message) => complaints.push(message.text()))
    await page.goto(own.server.link())
    expect(await outcome(page)).toBe('browser')
    expect(complaints).toEqual([])
    const tried = await page.evaluate(async () => {
      const script = document.createElement('script')
      script.textContent = 'window.inline = true'
      document.head.append(script)
      // Text as code, from a timer: code that the test evaluates directly is exempt from the policy.
      ;(setTimeout as (code: string) => void)('window.evaluated = true')
      await new Promise((resolve) => setTimeout(resolve, 50))
      const foreign = await fetch('http://127.0.0.1:9/').then(
        () => 'loaded',
        () => 'refused',
      )
      return { isolated: crossOriginIsolated, inline: 'inline' in window, evaluated: 'evaluated' in window, foreign }
    })
    expect(tried).toEqual({ isolated: true, inline: false, evaluated: false, foreign: 'refused' })
    expect(complaints.join('\n')).toContain('Content Security Policy')
  })

  it('without the link is refused and knows why, also with a used code', async () => {
    const context = await newContext()
    const first = await context.newPage()
    const link = own.server.link()
    await first.goto(link)
    expect(await outcome(first)).toBe('browser')
    const second = await context.newPage()
    await second.goto(own.origin)
    expect(await outcome(second)).toBe('unauthorized')
    const third = await context.newPage()
    await third.goto(link)
    expect(await outcome(third)).toBe('unauthorized')
  })

  it('opens the app through the file that the launcher opens', async () => {
    const page = await (await newContext()).newPage()
    await page.goto(pathToFileURL(await redirectPage(own.server.link())).href)
    await page.waitForURL(`${own.origin}/**`)
    expect(await outcome(page)).toBe('browser')
  })

  it('receives 1000 events in order', async () => {
    const page = await (await newContext()).newPage()
    await page.goto(own.server.link())
    await outcome(page)
    const received = page.evaluate(async () => {
      const titles: string[] = []
      const events = await window.connection!.client.app.events()
      document.title = 'listening'
      for await (const event of events) {
        if (event.type === 'notification') titles.push(event.title.en)
        if (titles.length === 1000) break
      }
      return titles
    })
    await page.waitForFunction(() => document.title === 'listening')
    for (let i = 0; i < 1000; i++)
      own.server.host.events.publish({ type: 'notification', title: text(String(i), String(i)), body: text('', '') })
    expect(await received).toEqual(Array.from({ length: 1000 }, (_, i) => String(i)))
  })

  it('detects that the server has ended, and reconnects to a restarted one', async () => {
    const first = await startTestServer({ webRoot: folder })
    const { port } = first.server
    const page = await (await newContext()).newPage()
    await page.goto(first.server.link())
    await outcome(page)
    await first.end()
    await page.waitForFunction(() => document.title === 'closed')
    expect(await page.evaluate(() => window.connect())).toBe('unreachable')
    const second = await startTestServer({ webRoot: folder, port })
    onTestFinished(() => second.end())
    expect(await page.evaluate(() => window.connect())).toBe('unauthorized')
    await page.goto(second.server.link())
    await page.waitForFunction(() => document.title === 'browser')
  })
})

describe('a page on another port of this computer', () => {
  let other: Server
  let page: Page
  beforeAll(async () => {
    other = createServer((_request, response) => response.setHeader('content-type', 'text/html').end('<p>evil</p>'))
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    page = await browser.newPage()
    await page.goto(`http://127.0.0.1:${(other.address() as AddressInfo).port}/`)
  })
  afterAll(async () => {
    await page?.close()
    other?.close()
  })

  it('can neither read nor load anything', async () => {
    const asset = await page.evaluate(async (origin) => {
      const load = (tag: 'script' | 'img' | 'link') =>
        new Promise<string>((resolve) => {
          const element = document.createElement(tag)
          element.addEventListener('load', () => resolve('loaded'))
          element.addEventListener('error', () => resolve('refused'))
          if (element instanceof HTMLLinkElement) Object.assign(element, { rel: 'stylesheet', href: origin })
          else element.src = `${origin}/index.html`
          document.head.append(element)
        })
      const read = (mode: RequestMode) =>
        fetch(`${origin}/`, { mode, credentials: 'include' }).then(
          (answer) => `${answer.type} ${answer.status}`,
          () => 'refused',
        )
      return {
        cors: await read('cors'),
        noCors: await read('no-cors'),
        script: await load('script'),
        image: await load('img'),
        style: await load('link'),
        post: await fetch(`${origin}/launch`, { method: 'POST', mode: 'no-cors', body: '{}' }).then(
          (answer) => `${answer.type} ${answer.status}`,
          () => 'refused',
        ),
      }
    }, own.origin)
    const refused = {
      cors: 'refused',
      noCors: 'refused',
      script: 'refused',
      image: 'refused',
      style: 'refused',
      post: 'refused',
    }
    expect(asset).toEqual(refused)
  })

  it('cannot connect, even if it knew the token', async () => {
    const attempt = (token: string) =>
      page.evaluate(
        ({ origin, token }) =>
          new Promise<string>((resolve) => {
            const socket = new WebSocket(`${origin.replace('http', 'ws')}/rpc`, [
              'layerloom.1',
              `layerloom.token.${token}`,
            ])
            socket.onopen = () => resolve('open')
            socket.onerror = () => resolve('refused')
          }),
        { origin: own.origin, token },
      )
    expect(await attempt('guess')).toBe('refused')
    expect(await attempt(own.server.access.sessionToken)).toBe('refused')
  })

  it('cannot embed the app in a frame', async () => {
    const framed = await page.evaluate(async (link) => {
      const frame = document.createElement('iframe')
      frame.src = link
      document.body.append(frame)
      await new Promise((resolve) => frame.addEventListener('load', resolve))
      try {
        return frame.contentDocument === null ? 'out of reach' : 'readable'
      } catch {
        return 'out of reach'
      }
    }, own.server.link())
    expect(framed).toBe('out of reach')
    const [, frame] = page.frames()
    expect(frame?.url()).toMatch(/^chrome-error:/)
  })

  it('whose link the user follows opens a page without a connection', async () => {
    const popup = page.waitForEvent('popup')
    await page.evaluate((origin) => void window.open(origin), own.origin)
    const opened = await popup
    expect(await outcome(opened)).toBe('unauthorized')
    expect(await opened.evaluate(() => window.opener === null)).toBe(true)
    await opened.close()
  })
})
