/** Long work with progress and cancellation. */

export interface Progress {
  /** Current step: `read`, or the kind of a pre-transform. */
  readonly step: string
  /** Samples done, and the total; null if not known in advance. */
  readonly done: number
  readonly total: number | null
}

export interface Work {
  /** Throws if the work was canceled; yields to the event loop now and then. Call it every few hundred samples. */
  advance(progress: Progress): Promise<void>
  readonly signal?: AbortSignal
}

/** Milliseconds between yields to the event loop. */
const BREATH = 50

/** Work that reports to `report`, and fails with an AbortError when `signal` aborts. */
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
