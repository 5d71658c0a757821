/** Signals that ask a command to end: the first one to stop and keep what was learned, a later one to leave at once. */

/**
 * Milliseconds within which a signal that comes again is the same request: `timeout`, shells and npx send it both to the
 * process and to its group.
 */
const SAME_REQUEST = 500

export interface Endings {
  /** Called once. */
  readonly stop: () => void
  readonly leave: () => void
}

/** Handles the signals of this process from now on. A terminal that closes may say so several times, and is in no hurry. */
export function stopOnSignals({ stop, leave }: Endings): void {
  let asked: number | undefined
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      if (asked === undefined) {
        asked = performance.now()
        stop()
      } else if (signal !== 'SIGHUP' && performance.now() - asked > SAME_REQUEST) leave()
    })
}
