// @vitest-environment happy-dom
/** Roles and types of columns: one label, at most one split column, and nothing is lost. */
import { describe, expect, it } from 'vitest'
import type { SourceOf } from '#core/graph/dataSettings'
import { withColumn } from '../../../src-renderer/data/useDataEdits'

const table: SourceOf<'table'> = {
  kind: 'table',
  path: 'rents.csv',
  label: 'rent',
  columns: [
    { name: 'part', role: 'split' },
    { name: 'note', role: 'feature', type: 'text' },
  ],
}

describe('a column', () => {
  it('becomes the label, and the previous label a feature', () => {
    expect(withColumn(table, 'note', { role: 'label' })).toEqual({
      ...table,
      label: 'note',
      columns: [{ name: 'part', role: 'split' }],
    })
  })

  it('stays the label until another one becomes it', () => {
    expect(withColumn(table, 'rent', { role: 'ignored' })).toBe(table)
  })

  it('takes over the splits from another one', () => {
    expect(withColumn(table, 'fold', { role: 'split' }).columns).toEqual([
      { name: 'part', role: 'feature' },
      { name: 'note', role: 'feature', type: 'text' },
      { name: 'fold', role: 'split' },
    ])
  })

  it('keeps its type when its role changes, and its role when its type changes', () => {
    expect(withColumn(table, 'note', { role: 'ignored' }).columns[1]).toEqual({
      name: 'note',
      role: 'ignored',
      type: 'text',
    })
    expect(withColumn(table, 'note', { type: 'categorical' }).columns[1]).toEqual({
      name: 'note',
      role: 'feature',
      type: 'categorical',
    })
  })
})
