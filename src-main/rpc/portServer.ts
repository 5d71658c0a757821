/** Answers calls arriving on ports: validates every message, paces event streams, reports internal errors. */
import { onError, ORPCError, type Context, type Router } from '@orpc/server'
import { RPCHandler } from '@orpc/server/message-port'
import type { AnyContractRouter } from '@orpc/contract'
import { readWindowMessage } from '#core/rpc/envelope'
import { SendWindow } from '#core/rpc/flow'
import type { RpcPort } from '#core/rpc/port'
import { ABORT, EVENT, transferList, type RpcMessage } from '#core/rpc/transfer'

/** oRPC's view of a port, with the send window that `transfer` looks up through it. */
interface PacedPort {
  postMessage(message: unknown): void
  on(type: string, listener: (event?: { data: unknown }) => void): void
  readonly window: SendWindow
}

/** Creates the function that serves a router on a port, with the handlers' context. */
export function portServer<C extends Context>(
  router: Router<AnyContractRouter, C>,
): (port: RpcPort, context: C) => void {
  const handler = new RPCHandler<Context>(router as Router<AnyContractRouter, Context>, {
    async experimental_transfer(message, port) {
      const [id, type, payload] = message as RpcMessage
      if (type === EVENT) await pace((port as unknown as PacedPort).window, id, payload as { event: string })
      return transferList(message)
    },
    clientInterceptors: [onError(reportDefect)],
  })
  return (port, context) => handler.upgrade(pacedPort(port), { context })
}

/** oRPC awaits this before it pulls the stream's next event. */
async function pace(window: SendWindow, stream: string, { event }: { event: string }): Promise<void> {
  if (event === 'message') await window.take(stream)
  else window.end(stream)
}

/** Errors outside the contract are internal: the window gets no details, the log gets everything. */
export function reportDefect(error: unknown): void {
  const cause = error instanceof ORPCError && error.cause !== undefined ? error.cause : error
  const expected = error instanceof ORPCError && error.status < 500
  if (!expected) console.error(cause)
}

function pacedPort(port: RpcPort): PacedPort {
  const window = new SendWindow()
  port.onClose(() => window.endAll())
  return {
    window,
    postMessage(message) {
      try {
        port.send(message)
      } catch (error) {
        // A handler returned something that cannot be sent. The call must not hang, so the connection is closed.
        console.error(error)
        port.close()
      }
    },
    on(type, listener) {
      if (type === 'close') return port.onClose(() => listener())
      port.onMessage((raw) => {
        const message = readWindowMessage(raw)
        if (message === undefined) return port.close()
        if ('a' in message) return window.acknowledge(message)
        if (message.t === ABORT) window.end(message.i)
        listener({ data: message })
      })
    },
  }
}
