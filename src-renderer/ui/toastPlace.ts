/**
 * Position of the toasts: at the bottom right, raised above anything that must stay reachable, such as a fix button.
 */

/** What the toasts must not cover. */
export const KEPT_CLEAR = '[data-keep-clear], .app-button.fix'

interface Box {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** Where the stack can go: its sides, its height, and the lowest and the highest position in pixels from the top. */
export interface StackRoom {
  readonly left: number
  readonly right: number
  readonly height: number
  /** Lower edge of the stack if nothing is in its way. */
  readonly lowest: number
  /** Upper limit of its top edge. */
  readonly highest: number
}

const GAP = 8

/**
 * The lower edge of the stack, in pixels from the top of the window: the lowest position that covers none of
 * `obstacles`.
 * If there is none, the lowest position overall.
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
