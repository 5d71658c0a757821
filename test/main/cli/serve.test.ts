/** `layerloom serve` as a program: it stops on request, even with open windows. */
import { once } from 'node:events'
import { expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { RPC_PATH, SUBPROTOCOL, TOKEN_PREFIX } from '#core/rpc/greeting'
import { temporaryFolder } from '../data/temporaryFolder'
import { codeOf } from '../server/serverFixture'
import { runCli } from './runCli'

it.skipIf(process.platform === 'win32').each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  'ends by %s although a window is open',
  async (signal) => {
    const { path } = await temporaryFolder()
    let window: Promise<unknown> | undefined
    const { code } = await runCli(['serve', '--no-open'], {
      env: { HOME: path, LAYERLOOM_HOME: path },
      onOutput(output, kill) {
        const link = /http:\S+/.exec(output)?.[0]
        if (link === undefined) return
        window ??= openWindow(link).then(() => (kill(signal), true))
      },
    })
    expect(await window).toBe(true)
    expect(code).toBe(0)
  },
)

/** A connection like that of a page, up to the server's first message. */
async function openWindow(link: string): Promise<void> {
  const { host, origin } = new URL(link)
  const socket = new WebSocket(`ws://${host}${RPC_PATH}`, [SUBPROTOCOL, TOKEN_PREFIX + codeOf(link)], {
    headers: { origin },
  })
  await once(socket, 'message')
}
