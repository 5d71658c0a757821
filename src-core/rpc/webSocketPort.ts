/** A port over a WebSocket, for both the page and the server: their sockets share the members used here. */
import { decodeFrame, encodeFrame } from './frame'
import type { RpcPort } from './port'

export interface WebSocketLike {
  binaryType: string
  readonly readyState: number
  send(data: Uint8Array<ArrayBuffer>): void
  close(code?: number, reason?: string): void
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void
  addEventListener(type: 'close', listener: () => void): void
}

const OPEN = 1
/** Close code of RFC 6455 for "data of a kind that cannot be accepted". */
export const UNACCEPTABLE = 1003

/** Text frames and frames that fail to decode close the connection with code 1003 and never reach a listener. */
export function webSocketPort(socket: WebSocketLike): RpcPort {
  socket.binaryType = 'arraybuffer'
  const listeners: ((message: unknown) => void)[] = []
  socket.addEventListener('message', (event) => {
    let message: unknown
    try {
      message = decodeFrame(binary(event.data))
    } catch {
      socket.close(UNACCEPTABLE, 'not a Layerloom frame')
      return
    }
    for (const listener of listeners) listener(message)
  })
  return {
    send(message) {
      if (socket.readyState === OPEN) socket.send(encodeFrame(message))
    },
    onMessage: (listener) => void listeners.push(listener),
    onClose: (listener) => socket.addEventListener('close', () => listener()),
    close: () => socket.close(),
  }
}

function binary(data: unknown): ArrayBuffer {
  if (Object.prototype.toString.call(data) !== '[object ArrayBuffer]') throw new TypeError('a text frame')
  return data as ArrayBuffer
}
