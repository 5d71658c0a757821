/** Composition root of the desktop app: one window on the host, both inside the security limits of src-main/window. */
import { realpathSync } from 'node:fs'
import { basename, join } from 'node:path'
import { app, nativeTheme, screen, session, type BrowserWindow } from 'electron'
import { findAppRoot, sharedDataFolder } from './machine/appFolders'
import { displayPath } from './disk/fileGrants'
import { createHost, type Host } from './rpc/host'
import { registerAppScheme, serveApp } from './window/appProtocol'
import { answerConnects, answerDrops } from './window/bridge'
import { electronDesktop } from './window/electronDesktop'
import { utilityLauncher } from './window/engineLauncher'
import { hardenContents, hardenSession } from './window/hardening'
import { Leaving } from './window/leaving'
import { openWindow, watchCrashes } from './window/mainWindow'
import { setMenu } from './window/menu'
import { messagesIn, nativeLanguage, type Messages } from './window/messages'
import { projectPaths } from './window/openedFiles'
import { WindowPlace } from './window/windowState'

/**
 * Starts the app. Returns undefined if an instance is already running; Electron passes it the files this one was
 * started with.
 */
export function main(): DesktopApp | undefined {
  if (!app.requestSingleInstanceLock()) {
    app.quit()
    return undefined
  }
  registerAppScheme()
  app.enableSandbox()
  // Windows attributes notifications to an app by this id.
  if (process.platform === 'win32') app.setAppUserModelId('org.layerloom.app')
  hardenContents()
  const desktopApp = new DesktopApp()
  app.on('window-all-closed', () => app.quit())
  app.on('will-quit', () => void desktopApp.host.close())
  app.on('open-file', (event, path) => {
    event.preventDefault()
    desktopApp.open(projectPaths([path], '/'))
  })
  app.on('second-instance', (_event, parameters, workingFolder) => {
    desktopApp.open(projectPaths(parameters.slice(1), workingFolder))
    desktopApp.focus()
  })
  desktopApp.open(projectPaths(process.argv.slice(1), process.cwd()))
  void app.whenReady().then(() => desktopApp.start())
  return desktopApp
}

export class DesktopApp {
  readonly host: Host
  readonly #root = findAppRoot()
  readonly #dataFolder = app.getPath('userData')
  #window: BrowserWindow | undefined
  #leaving: Leaving | undefined
  #language = nativeLanguage('system', app.getLocale())
  #messages: Messages = messagesIn(this.#language)

  constructor() {
    const desktop = electronDesktop({
      window: () => this.#window,
      messages: () => this.#messages,
      language: () => this.#language,
      onDocument: (document) => {
        if (this.#leaving !== undefined) this.#leaving.document = document
      },
      quit: () => this.#leaving?.leave(),
    })
    this.host = createHost({
      desktop,
      root: this.#root,
      dataFolder: this.#dataFolder,
      sharedFolder: sharedDataFolder(),
      launcher: utilityLauncher(join(this.#root.folder, 'out', 'main', 'engine.js')),
    })
  }

  /** The window opens them once it listens. */
  open(paths: readonly string[]): void {
    for (const path of paths) this.host.openFile(path)
  }

  focus(): void {
    if (this.#window?.isMinimized()) this.#window.restore()
    this.#window?.focus()
  }

  async start(): Promise<void> {
    hardenSession(session.defaultSession)
    serveApp(realpathSync(join(this.#root.folder, 'out', 'renderer')))
    answerConnects(
      () => this.#window,
      (port) => this.host.connect(port),
    )
    answerDrops(
      () => this.#window,
      (path) => this.host.files.file(path),
    )
    await this.#followSettings()
    const place = new WindowPlace(this.#dataFolder)
    const state = await place.read(screen.getAllDisplays().map(({ workArea }) => workArea))
    const window = openWindow(state, join(this.#root.folder, 'out', 'preload', 'index.cjs'))
    place.follow(window)
    this.#window = window
    this.#leaving = new Leaving({ window, host: this.host, messages: () => this.#messages })
    watchCrashes(
      window,
      () => this.#messages,
      () => this.#leaving?.leave(),
    )
    window.on('closed', () => (this.#window = undefined))
  }

  /** Theme and language of the native UI, and the recent files of the menu. */
  async #followSettings(): Promise<void> {
    const { settings, recent, events } = this.host
    const update = async (): Promise<void> => {
      const { theme, language } = await settings.read()
      nativeTheme.themeSource = theme
      this.#language = nativeLanguage(language, app.getLocale())
      this.#messages = messagesIn(this.#language)
      const files = (await recent.list()).filter(({ exists }) => exists).slice(0, 10)
      setMenu({
        messages: this.#messages,
        recent: files.map(({ path }) => ({ path, label: `${basename(path)} — ${displayPath(join(path, '..'))}` })),
        onCommand: (command) => events.publish({ type: 'command', command }),
        onOpen: (path) => this.host.openFile(path),
        developerTools: !app.isPackaged,
      })
    }
    settings.onChange(() => void update())
    recent.onChange(() => void update())
    await update()
  }
}

if (process.versions['electron'] !== undefined) main()
