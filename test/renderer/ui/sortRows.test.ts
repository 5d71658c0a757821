/** Sorting of tables. */
import { describe, expect, it } from 'vitest'
import { sortRows } from '../../../src-renderer/ui/sortRows'

const rows = [
  { name: 'run 10', loss: 0.3 },
  { name: 'run 2', loss: null },
  { name: 'run 1', loss: 0.1 },
  { name: 'Run 3', loss: NaN },
  { name: 'run 4', loss: 0.1 },
]

describe('sorted rows', () => {
  it('order numbers in strings as numbers', () => {
    expect(sortRows(rows, (row) => row.name, false).map((row) => row.name)).toEqual([
      'run 1',
      'run 2',
      'Run 3',
      'run 4',
      'run 10',
    ])
  })

  it('keep missing values last in both directions and preserve the order of equal ones', () => {
    expect(sortRows(rows, (row) => row.loss, false).map((row) => row.name)).toEqual([
      'run 1',
      'run 4',
      'run 10',
      'run 2',
      'Run 3',
    ])
    expect(sortRows(rows, (row) => row.loss, true).map((row) => row.name)).toEqual([
      'run 10',
      'run 1',
      'run 4',
      'run 2',
      'Run 3',
    ])
  })
})
