/**
 * The real built app in browser mode for end-to-end tests: a separate server with fresh folders, and pages in Chromium.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { LOCK_FILE, readLock, requestLink } from '../../../src-main/server/profileLock'
import { openChromium, PATIENCE } from '../../renderer/support/openChromium'

export interface PageOptions {
  readonly size?: { readonly width: number; readonly height: number }
  readonly theme?: 'light' | 'dark'
  readonly language?: 'en' | 'zh-CN'
}

export interface RunningApp {
  /** Folder that the server lets windows browse; empty at first. */
  readonly home: string
  readonly browser: Browser
  /** Opens the app in a new window; its complaints are collected in `complaints`. */
  open(options?: PageOptions): Promise<OpenApp>
  /** A launch link, valid once. */
  link(): Promise<string>
  /** Ends the server like a crash: without notifying any window. */
  crash(): Promise<void>
  close(): Promise<void>
}

export interface OpenApp {
  readonly page: Page
  readonly context: BrowserContext
  /** Errors in the console, uncaught errors and blocked loads. */
  readonly complaints: readonly string[]
}

const root = resolve(import.meta.dirname, '../../..')

export interface AppOptions {
  /** Folders that windows may browse besides the home folder. */
  readonly browse?: readonly string[]
  /** False for an account without a home folder. */
  readonly hasHome?: boolean
}

/** Starts the server of the build in `out` with fresh folders, and a browser. */
export async function startApp({ browse = [], hasHome = true }: AppOptions = {}): Promise<RunningApp> {
  const folder = await mkdtemp(join(tmpdir(), 'layerloom-e2e-'))
  const home = join(folder, 'home')
  if (hasHome) await mkdir(home)
  const environment = { ...process.env, HOME: home, LAYERLOOM_HOME: join(folder, 'data') }
  const options = ['--idle-minutes', '0', ...browse.map((place) => `--browse=${place}`)]
  const [browser, server] = await Promise.all([openChromium(), startServer(environment, options)])
  const links = [server.link]
  const link = async (): Promise<string> => links.shift() ?? askForLink(environment.LAYERLOOM_HOME)
  return {
    home,
    browser,
    link,
    async open({ size = { width: 1440, height: 900 }, theme = 'light', language = 'en' } = {}) {
      const context = await browser.newContext({ viewport: size, colorScheme: theme, locale: language })
      await context.grantPermissions(['clipboard-read', 'clipboard-write'])
      context.setDefaultTimeout(PATIENCE)
      const page = await context.newPage()
      const complaints: string[] = []
      page.on('pageerror', (error) => complaints.push(error.stack ?? error.message))
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
      })
      await page.goto(await link())
      return { page, context, complaints }
    },
    crash: () => end(server.process, 'SIGKILL'),
    async close() {
      await browser.close()
      await end(server.process)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

interface StartedServer {
  readonly process: ChildProcess
  readonly link: string
}

/** Starts the server and waits for the link that it prints. */
function startServer(environment: NodeJS.ProcessEnv, options: readonly string[]): Promise<StartedServer> {
  const child = spawn(process.execPath, [join(root, 'out/main/server.js'), '--no-open', ...options], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return new Promise((found, fail) => {
    let output = ''
    const read = (chunk: Buffer): void => {
      output += chunk.toString()
      const link = /http:\/\/127\.0\.0\.1:\d+\/#\S+/.exec(output)?.[0]
      if (link !== undefined) found({ process: child, link })
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.once('exit', (code) => fail(new Error(`the server ended with ${code}:\n${output}`)))
  })
}

/** Requests a link from the running server, like a second start on the same folder. */
async function askForLink(dataFolder: string): Promise<string> {
  const lock = await readLock(join(dataFolder, LOCK_FILE))
  const link = lock && (await requestLink(lock))
  if (link === undefined) throw new Error('the server does not answer')
  return link
}

async function end(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((done) => child.once('exit', done))
  child.kill(signal)
  await ended
}
