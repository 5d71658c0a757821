/** Where the toasts stand: at the bottom right, raised above whatever there must stay in reach, such as a button that repairs. */

/** What the toasts must not cover. */
export const KEPT_CLEAR = '[data-keep-clear], .app-button.fix'

interface Box {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** The stack where it would like to stand: its sides, its height, and the lowest and the highest place for it in pixels from the top. */
export interface StackRoom {
  readonly left: number
  readonly right: number
  readonly height: number
  /** Lower edge of the stack where nothing is in its way. */
  readonly lowest: number
  /** Its upper edge may not be above this. */
  readonly highest: number
}

const GAP = 8

/**
 * The lower edge of the stack, in pixels from the top of the window: the lowest place at which it covers none of `obstacles`.
 * Where there is none, the lowest place of all.
 */
export function clearPlace({ left, right, height, lowest, highest }: StackRoom, obstacles: readonly Box[]): number {
  const inColumn = obstacles.filter((box) => box.left < right && box.right > left)
  let edge = lowest
  for (let tries = 0; tries <= inColumn.length; tries++) {
    const inWay = inColumn.filter((box) => box.top < edge && box.bottom > edge - height)
    if (inWay.length === 0) return edge
    edge = Math.min(...inWay.map((box) => box.top)) - GAP
    if (edge - height < highest) return lowest
  }
  return lowest
}
