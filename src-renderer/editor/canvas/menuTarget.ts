/** What a context menu of the canvas was opened on: a card, an edge, or the empty place where it is neither. */
import type { Point } from '../graph/geometry'

export interface MenuTarget {
  /** On screen. */
  readonly at: Point
  readonly node?: string
  readonly edge?: string
}
