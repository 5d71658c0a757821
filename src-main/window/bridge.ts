/**
 * Gives the page its port and the files dropped on it: only our window, only its main frame, only while it shows our
 * page.
 */
import { isAbsolute } from 'node:path'
import { ipcMain, MessageChannelMain, type BrowserWindow, type IpcMainEvent, type IpcMainInvokeEvent } from 'electron'
import { CONNECT_CHANNEL, DROP_CHANNEL, PORT_MESSAGE } from '#core/rpc/bridge'
import type { FileReference } from '#core/rpc/contract/file'
import type { RpcPort } from '#core/rpc/port'
import { electronPort } from '../rpc/transport.electron'
import { isAppUrl } from './appProtocol'

export function answerConnects(window: () => BrowserWindow | undefined, onPort: (port: RpcPort) => void): void {
  let last: RpcPort | undefined
  ipcMain.on(CONNECT_CHANNEL, (event) => {
    const frame = event.senderFrame
    if (!isOurPage(event, window()) || frame === null) {
      console.warn(`refused a connection from ${frame?.url ?? 'a frame that is gone'}`)
      return
    }
    // A reloaded page has abandoned its old port.
    last?.close()
    const { port1, port2 } = new MessageChannelMain()
    last = electronPort(port1)
    onPort(last)
    frame.postMessage(PORT_MESSAGE, null, [port2])
  })
}

/** `grant` makes the path of a dropped file or folder known to the host. */
export function answerDrops(window: () => BrowserWindow | undefined, grant: (path: string) => FileReference): void {
  ipcMain.handle(DROP_CHANNEL, (event, path: unknown) => {
    if (isOurPage(event, window()) && typeof path === 'string' && isAbsolute(path)) return grant(path)
    console.warn(`refused what was dropped on ${event.senderFrame?.url ?? 'a frame that is gone'}`)
    return null
  })
}

function isOurPage(
  { sender, senderFrame }: IpcMainEvent | IpcMainInvokeEvent,
  window: BrowserWindow | undefined,
): boolean {
  if (window === undefined || senderFrame === null) return false
  return sender === window.webContents && senderFrame === sender.mainFrame && isAppUrl(senderFrame.url)
}
