/**
 * The window's side of the contract over any port: typed calls, event streams with flow control, problems as
 * ProblemError.
 */
import { createORPCClient, ORPCError } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { AnyContractRouter, ContractRouterClient } from '@orpc/contract'
import { ProblemError, type Problem } from '../problems/problem'
import type { contract } from './contract/index'
import { acknowledging } from './flow'
import type { RpcPort } from './port'
import { REQUEST, transferList, type RpcMessage } from './transfer'

export type Client = ContractRouterClient<typeof contract>

/** The connection closed before the response arrived: the host exited or the network failed. */
export class ConnectionClosedError extends Error {
  override name = 'ConnectionClosedError'
  constructor() {
    super('Connection to Layerloom lost.')
  }
}

/**
 * A client on its own port. Calls and streams fail with ProblemError for what the user can fix, with
 * ConnectionClosedError once the port is closed, and otherwise with an ORPCError, which is a bug. Leaving a stream
 * (`break`, `return`, or an aborted `signal`) ends it on the host too.
 */
export function createClient(port: RpcPort): Client {
  return createContractClient<typeof contract>(port)
}

/** The same for a custom contract. */
export function createContractClient<Contract extends AnyContractRouter>(
  port: RpcPort,
): ContractRouterClient<Contract> {
  let closed = false
  port.onClose(() => (closed = true))
  const translate = (error: unknown): Error => {
    if (error instanceof ORPCError && error.code === 'PROBLEM')
      return new ProblemError((error.data as { problems: Problem[] }).problems)
    return closed ? new ConnectionClosedError() : (error as Error)
  }
  /** Maps requests to messages, to know whose events to acknowledge. */
  const messages = new WeakMap<object, string>()
  const link = new RPCLink({
    port: orpcPort(port),
    experimental_transfer(message) {
      const [id, type, payload] = message as RpcMessage
      if (type === REQUEST) messages.set(payload as object, id)
      return transferList(message)
    },
    interceptors: [
      async (call) => {
        if (closed) throw new ConnectionClosedError()
        const answer: unknown = await call.next().catch((error: unknown) => Promise.reject(translate(error)))
        return isStream(answer) ? translating(answer, translate) : answer
      },
    ],
    clientInterceptors: [
      async (call) => {
        const response = await call.next()
        const body: unknown = await response.body()
        const id = messages.get(call.request)
        const paced =
          id !== undefined && isStream(body) ? acknowledging(body, id, (message) => port.send(message)) : body
        return { ...response, body: () => Promise.resolve(paced) }
      },
    ],
  })
  return createORPCClient(link)
}

function orpcPort(port: RpcPort) {
  return {
    postMessage: (message: unknown) => port.send(message),
    on: (type: string, listener: (event?: { data: unknown }) => void) => {
      if (type === 'message') port.onMessage((message) => listener({ data: message }))
      else port.onClose(() => listener())
    },
  }
}

function isStream(value: unknown): value is AsyncIterator<unknown> {
  return value !== null && typeof value === 'object' && Symbol.asyncIterator in value
}

function translating<T>(source: AsyncIterator<T>, translate: (error: unknown) => Error): AsyncIterableIterator<T> {
  return {
    next: () => source.next().catch((error: unknown) => Promise.reject(translate(error))),
    return: (value?: unknown) => source.return?.(value) ?? Promise.resolve({ done: true as const, value }),
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
