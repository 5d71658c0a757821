/** Test control over the messages from the host to a page. */
import type { Page } from 'playwright-core'

export interface LineToHost {
  /** Holds back the host's messages to the page from now on. */
  hold(): void
  /** Delivers the held messages, and all further ones. */
  release(): void
  /** Closes the connection; the page opens another, which is also silent while messages are held. */
  cut(): Promise<void>
}

/** Takes control of the connection that the page opens on its next load. */
export async function lineToHost(page: Page): Promise<LineToHost> {
  let held: (() => void)[] | null = null
  let cut = async (): Promise<void> => undefined
  await page.routeWebSocket(/\/rpc/, (socket) => {
    const server = socket.connectToServer()
    server.onMessage((message) => {
      const send = () => socket.send(message)
      if (held === null) send()
      else held.push(send)
    })
    cut = async () => {
      // The held messages belonged to this connection.
      if (held !== null) held = []
      await Promise.all([socket.close(), server.close()])
    }
  })
  return {
    hold: () => void (held ??= []),
    release() {
      for (const send of held ?? []) send()
      held = null
    },
    cut: () => cut(),
  }
}
