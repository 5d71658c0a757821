/** Passes values on at most once per interval; the newest is never lost. */

/** Takes a value and whether it may wait; one that may not is passed on immediately, and a waiting one is dropped. */
export function throttled<T>(take: (value: T) => void, interval: number): (value: T, mayWait?: boolean) => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let newest: T
  /** Milliseconds spent on the last value, including drawing. */
  let cost = 0
  const hand = (): void => {
    clearTimeout(timer)
    timer = undefined
    const begin = performance.now()
    take(newest)
    setTimeout(() => (cost = performance.now() - begin))
  }
  return (value, mayWait = false) => {
    newest = value
    if (!mayWait) hand()
    // Leave twice as long as the work for a value takes, to process what has queued up meanwhile.
    else timer ??= setTimeout(hand, Math.max(interval, 2 * cost))
  }
}
