/**
 * The desktop app on the stand-in for Electron: every restriction of its page, its native behavior, and the whole
 * contract over its port.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { text } from '#core/base/text'
import type { Client } from '#core/rpc/client'
import { menuCommands } from '#core/rpc/contract/app'
import type { FileReference } from '#core/rpc/contract/file'
import * as electron from '../../support/electron/electron'
import { askForPort, collectEvents, connectPage, startDesktop, type Desktop } from '../../support/electron/startDesktop'
import { sampleProject } from '../rpc/hostFixture'
import { eventually } from '../../support/eventually'

vi.mock('electron', () => import('../../support/electron/electron'))

const { app, dialog, Menu, nativeTheme, session } = electron
let desktop: Desktop
let folder: string
let window: electron.BrowserWindow
let client: Client

const menuItems = (items = Menu.shown): electron.MenuItem[] =>
  items.flatMap((item) => [item, ...menuItems(item.submenu ?? [])])

beforeAll(async () => {
  desktop = await startDesktop((folder) => ['--flag', join(folder, 'first.loom'), 'notes.txt'])
  ;({ folder, window } = desktop)
})
afterAll(() => desktop.end())

describe('a page', () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
  beforeEach(() => warn.mockClear())

  it.each<[string, unknown, () => unknown]>([
    ['of another window', {}, () => window.webContents.mainFrame],
    ['in a frame', undefined, () => new electron.WebFrameMain('app://bundle/')],
    ['in a frame that is gone', undefined, () => null],
  ])('%s gets no port', (_what, sender, frame) => {
    askForPort(window, { ...(sender !== undefined && { sender }), senderFrame: frame() })
    expect(window.webContents.mainFrame.posted).toEqual([])
    expect(warn).toHaveBeenCalledOnce()
  })

  it('from elsewhere in our own window gets no port', () => {
    const { mainFrame } = window.webContents
    for (const url of [
      'https://evil.example/',
      'app://bundle.evil.example/',
      'app://evil@bundle/',
      'file:///etc/passwd',
      'about:blank',
      '',
    ]) {
      mainFrame.url = url
      askForPort(window)
    }
    mainFrame.url = 'app://bundle/'
    expect(mainFrame.posted).toEqual([])
  })

  it('of ours gets the whole contract over its port, and the file passed at startup', async () => {
    client = connectPage(window)
    expect(await client.app.info()).toMatchObject({ shell: 'electron', nativeDialogs: true, systemLanguage: 'en-GB' })
    const events = await collectEvents(client)
    await eventually(() => expect(events).toMatchObject([{ type: 'openFile', file: { name: 'first.loom' } }]))
    expect((await client.project.templates()).map(({ template }) => template)).toContain('mnist-cnn')
    await expect(client.app.setDocument({ title: 7 as never, edited: false })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    })
  })

  it('that is reloaded gets a new port, and the old one is closed', async () => {
    const old = client
    client = connectPage(window)
    await eventually(() => expect(old.app.info()).rejects.toThrow('Connection to Layerloom lost.'))
    expect(await client.app.info()).toMatchObject({ shell: 'electron' })
  })
})

describe('the window', () => {
  it('has a sandboxed, isolated page without Node or anything unnecessary', () => {
    expect(app.sandboxed).toBe(true)
    const { preload, ...preferences } = window.options.webPreferences
    expect(preload).toMatch(/out[\\/]preload[\\/]index\.cjs$/)
    expect(preferences).toEqual({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    })
    expect(window.url).toBe('app://bundle/')
    expect(window.options).toMatchObject({ minWidth: 1024, minHeight: 700, show: false })
  })

  it.each(['will-navigate', 'will-redirect', 'will-frame-navigate'])('does not navigate away by %s', (event) => {
    const goes = (url: string): boolean => {
      const preventDefault = vi.fn()
      window.webContents.emit(event, { url, preventDefault })
      return preventDefault.mock.calls.length === 0
    }
    expect(goes('app://bundle/')).toBe(true)
    expect(goes('app://bundle/#/model')).toBe(true)
    for (const url of [
      'https://evil.example/',
      'http://127.0.0.1:8080/',
      'app://bundle.evil.example/',
      'app://bundle:80/',
      'app://evil@bundle/',
      'APP2://bundle/',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'data:text/html,<script>alert(1)</script>',
      'about:blank',
      'nonsense',
    ])
      expect(goes(url), url).toBe(false)
  })

  it("opens no other window, and passes only known addresses to the user's browser", () => {
    const { openWindow } = window.webContents
    for (const url of [
      'https://evil.example',
      'javascript:alert(1)',
      'file:///etc/passwd',
      'http://pytorch.org',
      'https://pytorch.org.evil.example',
      'https://pytorch.org:8443',
      'nonsense',
    ])
      expect(openWindow({ url })).toEqual({ action: 'deny' })
    expect(electron.openedLinks).toEqual([])
    expect(openWindow({ url: 'https://pytorch.org/docs' })).toEqual({ action: 'deny' })
    expect(electron.openedLinks).toEqual(['https://pytorch.org/docs'])
  })

  it('has no webview', () => {
    const preventDefault = vi.fn()
    window.webContents.emit('will-attach-webview', { preventDefault })
    expect(preventDefault).toHaveBeenCalled()
  })

  it('is granted no permission and no device', () => {
    const { defaultSession } = session
    for (const permission of [
      'media',
      'geolocation',
      'notifications',
      'clipboard-read',
      'openExternal',
      'fileSystem',
    ]) {
      const answer = vi.fn()
      defaultSession.permissionRequest({}, permission, answer)
      expect(answer).toHaveBeenCalledWith(false)
    }
    expect(defaultSession.permissionCheck()).toBe(false)
    expect(defaultSession.devicePermission()).toBe(false)
  })

  it('accesses no network and downloads only what its page created', () => {
    const cancelled = (url: string): boolean => {
      let cancel = false
      session.defaultSession.beforeRequest({ url }, (response) => (cancel = response.cancel))
      return cancel
    }
    for (const url of [
      'https://example.com/',
      'http://127.0.0.1/',
      'ws://127.0.0.1:9222/',
      'file:///etc/passwd',
      'ftp://x/',
      'blob:https://evil.example/1',
    ])
      expect(cancelled(url), url).toBe(true)
    for (const url of ['app://bundle/assets/index.js', 'blob:app://bundle/1-2', 'data:image/png;base64,AA'])
      expect(cancelled(url), url).toBe(false)
    const stopped = (url: string): boolean => {
      const preventDefault = vi.fn()
      session.defaultSession.emit('will-download', { preventDefault }, { getURL: () => url })
      return preventDefault.mock.calls.length > 0
    }
    expect(stopped('https://example.com/x.zip')).toBe(true)
    expect(stopped('blob:app://bundle/1')).toBe(false)
  })
})

describe("the page's scheme", () => {
  const get = (url: string, method = 'GET') => electron.schemeHandlers.get('app')!({ url, method } as Request)

  it('is a separate secure origin', () => {
    expect(electron.privilegedSchemes).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ])
  })

  it('serves the built page with the content policy as a header', async () => {
    const answer = await get('app://bundle/')
    expect(answer.status).toBe(200)
    expect(await answer.text()).toContain('<div id="app">')
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(answer.headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    )
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('exposes nothing outside its folder', async () => {
    for (const url of [
      'app://bundle/..%2fmain%2findex.js',
      'app://bundle/%2e%2e/main/index.js',
      'app://bundle/..%5cmain%5cindex.js',
      'app://bundle/%2e%2e%2f%2e%2e%2fpackage.json',
      'app://bundle/a%00b',
      'app://bundle/%',
      'app://bundle//etc/passwd',
      'app://bundle/assets',
      'app://other/index.html',
    ])
      expect((await get(url)).status, url).toBeGreaterThanOrEqual(400)
    expect((await get('app://bundle/', 'POST')).status).toBe(405)
  })
})

describe('the menu', () => {
  it('has every command once, and forwards it to the page', async () => {
    const events = await collectEvents(client)
    const items = menuItems().filter(({ id }) => id !== undefined)
    expect(items.map(({ id }) => id).sort()).toEqual([...menuCommands].sort())
    for (const { click } of items) click!()
    await eventually(() => expect(events.filter(({ type }) => type === 'command')).toHaveLength(menuCommands.length))
    const accelerators = items.flatMap(({ accelerator }) => accelerator ?? [])
    expect(new Set(accelerators).size).toBe(accelerators.length)
    expect(accelerators).toContain('CmdOrCtrl+S')
  })

  it('follows the language and the theme of the settings, and hides the developer tools in the packaged app', async () => {
    expect(Menu.shown.map(({ label }) => label)).toContain('Training')
    await client.settings.change({ language: 'zh-CN', theme: 'dark' })
    await eventually(() => expect(Menu.shown.map(({ label }) => label)).toContain('训练'))
    expect(nativeTheme.themeSource).toBe('dark')
    await client.settings.change({ language: 'en', theme: 'system' })
    await eventually(() => expect(Menu.shown.map(({ label }) => label)).toContain('Training'))
    expect(menuItems().map(({ role }) => role)).not.toContain('toggleDevTools')
  })

  it('lists recent projects and opens them', async () => {
    const path = join(folder, 'recent.loom')
    dialog.saveAnswer = { canceled: false, filePath: path }
    const file = await client.dialog.save({ kind: 'project', suggestedName: 'recent' })
    expect(dialog.saveParameters.at(-1)).toEqual({
      filters: [
        { name: 'Layerloom projects', extensions: ['loom'] },
        { name: 'All files', extensions: ['*'] },
      ],
      defaultPath: 'recent',
    })
    await client.project.save({ file: file!.id, revision: null, document: 'document-1', project: sampleProject })
    expect(app.recentDocuments).toEqual([path])
    const item = await eventually(() => {
      const found = menuItems().find(({ label }) => label?.startsWith('recent.loom'))
      if (found === undefined) throw new Error('not listed')
      return found
    })
    const events = await collectEvents(client)
    item.click!()
    await eventually(() => expect(events).toMatchObject([{ type: 'openFile', file: { name: 'recent.loom' } }]))
  })
})

describe('native features', () => {
  it('open dialogs with the filters of their kind; canceling returns nothing', async () => {
    dialog.openAnswer = { canceled: true, filePaths: [] }
    expect(await client.dialog.open({ kind: 'project' })).toEqual([])
    dialog.openAnswer = { canceled: false, filePaths: [join(folder, 'a.csv'), join(folder, 'b.csv')] }
    const files = await client.dialog.open({ kind: 'table', multiple: true })
    expect(files.map(({ name }) => name)).toEqual(['a.csv', 'b.csv'])
    expect(dialog.openParameters.at(-1)).toMatchObject({
      filters: [{ name: 'Tables', extensions: ['csv', 'tsv', 'txt', 'parquet', 'pq'] }, { name: 'All files' }],
      properties: ['openFile', 'multiSelections'],
    })
    dialog.saveAnswer = { canceled: true, filePath: '' }
    expect(await client.dialog.save({ kind: 'model', suggestedName: 'model.onnx' })).toBeNull()
  })

  it('choose data as a file of any format, or as a folder', async () => {
    dialog.openAnswer = { canceled: false, filePaths: [join(folder, 'digits.npz')] }
    expect(await client.dialog.open({ kind: 'data' })).toMatchObject([{ name: 'digits.npz' }])
    expect(dialog.openParameters.at(-1)).toEqual({
      filters: [{ name: 'All files', extensions: ['*'] }],
      properties: ['openFile'],
    })
    dialog.openAnswer = { canceled: false, filePaths: [join(folder, '写真')] }
    expect(await client.dialog.open({ kind: 'data-folder' })).toMatchObject([{ name: '写真' }])
    expect(dialog.openParameters.at(-1)).toMatchObject({ properties: ['openDirectory'] })
  })

  it('resolve the path of a dropped folder, only for our page', async () => {
    const dropped = electron.ipcMain.handlers.get('layerloom:dropped')!
    const frame = window.webContents.mainFrame
    const event = { sender: window.webContents, senderFrame: frame }
    const file = dropped(event, join(folder, '写真')) as FileReference
    expect(file).toEqual({ id: expect.any(String) as string, name: '写真', folder })
    expect((await client.data.pathFor({ target: file.id, project: null })).path).toBe(join(folder, '写真'))
    const warn = vi
      .spyOn(console, 'warn')
      .mockClear()
      .mockImplementation(() => undefined)
    expect(dropped({ ...event, sender: {} }, folder)).toBeNull()
    expect(dropped({ ...event, senderFrame: null }, folder)).toBeNull()
    expect(dropped({ ...event, senderFrame: new electron.WebFrameMain('https://evil.example/') }, folder)).toBeNull()
    expect(dropped(event, '../relative')).toBeNull()
    expect(dropped(event, { path: folder })).toBeNull()
    expect(warn).toHaveBeenCalledTimes(5)
    warn.mockRestore()
  })

  it('show progress on the taskbar and a notification at the end of a training if the window is not focused', async () => {
    const { activities } = desktop.app.host
    const activity = activities.begin({ title: 'digits', stop: () => Promise.resolve() })
    activity.progress(0.4)
    activity.end({ title: text('Training finished', '训练已完成'), body: text('digits: 98.9 %', 'digits：98.9 %') })
    expect(window.progress.slice(-3)).toEqual([2, 0.4, -1])
    expect(electron.Notification.shown.map(({ options }) => options)).toEqual([
      { title: 'Training finished', body: 'digits: 98.9 %' },
    ])
    expect(window.flashes).toContain(true)
    window.minimized = true
    electron.Notification.shown[0]!.emit('click')
    expect(window.minimized).toBe(false)
    const before = electron.Notification.shown.length
    window.focused = true
    const events = await collectEvents(client)
    activities
      .begin({ title: 'digits', stop: () => Promise.resolve() })
      .end({ title: text('Done', '完成'), body: text('', '') })
    await eventually(() =>
      expect(events).toEqual([{ type: 'notification', title: text('Done', '完成'), body: text('', '') }]),
    )
    expect(electron.Notification.shown).toHaveLength(before)
    window.focused = false
  })

  it('bring the window to the front on a second start, and open its file', async () => {
    const events = await collectEvents(client)
    const calls = window.focusCalls
    app.emit('second-instance', {}, ['layerloom', 'nets/second.loom', '--x', 'other.txt'], folder)
    expect(window.focusCalls).toBe(calls + 1)
    app.emit('open-file', { preventDefault: () => undefined }, join(folder, 'third.loom'))
    app.emit('open-file', { preventDefault: () => undefined }, join(folder, 'not-a-project.txt'))
    await eventually(() => expect(events).toHaveLength(2))
    expect(events).toMatchObject([{ file: { name: 'second.loom' } }, { file: { name: 'third.loom' } }])
  })

  it('offer to reload a page whose process died', async () => {
    dialog.answers = [0]
    window.webContents.emit('render-process-gone', {}, { reason: 'crashed' })
    await eventually(() => expect(window.webContents.reloads).toBe(1))
    expect(dialog.questions.at(-1)).toMatchObject({
      message: 'The window has crashed',
      buttons: ['Reload', 'Quit Layerloom'],
    })
    window.webContents.emit('render-process-gone', {}, { reason: 'clean-exit' })
    expect(dialog.questions).toHaveLength(1)
  })

  it("restore the window's position", async () => {
    window.bounds = { x: 100, y: 80, width: 1300, height: 820 }
    window.emit('resize')
    await eventually(() => expect(existsSync(join(folder, 'window.json'))).toBe(true))
    expect(JSON.parse(readFileSync(join(folder, 'window.json'), 'utf8'))).toEqual({
      x: 100,
      y: 80,
      width: 1300,
      height: 820,
      maximized: false,
    })
    const { WindowPlace } = await import('../../../src-main/window/windowState')
    const place = new WindowPlace(folder)
    expect(await place.read([{ x: 0, y: 0, width: 1920, height: 1040 }])).toMatchObject({ x: 100, y: 80, width: 1300 })
    const moved = await place.read([{ x: 3000, y: 0, width: 1920, height: 1040 }])
    expect(moved).toEqual({ width: 1300, height: 820, maximized: false })
  })
})
