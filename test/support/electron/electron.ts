/**
 * A stand-in for the `electron` module, with the API that the desktop app uses, for machines without its binary.
 * Ports are real (Node's MessageChannel), so order, structured clone and closing are too. Calls from the app to
 * Electron
 * are recorded; tests emit the events that Electron would send to the app.
 */
import { EventEmitter } from 'node:events'
import { MessageChannel, type MessagePort } from 'node:worker_threads'

export class MessagePortMain extends EventEmitter {
  constructor(private readonly port: MessagePort) {
    super()
    port.on('close', () => this.emit('close'))
  }
  #started = false
  start(): void {
    if (this.#started) return
    this.#started = true
    this.port.on('message', (data: unknown) => this.emit('message', { data, ports: [] }))
  }
  postMessage(message: unknown): void {
    this.port.postMessage(message)
  }
  close(): void {
    this.port.close()
  }
}

export class MessageChannelMain {
  readonly port1: MessagePortMain
  readonly port2: MessagePortMain
  constructor() {
    const { port1, port2 } = new MessageChannel()
    this.port1 = new MessagePortMain(port1)
    this.port2 = new MessagePortMain(port2)
  }
}

class App extends EventEmitter {
  isPackaged = true
  hasLock = true
  userData = ''
  locale = 'en-GB'
  sandboxed = false
  quits = 0
  readonly recentDocuments: string[] = []
  makeReady: () => void = () => undefined
  readonly #ready = new Promise<void>((resolve) => (this.makeReady = resolve))
  requestSingleInstanceLock = (): boolean => this.hasLock
  enableSandbox = (): void => void (this.sandboxed = true)
  whenReady = (): Promise<void> => this.#ready
  quit = (): void => void this.quits++
  getPath = (): string => this.userData
  getLocale = (): string => this.locale
  setAppUserModelId = (): void => undefined
  addRecentDocument = (path: string): void => void this.recentDocuments.push(path)
}
export const app = new App()

export class WebFrameMain {
  readonly posted: { channel: string; message: unknown; ports: MessagePortMain[] }[] = []
  constructor(public url: string) {}
  postMessage(channel: string, message: unknown, ports: MessagePortMain[]): void {
    this.posted.push({ channel, message, ports })
  }
}

export class WebContents extends EventEmitter {
  readonly mainFrame = new WebFrameMain('app://bundle/')
  reloads = 0
  openWindow: (details: { url: string }) => { action: string } = () => ({ action: 'allow' })
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openWindow = handler
  }
  reload(): void {
    this.reloads++
  }
}

export class BrowserWindow extends EventEmitter {
  static readonly all: BrowserWindow[] = []
  readonly webContents = new WebContents()
  readonly progress: number[] = []
  readonly flashes: boolean[] = []
  url = ''
  focused = false
  focusCalls = 0
  minimized = false
  maximized = false
  edited = false
  shown = false
  destroyed = false
  bounds = { x: 10, y: 20, width: 1200, height: 800 }
  constructor(readonly options: Record<string, unknown> & { webPreferences: Record<string, unknown> }) {
    super()
    BrowserWindow.all.push(this)
    app.emit('web-contents-created', {}, this.webContents)
  }
  async loadURL(url: string): Promise<void> {
    this.url = url
  }
  /** Like Electron: the window closes unless a listener prevents it. */
  close(): void {
    let prevented = false
    this.emit('close', { preventDefault: () => (prevented = true) })
    if (prevented) return
    this.destroyed = true
    this.emit('closed')
    app.emit('window-all-closed')
  }
  isDestroyed = (): boolean => this.destroyed
  isMinimized = (): boolean => this.minimized
  isMaximized = (): boolean => this.maximized
  isFocused = (): boolean => this.focused
  restore = (): void => void (this.minimized = false)
  maximize = (): void => void (this.maximized = true)
  focus = (): void => void this.focusCalls++
  show = (): void => void (this.shown = true)
  getNormalBounds = () => this.bounds
  setProgressBar = (value: number): void => void this.progress.push(value)
  setDocumentEdited = (edited: boolean): void => void (this.edited = edited)
  flashFrame = (on: boolean): void => void this.flashes.push(on)
}

class IpcMain extends EventEmitter {
  readonly handlers = new Map<string, (event: unknown, ...values: unknown[]) => unknown>()
  handle = (channel: string, handler: (event: unknown, ...values: unknown[]) => unknown): void =>
    void this.handlers.set(channel, handler)
}
export const ipcMain = new IpcMain()

export const privilegedSchemes: { scheme: string; privileges: Record<string, boolean> }[] = []
export const schemeHandlers = new Map<string, (request: Request) => Promise<Response>>()
export const protocol = {
  registerSchemesAsPrivileged: (schemes: typeof privilegedSchemes) => void privilegedSchemes.push(...schemes),
  handle: (scheme: string, handler: (request: Request) => Promise<Response>) =>
    void schemeHandlers.set(scheme, handler),
}

class Session extends EventEmitter {
  permissionRequest: (contents: unknown, permission: string, answer: (allowed: boolean) => void) => void = () =>
    undefined
  permissionCheck: () => boolean = () => true
  devicePermission: () => boolean = () => true
  beforeRequest: (details: { url: string }, answer: (response: { cancel: boolean }) => void) => void = () => undefined
  setPermissionRequestHandler = (handler: Session['permissionRequest']): void => void (this.permissionRequest = handler)
  setPermissionCheckHandler = (handler: () => boolean): void => void (this.permissionCheck = handler)
  setDevicePermissionHandler = (handler: () => boolean): void => void (this.devicePermission = handler)
  webRequest = { onBeforeRequest: (handler: Session['beforeRequest']): void => void (this.beforeRequest = handler) }
}
export const session = { defaultSession: new Session() }

export const openedLinks: string[] = []
export const shell = { openExternal: async (url: string) => void openedLinks.push(url) }

export const nativeTheme = { themeSource: 'system', shouldUseDarkColors: false }

export const displays = [{ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }]
export const screen = { getAllDisplays: () => displays }

export interface MenuItem {
  readonly id?: string
  readonly label?: string
  readonly role?: string
  readonly type?: string
  readonly accelerator?: string
  readonly enabled?: boolean
  readonly submenu?: MenuItem[]
  readonly click?: () => void
}
export const Menu = {
  shown: [] as MenuItem[],
  buildFromTemplate: (template: MenuItem[]) => template,
  setApplicationMenu: (menu: MenuItem[]) => void (Menu.shown = menu),
}

export class Notification extends EventEmitter {
  static readonly shown: Notification[] = []
  static isSupported = (): boolean => true
  constructor(readonly options: { title: string; body: string }) {
    super()
  }
  show(): void {
    Notification.shown.push(this)
  }
}

interface Question {
  readonly message: string
  readonly detail: string
  readonly buttons: string[]
  readonly defaultId: number
  readonly cancelId: number
}

/** Responses prepared by tests, in order; prompts that were shown. */
export const dialog = {
  questions: [] as Question[],
  answers: [] as number[],
  openParameters: [] as unknown[],
  saveParameters: [] as unknown[],
  openAnswer: { canceled: true, filePaths: [] as string[] },
  saveAnswer: { canceled: true, filePath: '' },
  async showMessageBox(_window: unknown, question: Question): Promise<{ response: number }> {
    dialog.questions.push(question)
    return { response: dialog.answers.shift() ?? question.cancelId }
  },
  async showOpenDialog(_window: unknown, parameters: unknown): Promise<{ canceled: boolean; filePaths: string[] }> {
    dialog.openParameters.push(parameters)
    return dialog.openAnswer
  },
  async showSaveDialog(_window: unknown, parameters: unknown): Promise<{ canceled: boolean; filePath: string }> {
    dialog.saveParameters.push(parameters)
    return dialog.saveAnswer
  },
}

export class UtilityProcess extends EventEmitter {
  readonly stderr = new EventEmitter()
  readonly posted: unknown[] = []
  pid: number | undefined
  terminated = false
  constructor(
    readonly entry: string,
    readonly options: unknown,
  ) {
    super()
  }
  postMessage(message: unknown): void {
    this.posted.push(message)
  }
  kill(): boolean {
    this.terminated = true
    return true
  }
}
export const utilityProcess = {
  started: [] as UtilityProcess[],
  fork(entry: string, _parameters: string[], options: unknown): UtilityProcess {
    const child = new UtilityProcess(entry, options)
    utilityProcess.started.push(child)
    return child
  },
}

// What a preload script exposes.
export const exposed = new Map<string, unknown>()
export const contextBridge = { exposeInMainWorld: (name: string, value: unknown) => void exposed.set(name, value) }
export const sent: unknown[][] = []
export const ipcRenderer = Object.assign(new EventEmitter(), {
  send: (...message: unknown[]) => void sent.push(message),
  invoke: async (...message: unknown[]) => sent.push(message),
})
/** Files on disk, with their paths. */
export const pathsOfFiles = new Map<unknown, string>()
export const webUtils = { getPathForFile: (file: unknown) => pathsOfFiles.get(file) ?? '' }
