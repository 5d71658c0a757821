/** SVG path through values, in 0–100 coordinates on both axes; gaps where a value is not finite. */

/** Thins to `most` points by keeping the minimum and maximum of each interval, so that peaks survive. */
function thin(values: ArrayLike<number>, most: number): readonly (readonly [number, number])[] {
  const count = values.length
  const all = Array.from({ length: count }, (_, index) => [index, values[index] ?? NaN] as const)
  if (count <= most) return all
  const stretch = Math.ceil((count / most) * 2)
  const kept: (readonly [number, number])[] = []
  for (let start = 0; start < count; start += stretch) {
    const part = all.slice(start, start + stretch).sort((a, b) => a[1] - b[1])
    const ends = [part[0], part.at(-1)].filter((point) => point !== undefined)
    kept.push(...ends.sort((a, b) => a[0] - b[0]))
  }
  return kept
}

/** `yOf` maps a value to 0 (top) … 100 (bottom). */
export function linePath(values: ArrayLike<number>, yOf: (value: number) => number, most = 400): string {
  const last = Math.max(1, values.length - 1)
  let open = false
  let path = ''
  for (const [index, value] of thin(values, most)) {
    const y = yOf(value)
    if (!Number.isFinite(y)) {
      open = false
      continue
    }
    path += `${open ? 'L' : 'M'}${((index / last) * 100).toFixed(2)} ${y.toFixed(2)}`
    open = true
  }
  return path
}
