/** The seam between the remote calls and what carries them: an Electron message port, a WebSocket, or a pair in memory. */

/** One end of an ordered channel. Messages are what structured clone can carry; typed arrays arrive as typed arrays. */
export interface RpcPort {
  /** Sends a message; does nothing once the port is closed. */
  send(message: unknown): void
  /** Adds a listener for every message from now on. */
  onMessage(listener: (message: unknown) => void): void
  /** Adds a listener for the end of the channel, called once, whichever side ended it. */
  onClose(listener: () => void): void
  close(): void
}

/** The part of a browser's MessagePort that is used; the page of the desktop app receives one from the preload script. */
export interface MessagePortLike {
  postMessage(message: unknown): void
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void
  addEventListener(type: 'close', listener: () => void): void
  start(): void
  close(): void
}

/** A port over a browser's MessagePort. Call it once per port: it starts the delivery of queued messages. */
export function messagePort(port: MessagePortLike): RpcPort {
  let started = false
  return {
    send: (message) => port.postMessage(message),
    onMessage(listener) {
      port.addEventListener('message', (event) => listener(event.data))
      // Starting delivers what has queued up, so it has to wait for the first listener.
      if (!started) port.start()
      started = true
    },
    onClose: (listener) => port.addEventListener('close', () => listener()),
    close: () => port.close(),
  }
}
