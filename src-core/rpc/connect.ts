/** Connects a window to its host, in the desktop app and in a browser. Call `connect(window)`. */
import { BRIDGE, PORT_MESSAGE, type DesktopBridge } from './bridge'
import { createClient, type Client } from './client'
import { greetingSchema, LAUNCH_FRAGMENT, RPC_PATH, SUBPROTOCOL, TOKEN_PREFIX } from './greeting'
import { messagePort, type MessagePortLike, type RpcPort } from './port'
import { webSocketPort, type WebSocketLike } from './webSocketPort'

/** The members of the page's `window` in use. */
export interface Page {
  readonly location: {
    readonly host: string
    readonly pathname: string
    readonly search: string
    readonly hash: string
    reload(): void
  }
  readonly history: { replaceState(state: unknown, unused: string, url: string): void }
  readonly sessionStorage: { getItem(key: string): string | null; setItem(key: string, value: string): void }
  readonly WebSocket: new (url: string, protocols: string[]) => WebSocketLike
  fetch(url: string, options: { method: string; cache: 'no-store' }): Promise<unknown>
  addEventListener(type: 'message', listener: (event: PageMessage) => void): void
  addEventListener(type: 'hashchange', listener: () => void): void
  removeEventListener(type: 'message', listener: (event: PageMessage) => void): void
}

interface PageMessage {
  readonly source: unknown
  readonly data: unknown
  readonly ports: readonly MessagePortLike[]
}

export interface Connection {
  readonly client: Client
  /** Resolves when the connection ends; in a browser, `connect` may be called again. */
  readonly closed: Promise<void>
}

/**
 * Why there is no connection: the server does not respond, or the page has no valid token and needs the link from the
 * terminal.
 */
export class ConnectError extends Error {
  override name = 'ConnectError'
  constructor(readonly reason: 'unreachable' | 'unauthorized') {
    super(reason === 'unreachable' ? 'Layerloom does not respond.' : 'This page needs the link that Layerloom printed.')
  }
}

const TOKEN_KEY = 'layerloom.token'

/** @throws ConnectError in a browser */
export async function connectToHost(page: Page): Promise<Connection> {
  const bridge = (page as Page & { readonly [BRIDGE]?: DesktopBridge })[BRIDGE]
  const port = bridge === undefined ? await connectSocket(page) : await connectBridge(page, bridge)
  const closed = new Promise<void>((resolve) => port.onClose(resolve))
  return { client: createClient(port), closed }
}

function connectBridge(page: Page, bridge: DesktopBridge): Promise<RpcPort> {
  return new Promise((resolve) => {
    page.addEventListener('message', function listen(event) {
      const port = event.ports[0]
      // Only the preload script shares this window; messages from frames and other windows have another source.
      if (event.source !== page || event.data !== PORT_MESSAGE || port === undefined) return
      page.removeEventListener('message', listen)
      resolve(messagePort(port))
    })
    bridge.connect()
  })
}

async function connectSocket(page: Page): Promise<RpcPort> {
  const socket = new page.WebSocket(`ws://${page.location.host}${RPC_PATH}`, [
    SUBPROTOCOL,
    TOKEN_PREFIX + takeToken(page),
  ])
  const port = webSocketPort(socket)
  const greeted = await new Promise<boolean>((resolve) => {
    let first = true
    port.onMessage((message) => {
      if (!first) return
      first = false
      const greeting = greetingSchema.safeParse(message)
      if (greeting.success) page.sessionStorage.setItem(TOKEN_KEY, greeting.data.hello)
      else port.close()
      resolve(greeting.success)
    })
    port.onClose(() => resolve(false))
  })
  if (!greeted) {
    // Opening a new link in this tab changes only the fragment and would have no effect.
    page.addEventListener('hashchange', () => {
      if (launchCode(page) !== undefined) page.location.reload()
    })
    throw new ConnectError(await refusal(page))
  }
  return port
}

/**
 * A launch code in the address takes precedence over the stored token, and is immediately removed from the address and
 * the history.
 */
function takeToken(page: Page): string {
  const { location, history, sessionStorage } = page
  const code = launchCode(page)
  if (code !== undefined) history.replaceState(null, '', location.pathname + location.search)
  return code ?? sessionStorage.getItem(TOKEN_KEY) ?? 'none'
}

/** A page cannot see why a WebSocket was refused, only whether its server still responds. */
async function refusal(page: Page): Promise<ConnectError['reason']> {
  try {
    await page.fetch('/', { method: 'HEAD', cache: 'no-store' })
    return 'unauthorized'
  } catch {
    return 'unreachable'
  }
}

function launchCode({ location }: Page): string | undefined {
  return new RegExp(`^#${LAUNCH_FRAGMENT}=([\\w-]+)$`).exec(location.hash)?.[1]
}
