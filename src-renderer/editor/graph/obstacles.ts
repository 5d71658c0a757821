/** Spatial grid of the canvas cards, for finding quickly which of them are in an edge's way. */
import type { Rect } from './geometry'

/** About one card plus the distance to the next. */
const CELL = 120

export interface Obstacle extends Rect {
  readonly id: string
}

/** A horizontal or vertical line, or any other rectangle, as its two corners. */
export interface Span {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

export class Obstacles {
  readonly #cells = new Map<string, Obstacle[]>()

  constructor(cards: Iterable<Obstacle>) {
    for (const card of cards) {
      const span = { left: card.x, top: card.y, right: card.x + card.width, bottom: card.y + card.height }
      forEachCell(span, (key) => {
        const list = this.#cells.get(key)
        if (list === undefined) this.#cells.set(key, [card])
        else list.push(card)
      })
    }
  }

  /** Cards within `gap` of `span`, except those named in `except`. */
  within(span: Span, gap: number, except: readonly string[] = []): Set<Obstacle> {
    const found = new Set<Obstacle>()
    const wide = { left: span.left - gap, top: span.top - gap, right: span.right + gap, bottom: span.bottom + gap }
    forEachCell(wide, (key) => {
      for (const card of this.#cells.get(key) ?? []) {
        const apart =
          card.x >= wide.right ||
          card.x + card.width <= wide.left ||
          card.y >= wide.bottom ||
          card.y + card.height <= wide.top
        if (!apart && !except.includes(card.id)) found.add(card)
      }
    })
    return found
  }
}

function forEachCell({ left, top, right, bottom }: Span, visit: (key: string) => void): void {
  for (let column = Math.floor(left / CELL); column <= Math.floor(right / CELL); column++)
    for (let row = Math.floor(top / CELL); row <= Math.floor(bottom / CELL); row++) visit(`${column},${row}`)
}
