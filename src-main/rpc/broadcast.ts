/** One event source with any number of streams; the handlers of event procedures return such streams. */

export interface BroadcastOptions<T> {
  /** Queued events with the same key replace each other, so that a slow window gets the latest, not the backlog. */
  readonly key?: (event: T) => string | undefined
  /** Minimum time in ms between two keyed events in one stream, e.g. 33 for at most 30 per second. */
  readonly interval?: number
  /** Number of events to keep for the first subscriber while there is none. */
  readonly retain?: number
}

/** A stream further behind than this ends with an error; its window can subscribe again. */
const LIMIT = 4096

interface Subscriber<T> {
  readonly queue: T[]
  wake: () => void
}

export class Broadcast<T> {
  readonly #subscribers = new Set<Subscriber<T>>()
  readonly #retained: T[] = []

  constructor(private readonly options: BroadcastOptions<T> = {}) {}

  publish(event: T): void {
    if (this.#subscribers.size === 0) {
      this.#retained.push(event)
      while (this.#retained.length > (this.options.retain ?? 0)) this.#retained.shift()
    }
    for (const subscriber of this.#subscribers) {
      this.#enqueue(subscriber.queue, event)
      subscriber.wake()
    }
  }

  /** Events from now on, until the signal aborts or the stream is closed. */
  subscribe(signal: AbortSignal | undefined): AsyncGenerator<T, void> {
    // Subscribed here and not at the first pull, so that no event in between is lost.
    const subscriber: Subscriber<T> = { queue: this.#retained.splice(0), wake: () => undefined }
    this.#subscribers.add(subscriber)
    const leave = (): void => {
      this.#subscribers.delete(subscriber)
      subscriber.wake()
    }
    if (signal?.aborted) leave()
    signal?.addEventListener('abort', leave, { once: true })
    return this.#stream(subscriber, leave)
  }

  async *#stream(subscriber: Subscriber<T>, leave: () => void): AsyncGenerator<T, void> {
    let nextKeyed = 0
    try {
      while (this.#subscribers.has(subscriber)) {
        const event = subscriber.queue[0]
        if (event === undefined) {
          await new Promise<void>((resolve) => (subscriber.wake = resolve))
          continue
        }
        if (subscriber.queue.length > LIMIT) throw new Error('an event stream fell too far behind')
        const keyed = this.#key(event) !== undefined
        const wait = keyed ? nextKeyed - performance.now() : 0
        if (wait > 0) {
          await new Promise((resolve) => setTimeout(resolve, wait))
          continue
        }
        subscriber.queue.shift()
        yield event
        if (keyed) nextKeyed = performance.now() + (this.options.interval ?? 0)
      }
    } finally {
      leave()
    }
  }

  #enqueue(queue: T[], event: T): void {
    const key = this.#key(event)
    const waiting = key === undefined ? -1 : queue.findLastIndex((other) => this.#key(other) === key)
    if (waiting >= 0) queue[waiting] = event
    else if (queue.length <= LIMIT) queue.push(event)
  }

  #key(event: T): string | undefined {
    return this.options.key?.(event)
  }
}
