/** The effect of a step on a row: only what changed is shown. */
import { describe, expect, it } from 'vitest'
import { changedCells } from '../../../src-renderer/data/stageCells'

const before = { columns: ['mass', 'island', 'length'], cells: [3250, 'Dream', null] }

describe('the cells of a step', () => {
  it('are those that changed, were added, or were removed', () => {
    const after = { columns: ['mass', 'island=Dream', 'length'], cells: [3250, 1, 190] }
    expect(changedCells(before, after)).toEqual({
      cells: [
        { name: 'island', before: 'Dream', after: undefined },
        { name: 'length', before: null, after: 190 },
        { name: 'island=Dream', before: undefined, after: 1 },
      ],
      hidden: 0,
    })
  })

  it('are the first of the row if there is no previous step', () => {
    const wide = { columns: [...'abcdefgh'], cells: [1, 2, 3, 4, 5, 6, 7, 8] }
    const { cells, hidden } = changedCells(undefined, wide)
    expect([cells.map(({ name }) => name).join(''), hidden]).toEqual(['abcdef', 2])
  })
})
