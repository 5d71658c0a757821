/** The preload script: what it exposes, and that it is a single file that a sandbox can load. */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { BRIDGE, CONNECT_CHANNEL, DROP_CHANNEL, PORT_MESSAGE, type DesktopBridge } from '#core/rpc/bridge'
import { exposed, ipcRenderer, pathsOfFiles, sent } from '../support/electron/electron'

vi.mock('electron', () => import('../support/electron/electron'))

const posted: unknown[][] = []
beforeAll(async () => {
  vi.stubGlobal('window', {
    location: { origin: 'app://bundle' },
    postMessage: (...message: unknown[]) => posted.push(message),
  })
  await import('../../src-preload/index')
  return () => vi.unstubAllGlobals()
})

describe('the preload script', () => {
  it('exposes a function without arguments or result, and one for dropped items', () => {
    expect([...exposed.keys()]).toEqual([BRIDGE])
    const bridge = exposed.get(BRIDGE) as DesktopBridge
    expect(Object.keys(bridge)).toEqual(['connect', 'dropped'])
    const connect: (...values: unknown[]) => unknown = bridge.connect
    expect(connect('other:channel', { evil: true })).toBeUndefined()
    expect(sent).toEqual([[CONNECT_CHANNEL]])
  })

  it('sends the path of a dropped file to the main process, and nothing for one that a page created or named', async () => {
    const { dropped } = exposed.get(BRIDGE) as DesktopBridge
    const file = new File([], 'a.csv')
    pathsOfFiles.set(file, '/home/ann/data/a.csv')
    sent.length = 0
    await dropped(file)
    expect(sent).toEqual([[DROP_CHANNEL, '/home/ann/data/a.csv']])
    expect(await dropped(new File([], '/etc/passwd'))).toBeNull()
    expect(await dropped({ path: '/etc/passwd' })).toBeNull()
    expect(sent).toHaveLength(1)
  })

  it('passes the port to the page on its own origin, and listens to nothing else', () => {
    ipcRenderer.emit(PORT_MESSAGE, { ports: ['the port'] })
    expect(posted).toEqual([[PORT_MESSAGE, 'app://bundle', ['the port']]])
    expect(ipcRenderer.eventNames()).toEqual([PORT_MESSAGE])
  })

  it('is built as a single CommonJS file that requires nothing but electron', () => {
    const folder = join(import.meta.dirname, '../../out/preload')
    if (!existsSync(folder)) throw new Error('build first: npm run build')
    expect(readdirSync(folder)).toEqual(['index.cjs'])
    const code = readFileSync(join(folder, 'index.cjs'), 'utf8')
    expect([...code.matchAll(/require\(["'`](.*?)["'`]\)/g)].map(([, name]) => name)).toEqual(['electron'])
    expect(code).not.toMatch(/^\s*(import|export)\s/m)
  })
})
