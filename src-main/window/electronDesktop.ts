/** The `Desktop` of the desktop app: native dialogs, notifications, the taskbar, the list of recent files. */
import { app, dialog, Notification, type BrowserWindow, type FileFilter } from 'electron'
import { textIn, type Language } from '#core/base/text'
import { fileKinds, type FileKind } from '#core/rpc/contract/file'
import type { Desktop, NativeDialogs } from '../desktop/desktop'
import { kindNames, type Messages } from './messages'

export interface ElectronDesktopOptions {
  /** Undefined before the window is created and after it is closed. */
  readonly window: () => BrowserWindow | undefined
  readonly messages: () => Messages
  readonly language: () => Language
  readonly onDocument: (document: { title: string; edited: boolean }) => void
  readonly quit: () => void
}

export function electronDesktop(options: ElectronDesktopOptions): Desktop {
  const { window } = options
  return {
    shell: 'electron',
    dialogs: nativeDialogs(options),
    systemLanguage: app.getLocale(),
    // Electron: below 0 removes the bar, above 1 shows an indeterminate one.
    setProgress: (fraction) => window()?.setProgressBar(fraction === null ? -1 : fraction < 0 ? 2 : fraction),
    notify(notice) {
      const shown = window()
      if (shown === undefined || shown.isFocused() || !Notification.isSupported()) return false
      const language = options.language()
      const notification = new Notification({
        title: textIn(notice.title, language),
        body: textIn(notice.body, language),
      })
      notification.on('click', () => {
        if (shown.isMinimized()) shown.restore()
        shown.focus()
      })
      notification.show()
      shown.flashFrame(true)
      return true
    },
    setDocument(document) {
      window()?.setDocumentEdited(document.edited)
      options.onDocument(document)
    },
    addRecentDocument: (path) => app.addRecentDocument(path),
    quit: options.quit,
  }
}

function nativeDialogs({ window, messages }: ElectronDesktopOptions): NativeDialogs {
  return {
    async open({ kind, multiple }) {
      const what = kind === 'data-folder' ? ('openDirectory' as const) : ('openFile' as const)
      const properties = [what, ...(multiple ? ['multiSelections' as const] : [])]
      const parameters = { filters: filters(kind, messages()), properties }
      const parent = window()
      const answer = await (parent ? dialog.showOpenDialog(parent, parameters) : dialog.showOpenDialog(parameters))
      return answer.canceled ? [] : answer.filePaths
    },
    async save({ kind, suggestedName }) {
      const parameters = { filters: filters(kind, messages()), defaultPath: suggestedName }
      const parent = window()
      const answer = await (parent ? dialog.showSaveDialog(parent, parameters) : dialog.showSaveDialog(parameters))
      return answer.canceled || answer.filePath === '' ? undefined : answer.filePath
    },
  }
}

function filters(kind: FileKind, messages: Messages): FileFilter[] {
  const all = { name: messages.allFiles, extensions: ['*'] }
  const extensions = [...fileKinds[kind]]
  return extensions.length === 0 ? [all] : [{ name: messages[kindNames[kind]], extensions }, all]
}
