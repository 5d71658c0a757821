/** The target of a canvas context menu: a card, an edge, or empty canvas. */
import type { Point } from '../graph/geometry'

export interface MenuTarget {
  /** In screen coordinates. */
  readonly at: Point
  readonly node?: string
  readonly edge?: string
}
