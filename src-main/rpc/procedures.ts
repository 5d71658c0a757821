/** The contract, ready to implement: problems thrown by a handler reach the window as its error PROBLEM. */
import { implement, ORPCError, type ImplementerInternalWithMiddlewares } from '@orpc/server'
import { ProblemError } from '#core/problems/problem'
import { contract } from '#core/rpc/contract/index'
import type { HandlerContext } from './context'
import { reportDefect } from './portServer'

/** Explicit, because the inferred type of this contract exceeds what the compiler writes into a declaration. */
type Procedures = ImplementerInternalWithMiddlewares<typeof contract, HandlerContext, HandlerContext>

export const procedures: Procedures = implement(contract)
  .$context<HandlerContext>()
  .use(async ({ next }) => {
    try {
      const result = await next()
      return isStream(result.output) ? { ...result, output: translateStream(result.output) } : result
    } catch (error) {
      throw translate(error)
    }
  })

function translate(error: unknown): unknown {
  if (!(error instanceof ProblemError)) return error
  return new ORPCError('PROBLEM', { status: 422, message: error.message, data: { problems: error.problems } })
}

function isStream(output: unknown): output is AsyncGenerator<unknown> {
  return output !== null && typeof output === 'object' && Symbol.asyncIterator in output
}

/**
 * A stream may fail after its call was answered. Not a generator, because its `return` would wait for a pending `next`.
 */
function translateStream(source: AsyncGenerator<unknown>): AsyncIterableIterator<unknown> {
  return {
    next: () =>
      source.next().catch((error: unknown) => {
        const translated = translate(error)
        reportDefect(translated)
        throw translated
      }),
    return: (value) => source.return(value),
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
