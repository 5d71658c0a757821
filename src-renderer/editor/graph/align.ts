/** Aligning selected cards, and distributing them with equal gaps. */
import { boundsOf, CARD_WIDTH, snap, type Rect } from './geometry'

export const alignments = ['left', 'center', 'right', 'top', 'middle', 'bottom', 'columns', 'rows'] as const
export type Alignment = (typeof alignments)[number]

export interface PlacedCard extends Rect {
  readonly id: string
}

/**
 * New positions by id. `columns` and `rows` distribute the cards evenly between the outermost two, horizontally and
 * vertically.
 */
export function alignCards(
  cards: readonly PlacedCard[],
  alignment: Alignment,
): Record<string, readonly [number, number]> {
  const bounds = boundsOf(cards)
  if (bounds === undefined) return {}
  if (alignment === 'columns') return spread(cards, 'x')
  if (alignment === 'rows') return spread(cards, 'y')
  const [right, bottom] = [bounds.x + bounds.width, bounds.y + bounds.height]
  const place = (card: PlacedCard): readonly [number, number] => {
    switch (alignment) {
      case 'left':
        return [bounds.x, card.y]
      case 'center':
        return [snap(bounds.x + (bounds.width - CARD_WIDTH) / 2), card.y]
      case 'right':
        return [right - card.width, card.y]
      case 'top':
        return [card.x, bounds.y]
      case 'middle':
        return [card.x, bounds.y + (bounds.height - card.height) / 2]
      case 'bottom':
        return [card.x, bottom - card.height]
    }
  }
  return Object.fromEntries(cards.map((card) => [card.id, place(card)]))
}

/** Equal gaps between neighbors along one axis; the first and the last card stay in place. */
function spread(cards: readonly PlacedCard[], axis: 'x' | 'y'): Record<string, readonly [number, number]> {
  const size = axis === 'x' ? 'width' : 'height'
  const ordered = cards.toSorted((a, b) => a[axis] - b[axis])
  const [first, last] = [ordered[0], ordered.at(-1)]
  if (first === undefined || last === undefined || ordered.length < 3) return {}
  const inner = ordered.slice(1, -1)
  const room = last[axis] - (first[axis] + first[size])
  const gap = (room - inner.reduce((sum, card) => sum + card[size], 0)) / (inner.length + 1)
  let at = first[axis] + first[size] + gap
  return Object.fromEntries(
    inner.map((card) => {
      const place = Math.round(at)
      at += card[size] + gap
      return [card.id, axis === 'x' ? [place, card.y] : [card.x, place]]
    }),
  )
}
