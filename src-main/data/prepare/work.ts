/** A piece of work that may take long: it tells how far it is and can be given up. */

export interface Progress {
  /** What is being done: `read`, or the kind of a pre-transform. */
  readonly step: string
  /** Samples done, and how many there are; null where that is not known before. */
  readonly done: number
  readonly total: number | null
}

export interface Work {
  /** Throws where the work was given up; lets messages in now and then. Call it every few hundred samples. */
  advance(progress: Progress): Promise<void>
  readonly signal?: AbortSignal
}

/** Milliseconds between two moments at which messages are let in. */
const BREATH = 50

/** Work that reports to `report`, and ends with an AbortError when `signal` says so. */
export function openWork(report: (progress: Progress) => void = () => undefined, signal?: AbortSignal): Work {
  let last = performance.now()
  return {
    ...(signal && { signal }),
    async advance(progress) {
      signal?.throwIfAborted()
      report(progress)
      if (performance.now() - last < BREATH) return
      await new Promise((resolve) => setImmediate(resolve))
      last = performance.now()
      signal?.throwIfAborted()
    },
  }
}
