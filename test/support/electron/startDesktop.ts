/** Starts the desktop app on the stand-in for Electron and connects to it like its page. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { createClient, type Client } from '#core/rpc/client'
import type { AppEvent } from '#core/rpc/contract/app'
import type { RpcPort } from '#core/rpc/port'
import type { DesktopApp } from '../../../src-main/electron'
import { app, BrowserWindow, ipcMain, type MessagePortMain } from './electron'
import { eventually } from '../eventually'

export interface Desktop {
  readonly folder: string
  readonly app: DesktopApp
  readonly window: BrowserWindow
  end(): void
}

/**
 * The test file has to replace the module `electron` with the stand-in first. `files` are passed on the command line.
 */
export async function startDesktop(files: (folder: string) => string[] = () => []): Promise<Desktop> {
  const folder = mkdtempSync(join(tmpdir(), 'layerloom-desktop-'))
  app.userData = folder
  const { argv } = process
  process.argv = ['electron', '.', ...files(folder)]
  const { main } = await import('../../../src-main/electron')
  const desktopApp = main()
  process.argv = argv
  if (desktopApp === undefined) throw new Error('another instance was found')
  app.makeReady()
  await eventually(() => expect(BrowserWindow.all).toHaveLength(1))
  return {
    folder,
    app: desktopApp,
    window: BrowserWindow.all[0]!,
    end: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** Requests a port like the preload script, by default from the page. */
export function askForPort(window: BrowserWindow, event: { sender?: unknown; senderFrame?: unknown } = {}): void {
  ipcMain.emit('layerloom:connect', { sender: window.webContents, senderFrame: window.webContents.mainFrame, ...event })
}

export function connectPage(window: BrowserWindow): Client {
  askForPort(window)
  const { channel, ports } = window.webContents.mainFrame.posted.at(-1)!
  expect(channel).toBe('layerloom:port')
  return createClient(portOf(ports[0]!))
}

function portOf(port: MessagePortMain): RpcPort {
  return {
    send: (message) => port.postMessage(message),
    onMessage(listener) {
      port.on('message', ({ data }: { data: unknown }) => listener(data))
      port.start()
    },
    onClose: (listener) => void port.once('close', listener),
    close: () => port.close(),
  }
}

/** Events of the app, collected from now on. */
export async function collectEvents(client: Client): Promise<AppEvent[]> {
  const collected: AppEvent[] = []
  const events = await client.app.events()
  void (async () => {
    for await (const event of events) collected.push(event)
  })().catch(() => undefined)
  return collected
}
