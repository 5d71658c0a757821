/** Where the label of an edge stands. */
import { describe, expect, it } from 'vitest'
import { labelPlace } from '../../../../src-renderer/editor/graph/edgeRoute'

/** Down, to the right, down again: the second part is the longest. */
const route = [
  { x: 0, y: 0 },
  { x: 0, y: 40 },
  { x: 200, y: 40 },
  { x: 200, y: 100 },
]

describe('the label of an edge', () => {
  it('stands in the middle of its longest part', () => {
    expect(labelPlace(route, () => true)).toEqual({ x: 100, y: 40 })
  })

  it('moves along that part where something is in its way', () => {
    const place = labelPlace(route, ({ x }) => x < 70)
    expect(place).toEqual({ x: 60, y: 40 })
  })

  it('goes to another part where the longest has no room', () => {
    expect(labelPlace(route, ({ y }) => y > 40)).toEqual({ x: 200, y: 70 })
  })

  it('stays in the middle of the longest part where there is no room at all', () => {
    expect(labelPlace(route, () => false)).toEqual({ x: 100, y: 40 })
    expect(labelPlace([{ x: 3, y: 4 }], () => false)).toEqual({ x: 3, y: 4 })
  })
})
