/**
 * How oRPC puts a message on a port. Its option is named `experimental_transfer`, so oRPC is pinned exactly and tests
 * verify this rule: an array means "post the object itself", so typed arrays survive; `undefined` means "post oRPC's
 * JSON
 * text", the only form with the header that marks a response as an event stream.
 */

/** oRPC's message: 1 request, 2 response, 3 event, 4 abort. */
export type RpcMessage = readonly [id: string, type: number, payload: unknown]

export const REQUEST = 1
export const EVENT = 3
export const ABORT = 4

export function transferList([, , payload]: RpcMessage): object[] | undefined {
  const body = (payload as { body?: unknown } | undefined)?.body
  const isStream = body !== null && typeof body === 'object' && Symbol.asyncIterator in body
  return isStream ? undefined : []
}
