/** The port of a desktop window: its Electron MessagePort, seen from the main process. */
import type { MessagePortMain } from 'electron'
import type { RpcPort } from '#core/rpc/port'

/** Call it once per port: it starts the delivery of queued messages with its first listener. */
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
