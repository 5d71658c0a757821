/** What differs between the desktop app and browser mode. The host asks for it here and knows nothing of Electron. */
import type { Text } from '#core/base/text'
import type { FileKind } from '#core/rpc/contract/file'

export interface NativeDialogs {
  /** Paths of existing files, or of folders where the kind is one; none when it was cancelled. */
  open(options: { kind: FileKind; multiple: boolean }): Promise<string[]>
  /** Undefined when it was cancelled; the dialog has asked before replacing a file. */
  save(options: { kind: FileKind; suggestedName: string }): Promise<string | undefined>
}

export interface DesktopNotice {
  readonly title: Text
  readonly body: Text
}

export interface Desktop {
  readonly shell: 'electron' | 'browser'
  /** Null where the window browses for files through the host. */
  readonly dialogs: NativeDialogs | null
  readonly systemLanguage: string
  /** Shows how far the running work is, 0 to 1; -1 when that is unknown, null when nothing runs. */
  setProgress(fraction: number | null): void
  /** Tells a person who is looking elsewhere; false where the shell cannot, so that the page has to. */
  notify(notice: DesktopNotice): boolean
  setDocument(document: { title: string; edited: boolean }): void
  addRecentDocument(path: string): void
  /** Ends the app without further questions. */
  quit(): void
}
