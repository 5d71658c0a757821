/**
 * What differs between the desktop app and browser mode. The host uses this interface and does not depend on Electron.
 */
import type { Text } from '#core/base/text'
import type { FileKind } from '#core/rpc/contract/file'

export interface NativeDialogs {
  /** Paths of existing files, or of folders for a folder kind; empty if canceled. */
  open(options: { kind: FileKind; multiple: boolean }): Promise<string[]>
  /** Undefined if canceled; the dialog has already confirmed replacing a file. */
  save(options: { kind: FileKind; suggestedName: string }): Promise<string | undefined>
}

export interface DesktopNotice {
  readonly title: Text
  readonly body: Text
}

export interface Desktop {
  readonly shell: 'electron' | 'browser'
  /** Null if the window browses for files through the host. */
  readonly dialogs: NativeDialogs | null
  readonly systemLanguage: string
  /** Shows the progress of the running work, 0 to 1; -1 if unknown, null if nothing runs. */
  setProgress(fraction: number | null): void
  /** Notifies a user who is looking elsewhere. Returns false if the shell cannot, so that the page has to. */
  notify(notice: DesktopNotice): boolean
  setDocument(document: { title: string; edited: boolean }): void
  addRecentDocument(path: string): void
  /** Quits without confirmation. */
  quit(): void
}
