/** Finds the point of an ascending series nearest to an axis position. */

/** Index of the nearest x, or −1 for an empty series. */
export function nearestIndex(x: ArrayLike<number>, place: number): number {
  let low = 0
  let high = x.length - 1
  if (high < 0) return -1
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((x[middle] ?? 0) <= place) low = middle
    else high = middle
  }
  return Math.abs((x[low] ?? 0) - place) <= Math.abs((x[high] ?? 0) - place) ? low : high
}
