/** What a project stores of a proposal: suitable splits, and steps that fit its task. */
import { describe, expect, it } from 'vitest'
import type { DataProposal } from '#core/rpc/contract/data'
import { settingsOf } from '#core/rpc/importedProject'
import { baseSource } from '../../../../src-renderer/data/import/proposedSettings'

const nothing: DataProposal = {
  title: 'rents.csv',
  source: null,
  task: 'regression',
  preprocess: [],
  transforms: [],
  count: null,
  bytes: 0,
  classes: null,
  splits: null,
  table: null,
  pictures: [],
  texts: [],
  reading: null,
  folders: null,
  problems: [],
}
const table: DataProposal = {
  ...nothing,
  source: { kind: 'table', path: '/rents.csv', label: 'rent', columns: [] },
  preprocess: [{ kind: 'standardize' }, { kind: 'standardize-target' }],
}

describe('the settings of a proposal', () => {
  it('are absent if nothing is usable', () => {
    expect(settingsOf(nothing, null)).toBeNull()
  })

  it('draw a test set if the data includes none', () => {
    expect(settingsOf(table, null)).toEqual({
      title: 'rents',
      task: 'regression',
      transforms: [],
      data: {
        source: table.source,
        split: { validation: 0.15, test: 0.15, stratify: true, seed: 0, given: true },
        preprocess: [{ kind: 'standardize' }, { kind: 'standardize-target' }],
      },
    })
  })

  it('keep the test set included in the data', () => {
    const split = (proposal: DataProposal) => settingsOf(proposal, null)?.data.split.test
    const idx = { kind: 'idx', trainImages: 'a', trainLabels: 'b', testImages: 'c', testLabels: 'd' } as const
    expect([
      split({ ...table, splits: { train: 8, validation: 0, test: 2 } }),
      split({ ...nothing, source: idx }),
    ]).toEqual([0, 0])
  })

  it('apply steps on the target only to regression', () => {
    const kinds = (proposal: DataProposal, task: 'classification' | 'regression') =>
      settingsOf(proposal, task)?.data.preprocess.map(({ kind }) => kind)
    expect(kinds(table, 'classification')).toEqual(['standardize'])
    expect(kinds({ ...table, preprocess: [{ kind: 'one-hot' }] }, 'regression')).toEqual([
      'one-hot',
      'standardize-target',
    ])
  })
})

describe('a source edited by the user', () => {
  it('is the proposed table, or an empty one if no column could be predicted', () => {
    expect(baseSource(table, null)).toBe(table.source)
    expect(baseSource(nothing, null)).toEqual({ kind: 'table', path: '', label: '', columns: [] })
    expect(baseSource({ ...nothing, source: { kind: 'image-folder', path: '/x' } }, null)).toBeNull()
  })
})
