// @vitest-environment happy-dom
/** The checks of the data: issues come first with their fix, and what is OK is listed as well. */
import { expect, it } from 'vitest'
import { checksOf, type DataLook } from '#core/data/look'
import { useCheckList } from '../../../src-renderer/data/useCheckList'

const clean: Omit<DataLook, 'checks'> = {
  counts: { train: 100, validation: 10, test: 10 },
  balance: null,
  targets: [],
  columns: [],
  channels: [],
  correlation: null,
  duplicates: { within: { train: 0, validation: 0, test: 0 }, across: [], examples: [] },
  lengths: null,
  testLooks: 0,
}

function lines(look: Omit<DataLook, 'checks'>) {
  return useCheckList()
    .linesOf({ ...look, checks: checksOf(look) }, [])
    .map(({ tone, text, repair }) => [tone, text, repair?.kind])
}

it('lists what is OK', () => {
  const counts = { train: [50, 40], validation: [5, 4], test: [5, 4] }
  expect(lines({ ...clean, balance: { classes: ['a', 'b'], counts } })).toEqual([
    ['ok', 'No duplicates across splits', undefined],
    ['ok', 'No duplicates in the training split', undefined],
    ['ok', 'All data is readable', undefined],
    ['ok', 'All 2 classes are in the training split', undefined],
    ['info', 'Rarest class is 0.80 × the most frequent', undefined],
  ])
})

it('puts issues first, with their fix', () => {
  const counts = { train: [90, 4, 0], validation: [1, 1, 1], test: [0, 0, 0] }
  const constant = { name: 'year', type: 'numeric' as const, present: 100, missing: 0, min: 7, max: 7 }
  const found = lines({
    ...clean,
    balance: { classes: ['a', 'b', 'c'], counts },
    columns: [constant],
    duplicates: { ...clean.duplicates, across: [{ from: 'train', to: 'test', count: 3 }] },
  })
  expect(found.slice(0, 4).map(([tone, , repair]) => [tone, repair])).toEqual([
    ['warn', undefined],
    ['warn', 'stratify'],
    ['warn', 'balance'],
    ['warn', 'ignore'],
  ])
  expect(found.map(([, text]) => text)).not.toContain('No duplicates across splits')
  expect(found.map(([, text]) => text)).not.toContain('No constant columns')
})

it('names a file that was left out, with its folder', () => {
  const skipped = (count: number) => ({
    code: 'data-format' as const,
    severity: 'warning' as const,
    place: { file: '/data/pics/red/broken.png' },
    message: `${count} of 61 files could not be read`,
    fix: 'Remove or repair these files.',
    data: { case: 'skipped', count, total: 61 },
  })
  const filesOf = (count: number) =>
    useCheckList()
      .linesOf({ ...clean, checks: [] }, [skipped(count)])
      .flatMap(({ file }) => (file === undefined ? [] : [file]))
  expect(filesOf(1)).toEqual(['red/broken.png'])
  expect(filesOf(4)).toEqual(['first: red/broken.png'])
})
