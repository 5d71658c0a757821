/** View arithmetic: the canvas position that brings a rectangle on screen. */
import type { ViewportTransform } from '@vue-flow/core'
import type { Rect } from '../graph/geometry'

export interface Size {
  readonly width: number
  readonly height: number
}

export const SMALLEST_SCALE = 0.1
export const LARGEST_SCALE = 2
/** Margins around the network: the tool bars are above it. */
const MARGIN = { top: 56, side: 24, bottom: 24 }

/** The space available to the network in a view of this size. */
export function freeRoom({ width, height }: Size): Size {
  return { width: width - 2 * MARGIN.side, height: height - MARGIN.top - MARGIN.bottom }
}

/** The view centered on `bounds`, as large as it fits but at most at the scale `largest`. */
export function fitView(bounds: Rect, size: Size, largest: number): ViewportTransform {
  const { width, height } = freeRoom(size)
  const zoom = Math.max(SMALLEST_SCALE, Math.min(largest, width / bounds.width, height / bounds.height))
  return {
    x: MARGIN.side + (width - bounds.width * zoom) / 2 - bounds.x * zoom,
    y: MARGIN.top + (height - bounds.height * zoom) / 2 - bounds.y * zoom,
    zoom,
  }
}

/** `view` moved just far enough to contain `rect`; `view` itself if it already does. */
export function revealInView(rect: Rect, view: ViewportTransform, { width, height }: Size): ViewportTransform {
  const { x, y, zoom } = view
  const left = rect.x * zoom + x
  const top = rect.y * zoom + y
  const dx = shift(left, left + rect.width * zoom, MARGIN.side, width - MARGIN.side)
  const dy = shift(top, top + rect.height * zoom, MARGIN.top, height - MARGIN.bottom)
  return dx === 0 && dy === 0 ? view : { x: x + dx, y: y + dy, zoom }
}

/** How far an interval has to move to lie between two bounds; if it is longer, its start counts. */
function shift(start: number, end: number, low: number, high: number): number {
  if (start < low || end - start > high - low) return low - start
  return end > high ? high - end : 0
}
