/** Work of a command that leaves nothing behind when a person interrupts it. */

/** Undefined where the person has interrupted it: what has begun is given up by itself, and nobody waits for it. */
export function unlessInterrupted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  const interrupted = new Promise<undefined>((resolve) => {
    signal.addEventListener('abort', () => resolve(undefined), { once: true })
    if (signal.aborted) resolve(undefined)
  })
  const settled = work.catch((error: unknown): undefined => {
    if (!signal.aborted) throw error
  })
  return Promise.race([settled, interrupted])
}
