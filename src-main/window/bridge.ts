/** Gives the page its port: only to our window, only to its main frame, only while it shows our page. */
import { ipcMain, MessageChannelMain, type BrowserWindow, type IpcMainEvent } from 'electron'
import { CONNECT_CHANNEL, PORT_MESSAGE } from '#core/rpc/bridge'
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
    // A page that was reloaded has left its old port behind.
    last?.close()
    const { port1, port2 } = new MessageChannelMain()
    last = electronPort(port1)
    onPort(last)
    frame.postMessage(PORT_MESSAGE, null, [port2])
  })
}

function isOurPage({ sender, senderFrame }: IpcMainEvent, window: BrowserWindow | undefined): boolean {
  if (window === undefined || senderFrame === null) return false
  return sender === window.webContents && senderFrame === sender.mainFrame && isAppUrl(senderFrame.url)
}
