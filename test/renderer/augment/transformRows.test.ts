/** The list of transforms on the Augment screen: where steps are inserted, their problems, and likely mistakes. */
import { describe, expect, it } from 'vitest'
import { findTransform } from '#core/transforms/index'
import type { DataFacts } from '#core/data/facts'
import { cautionFor } from '../../../src-renderer/augment/cautions'
import { setsFor, startingSets, withSet } from '../../../src-renderer/augment/startingSets'
import {
  augments,
  groupedTransforms,
  transformRows,
  withAdded,
  withDuplicate,
  withMoved,
  type Transforms,
} from '../../../src-renderer/augment/transformRows'

const on = (kind: string, params = {}): Transforms[number] => ({ kind, enabled: true, ...params })
const kinds = (list: Transforms) => list.map(({ kind }) => kind)
const facts = (classes: readonly string[]): DataFacts => ({
  sample: { dtype: 'uint8', shape: [1, 28, 28] },
  target: { kind: 'classes', classes },
})
const digits = facts(['0', '1', '2'])
const animals = facts(['cat', 'dog'])

describe('an added step', () => {
  const list = [on('random-rotation'), on('normalize'), on('mix-up')]
  const added = (kind: string) => withAdded(list, findTransform(kind)!)

  it('is placed before Normalize, mixing at the very end, and Normalize before the mixing', () => {
    expect(kinds(added('gaussian-noise').list)).toEqual(['random-rotation', 'gaussian-noise', 'normalize', 'mix-up'])
    expect(added('gaussian-noise').place).toBe(1)
    expect(kinds(added('cut-mix').list)).toEqual(['random-rotation', 'normalize', 'mix-up', 'cut-mix'])
    expect(kinds(withAdded([on('mix-up')], findTransform('normalize')!).list)).toEqual(['normalize', 'mix-up'])
  })

  it('causes no problems for any kind in the catalog', () => {
    for (const { members } of groupedTransforms())
      for (const { kind } of members) {
        const rows = transformRows(added(kind).list, [3, 32, 32])
        expect(rows.flatMap(({ problems }) => problems)).toEqual([])
      }
  })
})

describe('the list', () => {
  it('is reordered and duplicated without mutation', () => {
    const list = [on('resize'), on('random-crop', { padding: 2 }), on('normalize')]
    expect(kinds(withMoved(list, 0, 2))).toEqual(['random-crop', 'normalize', 'resize'])
    expect(kinds(withMoved(list, 2, 0))).toEqual(['normalize', 'resize', 'random-crop'])
    expect(withDuplicate(list, 1).slice(1, 3)).toEqual([list[1], list[1]])
    expect(kinds(list)).toEqual(['resize', 'random-crop', 'normalize'])
  })

  it('shows probabilities and the problems of each step', () => {
    const rows = transformRows(
      [on('random-invert', { p: 0.2 }), on('random-crop', { size: 99 }), on('normalize'), on('nothing')],
      [1, 28, 28],
    )
    expect(rows.map(({ probability }) => probability)).toEqual([0.2, 1, null, null])
    expect(rows.map(({ problems }) => problems.map(({ code }) => code))).toEqual([
      [],
      ['data-transform'],
      [],
      ['data-transform'],
    ])
    expect(transformRows([on('random-crop', { size: 99 })], undefined)[0]!.problems).toEqual([])
  })

  it('augments only if a random step is enabled', () => {
    expect(augments([on('normalize')])).toBe(false)
    expect(augments([{ kind: 'random-crop', enabled: false }])).toBe(false)
    expect(augments([on('random-crop')])).toBe(true)
  })
})

describe('an initial list', () => {
  it('suits the images, and keeps what is applied to all of them', () => {
    expect(setsFor(digits, [1, 28, 28]).map(({ name }) => name)).toEqual(['digits', 'photos', 'fromAbove'])
    expect(setsFor(animals, [3, 32, 32])[0]?.name).toBe('photos')
    expect(setsFor({ ...animals, sample: { dtype: 'float32', shape: [4], columns: [] } }, [4])).toEqual([])
    const [set] = setsFor(digits, [1, 28, 28])
    expect(withSet([on('normalize', { mean: [0.5] }), on('random-invert')], set!, [1, 28, 28])).toEqual([
      { kind: 'random-rotation', enabled: true, degrees: [-10, 10], interpolation: 'bilinear' },
      { kind: 'random-crop', enabled: true, padding: 2 },
      { kind: 'normalize', enabled: true, mean: [0.5] },
    ])
  })

  it('crops small photos at their border and large ones at varying scale', () => {
    const photos = startingSets.find(({ name }) => name === 'photos')!
    expect(photos.steps([3, 32, 32])).toContainEqual({ kind: 'random-crop', enabled: true, padding: 4 })
    expect(kinds(photos.steps([3, 224, 224]))).toContain('random-resized-crop')
    expect(kinds(photos.steps([1, 28, 28]))).not.toContain('color-jitter')
  })

  it('is valid for every size and for gray and color', () => {
    for (const shape of [
      [1, 28, 28],
      [3, 32, 32],
      [3, 224, 160],
      [1, 5, 5],
    ])
      for (const set of startingSets)
        expect(transformRows(withSet([], set, shape), shape).flatMap(({ problems }) => problems)).toEqual([])
  })
})

describe('a caution', () => {
  const caution = (step: Transforms[number], data: DataFacts, channels = 1) =>
    cautionFor(transformRows([step], undefined)[0]!, data, channels)

  it('is shown for mirrored and upside-down digits, but not for other things', () => {
    expect(caution(on('random-horizontal-flip'), digits)).toBe('augment.cautionMirror')
    expect(caution(on('random-horizontal-flip'), animals)).toBeNull()
    expect(caution(on('random-rotation', { degrees: [-90, 0] }), digits)).toBe('augment.cautionTurn')
    expect(caution(on('random-rotation'), digits)).toBeNull()
  })

  it('is shown for steps without effect', () => {
    expect(caution(on('random-grayscale'), animals)).toBe('augment.cautionGray')
    expect(caution(on('random-grayscale'), animals, 3)).toBeNull()
    expect(caution(on('random-crop', { p: 0 }), animals)).toBe('augment.cautionNever')
  })
})
