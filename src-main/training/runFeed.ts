/** Run updates for windows: at most thirty step events per second each, merged while queued, without losing any. */
import { joinSteps } from '#core/runs/stepCurve'
import type { RunUpdate } from '#core/rpc/contract/run'

/** Minimum milliseconds between step events per window. */
const STEP_INTERVAL = 33

interface Subscriber {
  readonly queue: RunUpdate[]
  ended: boolean
  wake: () => void
}

export class RunFeed {
  readonly #subscribers = new Set<Subscriber>()

  publish(update: RunUpdate): void {
    for (const subscriber of this.#subscribers) {
      enqueue(subscriber.queue, update)
      subscriber.wake()
    }
  }

  /** Ends the streams that wait for more; queued updates are still delivered. */
  end(): void {
    for (const subscriber of this.#subscribers) {
      subscriber.ended = true
      subscriber.wake()
    }
    this.#subscribers.clear()
  }

  /** `first` and everything published from now on, until the feed ends or the reader leaves. */
  subscribe(first: readonly RunUpdate[], signal: AbortSignal | undefined): AsyncGenerator<RunUpdate, void> {
    // Subscribed here and not at the first pull, so that nothing is lost between the record and the next update.
    const subscriber: Subscriber = { queue: [...first], ended: false, wake: () => undefined }
    this.#subscribers.add(subscriber)
    const leave = (): void => {
      this.#subscribers.delete(subscriber)
      subscriber.ended = true
      subscriber.queue.length = 0
      subscriber.wake()
    }
    if (signal?.aborted) leave()
    signal?.addEventListener('abort', leave, { once: true })
    return stream(subscriber, leave)
  }
}

async function* stream(subscriber: Subscriber, leave: () => void): AsyncGenerator<RunUpdate, void> {
  let nextStep = 0
  try {
    for (;;) {
      const update = subscriber.queue[0]
      if (update === undefined) {
        if (subscriber.ended) return
        await new Promise<void>((resolve) => (subscriber.wake = resolve))
        continue
      }
      const wait = isStep(update) ? nextStep - performance.now() : 0
      // While a step event is alone in the queue, later ones are merged into it; not once another update follows it.
      if (wait > 0 && subscriber.queue.length === 1) {
        await new Promise((resolve) => setTimeout(resolve, wait))
        continue
      }
      subscriber.queue.shift()
      if (isStep(update)) nextStep = performance.now() + STEP_INTERVAL
      yield update
    }
  } finally {
    leave()
  }
}

function isStep(update: RunUpdate): boolean {
  return update.type === 'event' && update.event.event === 'step'
}

function enqueue(queue: RunUpdate[], update: RunUpdate): void {
  const last = queue.at(-1)
  const joins =
    last?.type === 'event' &&
    update.type === 'event' &&
    last.run === update.run &&
    last.event.event === 'step' &&
    update.event.event === 'step' &&
    last.event.epoch === update.event.epoch
  if (joins && last.event.event === 'step' && update.event.event === 'step')
    queue[queue.length - 1] = { ...update, event: joinSteps(last.event, update.event) }
  // A new record supersedes everything before it.
  else if (update.type === 'record') queue.splice(0, queue.length, update)
  else queue.push(update)
}
