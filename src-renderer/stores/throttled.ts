/** Hands values on at most once an interval, the newest always. */

/** A function of a value and whether it may wait; one that may not goes at once, and what waited before it is dropped. */
export function throttled<T>(take: (value: T) => void, interval: number): (value: T, mayWait?: boolean) => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let newest: T
  /** Milliseconds that the last value took, with what is drawn for it. */
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
    // However long the work takes that a value makes, twice as long is left to go through what has piled up meanwhile.
    else timer ??= setTimeout(hand, Math.max(interval, 2 * cost))
  }
}
