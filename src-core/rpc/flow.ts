/**
 * Flow control for event streams: neither oRPC nor a message port has any, so a slow window would make the host hold
 * everything it produced meanwhile (measured: 578 MB instead of 99 MB). Each stream may have WINDOW events under way;
 * the receiver acknowledges what its consumer has taken, and the sender waits for room before it asks its source for more.
 */

/** Events of one stream that may be sent and not yet consumed. */
export const WINDOW = 32
/** The receiver acknowledges this many events at a time. */
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

  /** Counts one event of `stream` as sent, after waiting until there is room for it. */
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

  /** Forgets a stream that is over and releases whoever waits for it. */
  end(stream: string): void {
    const state = this.#streams.get(stream)
    this.#streams.delete(stream)
    if (state !== undefined) wake(state)
  }

  /** The connection is gone. */
  endAll(): void {
    for (const stream of [...this.#streams.keys()]) this.end(stream)
  }

  /** Streams that have been sent events and are not over. */
  get size(): number {
    return this.#streams.size
  }
}

function wake(state: Stream): void {
  state.wake?.()
  state.wake = undefined
}

/** The receiver's half for one stream: an iterator that acknowledges what is taken from `source`. */
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
