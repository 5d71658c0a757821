/** What no page may do in the desktop app, regardless of its content. */
import { app, shell, type Session, type WebContents } from 'electron'
import { isAppUrl } from './appProtocol'

/** Pages the help may link to; they open in the user's browser. */
const linkedHosts = new Set(['pytorch.org', 'docs.pytorch.org', 'onnx.ai', 'onnxruntime.ai', 'arxiv.org'])

/** Applies to every current and future window and frame. */
export function hardenContents(): void {
  app.on('web-contents-created', (_event, contents) => hardenContent(contents))
}

function hardenContent(contents: WebContents): void {
  const stayInApp = (event: { readonly url: string; preventDefault(): void }): void => {
    if (!isAppUrl(event.url)) event.preventDefault()
  }
  contents.on('will-navigate', stayInApp)
  contents.on('will-redirect', stayInApp)
  contents.on('will-frame-navigate', stayInApp)
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    if (isLinked(url)) void shell.openExternal(url)
    return { action: 'deny' }
  })
}

function isLinked(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, host } = new URL(url)
  return protocol === 'https:' && linkedHosts.has(host)
}

/** No permissions, no devices, no network, and no downloads except those created by the page itself. */
export function hardenSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !isLocal(details.url) }))
  session.on('will-download', (event, item) => {
    if (!/^(blob:app:\/\/bundle\/|data:)/.test(item.getURL())) event.preventDefault()
  })
}

function isLocal(url: string): boolean {
  return isAppUrl(url) || /^(blob:app:\/\/bundle\/|data:|devtools:)/.test(url)
}
