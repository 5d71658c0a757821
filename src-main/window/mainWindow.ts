/** The main window, with every web feature disabled that its page does not need. */
import { BrowserWindow, dialog, nativeTheme, type WebPreferences } from 'electron'
import { PAGE_URL } from './appProtocol'
import { fillMessage, type Messages } from './messages'
import { SMALLEST, type WindowState } from './windowState'

export function openWindow(state: WindowState, preload: string): BrowserWindow {
  const { maximized, ...bounds } = state
  const window = new BrowserWindow({
    ...bounds,
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    show: false,
    title: 'Layerloom',
    // The page's own background, so that nothing flashes before the first paint.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#15171a' : '#f1f2f4',
    webPreferences: webPreferences(preload),
  })
  window.once('ready-to-show', () => {
    if (maximized) window.maximize()
    window.show()
  })
  window.on('focus', () => window.flashFrame(false))
  void window.loadURL(PAGE_URL)
  return window
}

function webPreferences(preload: string): WebPreferences {
  return {
    preload,
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
  }
}

/** Offers to reload a page whose process crashed; its unsaved work is in the autosave. */
export function watchCrashes(window: BrowserWindow, messages: () => Messages, leave: () => void): void {
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return
    const texts = messages()
    void dialog
      .showMessageBox(window, {
        type: 'error',
        message: texts.goneQuestion,
        detail: fillMessage(texts.goneDetail, { reason }),
        buttons: [texts.reload, texts.quit],
        defaultId: 0,
        cancelId: 0,
      })
      .then(({ response }) => (response === 0 ? window.webContents.reload() : leave()))
  })
}
