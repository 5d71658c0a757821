/** The engine's side of its watchdog, the thread that goes on while a native call blocks everything else. */
import { startWorker } from '../../data/workers/startWorker'

let tell: ((sign: string | null) => void) | undefined

/** Starts the thread. Call it once, as early as possible: it ends this process when the present parent is gone. */
export function startWatchdog(): void {
  const worker = startWorker('watchdog', { parent: process.ppid })
  worker.unref()
  // Without it an engine still ends with its parent, unless it hangs just then.
  worker.on('error', () => undefined)
  tell = (sign) => worker.postMessage(sign)
}

/** Keeps touching the file until the next call; null ends it. Without a watchdog, as in tests, nothing is touched. */
export function keepSign(sign: string | null): void {
  tell?.(sign)
}
