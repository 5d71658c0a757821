/**
 * Flow control for event streams: neither oRPC nor a message port has any, so a slow window would make the host buffer
 * everything produced meanwhile (measured: 578 MB instead of 99 MB). Each stream may have WINDOW events in flight;
 * the receiver acknowledges what its consumer has taken, and the sender waits for capacity before it requests more from
 * its source.
 */

/** Maximum number of events per stream that are sent but not yet consumed. */
export const WINDOW = 32
/** Events per acknowledgement. */
const BATCH = 8

/** The receiver has consumed `n` events of stream `a`. */
export interface Acknowledgement {
  readonly a: string
  readonly n: number
}

interface Stream {
  inFlight: number
  wake?: (() => void) | undefined
}

/** The sender's half: one per connection. */
export class SendWindow {
  readonly #streams = new Map<string, Stream>()

  /** Counts one event of `stream` as sent, after waiting for capacity. */
  async take(stream: string): Promise<void> {
    let state = this.#streams.get(stream)
    if (state === undefined) this.#streams.set(stream, (state = { inFlight: 0 }))
    const waiting = state
    if (waiting.inFlight >= WINDOW) await new Promise<void>((resolve) => (waiting.wake = resolve))
    waiting.inFlight++
  }

  acknowledge({ a: stream, n: count }: Acknowledgement): void {
    const state = this.#streams.get(stream)
    if (state === undefined) return
    state.inFlight = Math.max(0, state.inFlight - count)
    if (state.inFlight < WINDOW) wake(state)
  }

  /** Removes a stream that has ended and releases its waiters. */
  end(stream: string): void {
    const state = this.#streams.get(stream)
    this.#streams.delete(stream)
    if (state !== undefined) wake(state)
  }

  /** The connection is closed. */
  endAll(): void {
    for (const stream of [...this.#streams.keys()]) this.end(stream)
  }

  /** Number of streams that have sent events and have not ended. */
  get size(): number {
    return this.#streams.size
  }
}

function wake(state: Stream): void {
  state.wake?.()
  state.wake = undefined
}

/** The receiver's half for one stream: an iterator that acknowledges what is consumed from `source`. */
export function acknowledging<T>(
  source: AsyncIterator<T>,
  stream: string,
  send: (message: Acknowledgement) => void,
): AsyncIterableIterator<T> {
  let consumed = 0
  return {
    async next() {
      const result = await source.next()
      if (result.done !== true && ++consumed === BATCH) {
        send({ a: stream, n: consumed })
        consumed = 0
      }
      return result
    },
    async return(value?: unknown) {
      return (await source.return?.(value)) ?? { done: true, value }
    },
    async throw(error?: unknown) {
      if (source.throw === undefined) throw error
      return source.throw(error)
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
