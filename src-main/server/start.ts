/** Browser mode: the same host behind a loopback server, for machines without Electron. */
import { readdir, realpath, stat } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fail } from '#core/problems/problem'
import { LAUNCH_FRAGMENT } from '#core/rpc/greeting'
import { browserDataFolder, findAppRoot, sharedDataFolder, type AppRoot } from '../machine/appFolders'
import { createHost, type Host } from '../rpc/host'
import { acceptSockets, type SocketServer } from '../rpc/transport.webSocket'
import { Access, type AccessOptions } from '../rpc/access'
import { browserDesktop } from './browserDesktop'
import { IdleTimer } from './idle'
import type { LaunchRequest } from './launchRequest'
import { answerRequest } from './pageRequests'
import { newSecret, requestLink, takeLock, type ProfileLock } from './profileLock'

const ADDRESS = '127.0.0.1'

export interface ServerOptions {
  /** 0 or undefined for any free port. */
  readonly port?: number
  /** A project file to open, or a folder to browse. */
  readonly path?: string
  /** ms without a window and without running work after which the server ends; 0 for never. */
  readonly idleTimeout?: number
  readonly root?: AppRoot
  /** Folder with the built page. */
  readonly webRoot?: string
  readonly dataFolder?: string
  /** Browsable folders; the home folder by default. */
  readonly browseFolders?: readonly string[]
  /** Additional browsable folders. */
  readonly browse?: readonly string[]
  readonly access?: AccessOptions
  /** ms between heartbeats requested from a window. */
  readonly heartbeat?: number
  readonly log?: (line: string) => void
}

/** Another server uses the data folder; it was asked to open the path, and returned a link. */
export interface ServedElsewhere {
  readonly elsewhere: string
}

/**
 * Starts the server, or makes the one running on the same data folder show the project.
 * @throws ProblemError `project-missing` for a path that does not exist; Error with code EADDRINUSE for a used port
 */
export async function startServer(options: ServerOptions = {}): Promise<LoopbackServer | ServedElsewhere> {
  const root = options.root ?? findAppRoot()
  const dataFolder = options.dataFolder ?? browserDataFolder()
  const webRoot = await findPage(options.webRoot ?? join(root.folder, 'out', 'renderer'))
  const path = options.path === undefined ? undefined : await checkPath(resolve(options.path))
  const browse = await Promise.all((options.browse ?? []).map((folder) => checkPlace(resolve(folder))))
  const server = new LoopbackServer(options, { root, dataFolder, webRoot })
  const port = await server.listen(options.port ?? 0)
  const lock = await takeLock(dataFolder, { pid: process.pid, port, secret: server.secret }).catch(
    async (error: unknown) => {
      // A listening server would keep the process alive.
      await server.close()
      throw error
    },
  )
  if ('heldBy' in lock) {
    await server.close()
    const elsewhere = await requestLink(lock.heldBy, path, browse)
    if (elsewhere === undefined) throw new Error('Layerloom is already running but does not respond')
    return { elsewhere }
  }
  server.lock = lock
  for (const folder of [...(options.browseFolders ?? [homedir()]), ...browse]) await server.host.folders.allow(folder)
  if (path !== undefined) await openPath(server.host, path)
  return server
}

interface Folders {
  readonly root: AppRoot
  readonly dataFolder: string
  readonly webRoot: string
}

export class LoopbackServer {
  readonly host: Host
  readonly access: Access
  /** Proves that another start is by the same user. */
  readonly secret = newSecret()
  /** Released when the server ends. */
  lock: ProfileLock | undefined
  /** Resolves when the server has ended, for any reason. */
  readonly closed: Promise<void>
  readonly #log: (line: string) => void
  readonly #server: Server
  readonly #sockets: SocketServer
  readonly #idle: IdleTimer
  #port = 0
  #ending: Promise<void> | undefined
  #ended = (): void => undefined

  constructor(options: ServerOptions, { root, dataFolder, webRoot }: Folders) {
    this.#log = options.log ?? (() => undefined)
    this.closed = new Promise((resolve) => (this.#ended = resolve))
    this.access = new Access(options.access)
    this.host = createHost({
      desktop: browserDesktop({ log: this.#log, quit: () => void this.close() }),
      root,
      dataFolder,
      // With an explicit folder, as in tests, everything is kept there.
      sharedFolder: options.dataFolder ?? sharedDataFolder(),
      limitsReading: true,
    })
    const pages = { webRoot, isOurHost: this.#isOurHost, secret: this.secret, onLaunch: this.#onLaunch }
    this.#server = createServer((request, response) => {
      answerRequest(request, response, pages).catch(() => response.destroy())
    })
    this.#sockets = acceptSockets({
      server: this.#server,
      access: this.access,
      isOurHost: this.#isOurHost,
      onPort: (port) => this.host.connect(port),
      onCount: () => this.#idle.update(),
      ...(options.heartbeat !== undefined && { heartbeat: options.heartbeat }),
    })
    this.#idle = new IdleTimer({
      timeout: options.idleTimeout ?? 0,
      busy: () => this.#sockets.count > 0 || this.host.activities.titles.length > 0,
      onIdle: () => {
        this.#log('No window has been open for a while and nothing is running. Layerloom is exiting.')
        void this.close()
      },
    })
    this.host.activities.onChange(() => this.#idle.update())
  }

  get port(): number {
    return this.#port
  }

  /** A link that opens the page; valid once, within two minutes. */
  link(): string {
    return `http://${ADDRESS}:${this.#port}/#${LAUNCH_FRAGMENT}=${this.access.launchCode()}`
  }

  listen(port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen(port, ADDRESS, () => resolve((this.#port = (this.#server.address() as AddressInfo).port)))
    })
  }

  /** Stops running work, then the server. */
  close(): Promise<void> {
    return (this.#ending ??= this.#end())
  }

  async #end(): Promise<void> {
    this.#idle.stop()
    await this.host.close()
    this.#sockets.close()
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve())
      this.#server.closeAllConnections()
    })
    await this.lock?.release()
    this.#ended()
  }

  readonly #isOurHost = (name: string | undefined): boolean =>
    [ADDRESS, 'localhost', '[::1]'].some((address) => name?.toLowerCase() === `${address}:${this.#port}`)

  readonly #onLaunch = async (request: LaunchRequest): Promise<object> => {
    if ('ping' in request) return {}
    for (const folder of request.browse ?? []) await this.host.folders.allow(folder)
    if (request.path !== null) void openPath(this.host, request.path)
    return { link: this.link() }
  }
}

async function findPage(folder: string): Promise<string> {
  const real = await realpath(folder).catch(() => undefined)
  if (real === undefined) throw new Error(`The page is not built: ${folder} is missing. Run: npm run build`)
  return real
}

async function checkPath(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined)
  if (found !== undefined) return path
  fail('project-missing', 'path', {}, { file: path })
}

/** @throws ProblemError where the folder cannot be browsed, since the dialog would not show it */
async function checkPlace(path: string): Promise<string> {
  const found = await readdir(path).then(
    () => undefined,
    ({ code }: NodeJS.ErrnoException) => code ?? 'it cannot be read',
  )
  if (found === undefined) return path
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'no such folder',
    ENOTDIR: 'a file',
    EACCES: 'a folder without read permission',
    EPERM: 'a folder without read permission',
  }
  return fail('data-missing', 'browse', { received: reasons[found] ?? found }, { file: path })
}

/** A path on the command line is the user's own choice, so its folder may be browsed too. */
async function openPath(host: Host, path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined)
  if (found?.isDirectory()) return host.folders.allow(path)
  await host.folders.allow(dirname(path))
  host.openFile(path)
}
