/** The position of an edge label. */
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
  it('is in the middle of its longest part', () => {
    expect(labelPlace(route, () => true)).toEqual({ x: 100, y: 40 })
  })

  it('moves along that part if something is in the way', () => {
    const place = labelPlace(route, ({ x }) => x < 70)
    expect(place).toEqual({ x: 60, y: 40 })
  })

  it('moves to another part if the longest has no space', () => {
    expect(labelPlace(route, ({ y }) => y > 40)).toEqual({ x: 200, y: 70 })
  })

  it('stays in the middle of the longest part if there is no space at all', () => {
    expect(labelPlace(route, () => false)).toEqual({ x: 100, y: 40 })
    expect(labelPlace([{ x: 3, y: 4 }], () => false)).toEqual({ x: 3, y: 4 })
  })
})
