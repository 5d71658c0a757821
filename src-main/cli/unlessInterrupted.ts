/** Command work that leaves nothing behind when interrupted. */

/** Resolves to undefined on interruption, without waiting: the started work cancels itself. */
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
