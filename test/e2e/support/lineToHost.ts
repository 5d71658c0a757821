/** What goes from the host to a page, in the hands of a test. */
import type { Page } from 'playwright-core'

export interface LineToHost {
  /** Keeps from the page what the host says, from now on. */
  hold(): void
  /** Hands on what was kept, and whatever comes. */
  release(): void
  /** Ends the connection; the page makes another, over which nothing is heard either while the line is held. */
  cut(): Promise<void>
}

/** Takes hold of the connection that the page makes when it is loaded the next time. */
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
      // What was kept was for this connection.
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
