/** Arrow keys in a grid of equal tiles: one tab stop, left and right by one, up and down by a row as laid out. */

/** The index a key leads to from `at`; undefined if it leads nowhere. */
export function tileFor(key: string, at: number, count: number, columns: number): number | undefined {
  const moves: Readonly<Record<string, number>> = {
    ArrowRight: at + 1,
    ArrowLeft: at - 1,
    ArrowDown: at + columns,
    ArrowUp: at - columns,
    Home: 0,
    End: count - 1,
  }
  const target = moves[key]
  return target !== undefined && target >= 0 && target < count ? target : undefined
}

/** Tiles in the first row. */
export function columnsOf(tiles: readonly HTMLElement[]): number {
  const top = tiles[0]?.offsetTop
  return Math.max(1, tiles.filter((tile) => tile.offsetTop === top).length)
}
