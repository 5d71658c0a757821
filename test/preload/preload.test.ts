/** The preload script: what it exposes, and that it is one file that a sandbox can load. */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { BRIDGE, CONNECT_CHANNEL, PORT_MESSAGE, type DesktopBridge } from '#core/rpc/bridge'
import { exposed, ipcRenderer, sent } from '../support/electron/electron'

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
  it('exposes one function that takes nothing and gives nothing', () => {
    expect([...exposed.keys()]).toEqual([BRIDGE])
    const bridge = exposed.get(BRIDGE) as DesktopBridge
    expect(Object.keys(bridge)).toEqual(['connect'])
    const connect: (...values: unknown[]) => unknown = bridge.connect
    expect(connect('other:channel', { evil: true })).toBeUndefined()
    expect(sent).toEqual([[CONNECT_CHANNEL]])
  })

  it('hands the port to the page of its own origin, and listens to nothing else', () => {
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
