/**
 * Sizes of cards and positions of ports on the canvas, in canvas pixels. Known without measuring, so edges never wait.
 */

export interface Point {
  readonly x: number
  readonly y: number
}

export interface Rect extends Point {
  readonly width: number
  readonly height: number
}

export const CARD_WIDTH = 184
/** Height of a card with a second line, and of one without. */
export const CARD_HEIGHT = 50
export const CARD_HEIGHT_SHORT = 28
/** Cards snap to this grid; automatic layout distances are multiples of it. */
export const GRID = 8
/** Distance between two ports on the left side of a card. */
const PORT_PITCH = 20

export type PortSide = 'top' | 'left'

/** Height of a card: additional inputs are on its left side and need room there. */
export function cardHeight(hasDetail: boolean, inputs: number): number {
  const text = hasDetail ? CARD_HEIGHT : CARD_HEIGHT_SHORT
  return Math.max(text, 12 + PORT_PITCH * Math.max(0, inputs - 1))
}

/** The first input is at the top, the others on the left. */
export function portSide(index: number): PortSide {
  return index === 0 ? 'top' : 'left'
}

/** Position of input `index` of `count`, relative to the corner of the card. */
export function inputPoint(index: number, count: number, height: number): Point {
  if (index === 0) return { x: CARD_WIDTH / 2, y: 0 }
  return { x: 0, y: (height * index) / count }
}

export function snap(value: number): number {
  return Math.round(value / GRID) * GRID
}

export function overlaps(a: Rect, b: Rect, gap = 0): boolean {
  return (
    a.x < b.x + b.width + gap && b.x < a.x + a.width + gap && a.y < b.y + b.height + gap && b.y < a.y + a.height + gap
  )
}

/** The bounding rectangle of `rects`, or undefined if there are none. */
export function boundsOf(rects: readonly Rect[]): Rect | undefined {
  if (rects.length === 0) return undefined
  const left = Math.min(...rects.map((rect) => rect.x))
  const top = Math.min(...rects.map((rect) => rect.y))
  const right = Math.max(...rects.map((rect) => rect.x + rect.width))
  const bottom = Math.max(...rects.map((rect) => rect.y + rect.height))
  return { x: left, y: top, width: right - left, height: bottom - top }
}
