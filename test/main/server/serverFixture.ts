/** A server of browser mode on new folders, and low-level ways to access it. */
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { request, type IncomingHttpHeaders } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WebSocket } from 'ws'
import { createClient, type Client } from '#core/rpc/client'
import { greetingSchema, LAUNCH_FRAGMENT, RPC_PATH, SUBPROTOCOL, TOKEN_PREFIX } from '#core/rpc/greeting'
import type { RpcPort } from '#core/rpc/port'
import { webSocketPort } from '#core/rpc/webSocketPort'
import { LoopbackServer, startServer, type ServerOptions } from '../../../src-main/server/start'

export interface TestServer {
  readonly server: LoopbackServer
  readonly folder: string
  readonly dataFolder: string
  readonly origin: string
  end(): Promise<void>
}

/** Next to the web root is a file `secret.txt` that no request may reach, and inside it a link to that file. */
export async function startTestServer(options: ServerOptions = {}): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), 'layerloom-server-'))
  const webRoot = options.webRoot ?? join(folder, 'page')
  if (options.webRoot === undefined) {
    await mkdir(join(webRoot, 'assets'), { recursive: true })
    await writeFile(join(webRoot, 'index.html'), '<!doctype html><title>Layerloom</title>')
    await writeFile(join(webRoot, 'assets', 'app.js'), 'export {}')
    await symlink(join(folder, 'secret.txt'), join(webRoot, 'link.txt'))
    await symlink(folder, join(webRoot, 'linked'))
  }
  await writeFile(join(folder, 'secret.txt'), 'the secret')
  const dataFolder = join(folder, 'data')
  const server = await startServer({
    root: { folder, version: '1.0.0' },
    dataFolder,
    browseFolders: [],
    ...options,
    webRoot,
  })
  if (!(server instanceof LoopbackServer)) throw new Error('another server runs on this folder')
  const end = async (): Promise<void> => {
    await server.close()
    await rm(folder, { recursive: true, force: true })
  }
  return { server, folder, dataFolder, origin: `http://127.0.0.1:${server.port}`, end }
}

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A request with exactly this path, which URL classes would normalize. */
export function send(
  { server }: TestServer,
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { host: `127.0.0.1:${server.port}`, ...options.headers }
    const call = request(
      { host: '127.0.0.1', port: server.port, path, method: options.method ?? 'GET', headers },
      (answer) => {
        let body = ''
        answer.setEncoding('utf8')
        answer.on('data', (chunk: string) => (body += chunk))
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }))
      },
    )
    call.on('error', reject)
    call.end(options.body)
  })
}

/** Sends raw bytes and returns everything received before the connection ends. */
export function sendRaw({ server }: TestServer, text: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = ''
    const socket = connect(server.port, '127.0.0.1', () => socket.write(text))
    socket.on('data', (chunk) => (answer += String(chunk)))
    socket.on('close', () => resolve(answer))
    socket.on('error', () => resolve(answer))
    setTimeout(() => socket.destroy(), 2000).unref()
  })
}

export interface SocketAttempt {
  readonly token?: string
  readonly protocols?: string[]
  readonly path?: string
  readonly headers?: Record<string, string>
}

/** An open socket, or the status of the refusal. Headers may override Host and Origin, which are correct by default. */
export function openSocket(
  { server, origin }: TestServer,
  attempt: SocketAttempt = {},
  onCreated: (socket: WebSocket) => void = () => undefined,
): Promise<WebSocket | number> {
  const { token = server.access.sessionToken, protocols = [SUBPROTOCOL, TOKEN_PREFIX + token] } = attempt
  return new Promise((resolve, reject) => {
    const headers = { origin, ...attempt.headers }
    for (const [name, value] of Object.entries(headers))
      if (value === '') delete (headers as Record<string, string>)[name]
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}${attempt.path ?? RPC_PATH}`, protocols, { headers })
    onCreated(socket)
    socket.on('open', () => resolve(socket))
    socket.on('unexpected-response', (_request, answer) => resolve(answer.statusCode ?? 0))
    socket.on('error', reject)
  })
}

/** A client on a socket, with the session token of the greeting. */
export async function openClient(
  server: TestServer,
  token?: string,
): Promise<{ client: Client; socket: WebSocket; session: string }> {
  let port: RpcPort | undefined
  let greeted: Promise<unknown> | undefined
  const socket = await openSocket(server, token === undefined ? {} : { token }, (created) => {
    // Immediately, because the greeting may arrive together with the handshake response.
    const opened = (port = webSocketPort(created))
    greeted = new Promise((resolve) => opened.onMessage(resolve))
  })
  if (typeof socket === 'number' || port === undefined)
    throw new Error(`refused: ${typeof socket === 'number' ? socket : 'no port'}`)
  const session = greetingSchema.parse(await greeted).hello
  return { client: createClient(port), socket, session }
}

export function codeOf(link: string): string {
  return new URL(link).hash.slice(`#${LAUNCH_FRAGMENT}=`.length)
}
