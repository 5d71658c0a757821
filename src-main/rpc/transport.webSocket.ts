/** The ports of browser mode: WebSockets, accepted only from the page this server served and with a valid token. */
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import { RPC_PATH, SUBPROTOCOL, TOKEN_PREFIX } from '#core/rpc/greeting'
import type { RpcPort } from '#core/rpc/port'
import { webSocketPort } from '#core/rpc/webSocketPort'
import type { Access } from './access'

export interface SocketOptions {
  readonly server: Server
  readonly access: Access
  /** Whether a Host header names this server. */
  readonly isOurHost: (host: string | undefined) => boolean
  readonly onPort: (port: RpcPort) => void
  /** Called when the number of connections changes. */
  readonly onCount: () => void
  /** ms between heartbeats. */
  readonly heartbeat?: number
}

/** Largest message in bytes; the largest in the contract is a project file of 16 million characters. */
export const MAX_MESSAGE = 64 * 2 ** 20

export interface SocketServer {
  readonly count: number
  close(): void
}

export function acceptSockets(options: SocketOptions): SocketServer {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE,
    perMessageDeflate: false,
    handleProtocols: () => SUBPROTOCOL,
  })
  options.server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy())
    const refusal = refuse(request, options)
    if (refusal !== undefined)
      return void stream.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
    sockets.handleUpgrade(request, stream, head, (socket) => accept(socket, options))
  })
  const beat = setInterval(() => sockets.clients.forEach(checkAlive), options.heartbeat ?? 30_000)
  return {
    get count() {
      return sockets.clients.size
    },
    close() {
      clearInterval(beat)
      for (const socket of sockets.clients) socket.terminate()
    },
  }
}

/** The status line of the rejection, or undefined if the connection is allowed. */
function refuse({ url, headers }: IncomingMessage, { isOurHost, access }: SocketOptions): string | undefined {
  if (url !== RPC_PATH) return '404 Not Found'
  // Host: any name other than 127.0.0.1 means DNS rebinding. Origin: the same-origin policy does not cover WebSockets.
  if (!isOurHost(headers.host) || headers.origin !== `http://${headers.host}`) return '403 Forbidden'
  const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map((protocol) => protocol.trim())
  const token = offered.find((protocol) => protocol.startsWith(TOKEN_PREFIX))?.slice(TOKEN_PREFIX.length)
  if (!offered.includes(SUBPROTOCOL) || token === undefined) return '401 Unauthorized'
  const verdict = access.check(token)
  if (verdict === 'granted') return undefined
  return verdict === 'refused' ? '401 Unauthorized' : '429 Too Many Requests'
}

const answered = new WeakSet<WebSocket>()

function accept(socket: WebSocket, { access, onPort, onCount }: SocketOptions): void {
  // ws reports oversized frames and protocol violations here, and closes the socket itself.
  socket.on('error', () => undefined)
  socket.on('pong', () => answered.add(socket))
  socket.on('close', onCount)
  answered.add(socket)
  const port = webSocketPort(socket)
  // Stored by the tab, so that it can reload after its launch code is used up.
  port.send({ hello: access.sessionToken })
  onPort(port)
  onCount()
}

/** Closes connections whose peer has silently disappeared, such as a suspended laptop. */
function checkAlive(socket: WebSocket): void {
  if (!answered.delete(socket)) socket.terminate()
  else socket.ping()
}
