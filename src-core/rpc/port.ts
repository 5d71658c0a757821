/**
 * The seam between the remote calls and their transport: an Electron message port, a WebSocket, or an in-memory pair.
 */

/**
 * One end of an ordered channel. Messages can hold what structured clone supports; typed arrays arrive as typed arrays.
 */
export interface RpcPort {
  /** Sends a message; a no-op once the port is closed. */
  send(message: unknown): void
  /** Adds a listener for every message from now on. */
  onMessage(listener: (message: unknown) => void): void
  /** Adds a listener for the end of the channel, called once, no matter which side ended it. */
  onClose(listener: () => void): void
  close(): void
}

/** The used part of a browser's MessagePort; the desktop app's page receives one from the preload script. */
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
      // Starting delivers queued messages, so it waits for the first listener.
      if (!started) port.start()
      started = true
    },
    onClose: (listener) => port.addEventListener('close', () => listener()),
    close: () => port.close(),
  }
}
