/** The engine's side of its watchdog, a thread that keeps running while a native call blocks everything else. */
import { startWorker } from '../../data/workers/startWorker'

let tell: ((sign: string | null) => void) | undefined

/** Starts the thread. Call once, as early as possible: it ends this process when its current parent is gone. */
export function startWatchdog(): void {
  const worker = startWorker('watchdog', { parent: process.ppid })
  worker.unref()
  // Without it, an engine still exits with its parent, unless it hangs at that moment.
  worker.on('error', () => undefined)
  tell = (sign) => worker.postMessage(sign)
}

/** Keeps touching the file until the next call; null stops it. Without a watchdog, as in tests, this is a no-op. */
export function keepSign(sign: string | null): void {
  tell?.(sign)
}
