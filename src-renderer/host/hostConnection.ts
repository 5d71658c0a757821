/** The connection of this window to its host: opened on start, reopened when lost, and awaited by its users. */
import { shallowRef } from 'vue'
import type { Client } from '#core/rpc/client'
import { connectToHost, ConnectError, type Page } from '#core/rpc/connect'
import { useSession } from '../frame/sessionStore'
import { useText } from '../i18n/useText'
import { showToast } from '../ui/toasts'

type HostState =
  | { readonly phase: 'connecting' }
  | { readonly phase: 'connected'; readonly client: Client }
  | { readonly phase: 'refused'; readonly reason: string }

/** Milliseconds between reconnection attempts. */
const PAUSE = 1000

export const hostState = shallowRef<HostState>({ phase: 'connecting' })

let waiting: (() => void)[] = []

function become(state: HostState): void {
  hostState.value = state
  const resumed = waiting
  waiting = []
  for (const resume of resumed) resume()
}

/**
 * Resolves to the client of the connection once there is one.
 * @throws Error with a user-facing message where the host rejects the window.
 */
export async function hostClient(): Promise<Client> {
  while (hostState.value.phase === 'connecting') await new Promise<void>((resolve) => waiting.push(resolve))
  if (hostState.value.phase === 'refused') throw new Error(hostState.value.reason)
  return hostState.value.client
}

/** Connects, and reconnects whenever the connection ends; `onClient` is called with every new client. */
export async function keepConnected(page: Page, onClient: (client: Client) => void): Promise<void> {
  const { t } = useText()
  const session = useSession()
  for (let lost: (() => void) | null = null; ;) {
    try {
      const { client, closed } = await connectToHost(page)
      lost?.()
      session.hostLost = false
      become({ phase: 'connected', client })
      onClient(client)
      await closed
      hostState.value = { phase: 'connecting' }
      session.hostLost = true
      lost = showToast({ tone: 'error', text: t('files.connectionLost') })
    } catch (error) {
      // Without the link, access is impossible; a retry would not help.
      if (error instanceof ConnectError && error.reason === 'unauthorized') {
        lost?.()
        session.hostLost = true
        become({ phase: 'refused', reason: t('files.unauthorized') })
        return
      }
      session.hostLost = true
      lost ??= showToast({ tone: 'error', text: t('files.connectionLost') })
      await new Promise((resolve) => setTimeout(resolve, PAUSE))
    }
  }
}
