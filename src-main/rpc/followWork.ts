/** Work with progress as a stream: the latest progress at most thirty times per second, and finally the result. */

/** Minimum milliseconds between progress reports. */
const INTERVAL = 34

export type Followed<Progress, Result> =
  { readonly type: 'progress'; readonly progress: Progress } | { readonly type: 'done'; readonly result: Result }

/**
 * Leaving the stream, by `return` or by `signal`, cancels the work immediately; a pending report is then not delivered.
 */
export async function* followWork<Progress, Result>(
  signal: AbortSignal | undefined,
  work: (report: (progress: Progress) => void, signal: AbortSignal) => Promise<Result>,
): AsyncGenerator<Followed<Progress, Result>, void> {
  const leaving = new AbortController()
  const leave = (): void => leaving.abort()
  if (signal?.aborted) leave()
  signal?.addEventListener('abort', leave, { once: true })
  const gone = leaving.signal
  let latest: Progress | undefined
  let end: { result: Result } | { error: unknown } | undefined
  let wake = (): void => undefined
  gone.addEventListener('abort', () => wake(), { once: true })
  const report = (progress: Progress): void => {
    latest = progress
    wake()
  }
  void work(report, gone)
    .then(
      (result) => (end = { result }),
      (error: unknown) => (end = { error }),
    )
    .finally(() => wake())
  const pause = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      const timer = milliseconds === Infinity ? undefined : setTimeout(resolve, milliseconds)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  try {
    for (let next = 0; !gone.aborted;) {
      if (end && 'error' in end) throw end.error
      if (end) {
        yield { type: 'done', result: end.result }
        return
      }
      const wait = latest === undefined ? Infinity : next - performance.now()
      if (wait > 0) {
        await pause(wait)
        continue
      }
      const progress = latest as Progress
      latest = undefined
      next = performance.now() + INTERVAL
      yield { type: 'progress', progress }
    }
  } finally {
    signal?.removeEventListener('abort', leave)
    leave()
  }
}
