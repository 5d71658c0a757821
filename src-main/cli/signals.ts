/** Termination signals: the first one stops and keeps what was learned, a later one exits immediately. */

/**
 * Milliseconds within which a repeated signal is the same request: `timeout`, shells and npx send it both to the
 * process and to its group.
 */
const SAME_REQUEST = 500

export interface Endings {
  /** Called at most once. */
  readonly stop: () => void
  readonly leave: () => void
}

/**
 * Handles the signals of this process from now on. A closing terminal may send several, and never forces an immediate
 * exit.
 */
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
