/** The port of a desktop window: its Electron MessagePort on the side of the main process. */
import type { MessagePortMain } from 'electron'
import type { RpcPort } from '#core/rpc/port'

/** Call once per port: the first listener starts the delivery of queued messages. */
export function electronPort(port: MessagePortMain): RpcPort {
  let open = true
  port.once('close', () => (open = false))
  return {
    send(message) {
      if (open) port.postMessage(message)
    },
    onMessage(listener) {
      port.on('message', ({ data }) => listener(data))
      port.start()
    },
    onClose: (listener) => void port.once('close', listener),
    close: () => port.close(),
  }
}
