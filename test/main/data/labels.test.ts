/** Labels in tables: which ones are the same class, and which column they are in. */
import { describe, expect, it } from 'vitest'
import { proposeData } from '../../../src-main/data/propose/proposeData'
import { emptyCache, prepare } from './prepare/preparing'
import { pngBytes } from './readers/pngBytes'
import { temporaryFolder } from './temporaryFolder'

const tableOf = (labels: readonly string[]) =>
  ['x,label', ...labels.map((label, i) => `${(i * 37) % 11},${label}`)].join('\n')

describe('labels spelled in several ways', () => {
  const labels = ['0', '1.0', '0.0', '1', '1.0', '0', '1', '0.0']

  it('are one class in a table, before and after the import', async () => {
    const folder = await temporaryFolder()
    const path = await folder.write('t.csv', tableOf(labels))
    const proposal = await proposeData(path)
    expect(proposal.classes).toEqual([
      { name: '0', count: 4 },
      { name: '1', count: 4 },
    ])
    const source = { kind: 'table' as const, path, label: 'label' }
    const { facts, targets } = await prepare({ source, split: { validation: 0 } }, await emptyCache())
    expect(facts.target).toEqual({ kind: 'classes', classes: ['0', '1'] })
    expect([...targets]).toEqual([0, 1, 0, 1, 1, 0, 1, 0])
  })

  it('are one class in a list of images', async () => {
    const folder = await temporaryFolder()
    await folder.write('a.png', pngBytes(1, 1, Uint8Array.of(0, 9)))
    const words = ['True', 'false', 'TRUE', 'False', 'true']
    const path = await folder.write('list.csv', ['image,label', ...words.map((word) => `a.png,${word}`)].join('\n'))
    const source = { kind: 'image-list' as const, path, image: 'image', label: 'label' }
    const { facts, targets } = await prepare({ source, split: { validation: 0 } }, await emptyCache())
    expect(facts.target).toEqual({ kind: 'classes', classes: ['false', 'true'] })
    expect([...targets]).toEqual([1, 0, 1, 0, 1])
  })
})

describe('a label column with a single class', () => {
  it.each([
    ['spam', Array<string>(12).fill('spam'), 'only "spam"'],
    ['one number, written in two ways', ['1', '1.0', '1', '1.0', '1', '1'], 'only "1"'],
  ])('remains the label, with a warning: %s', async (_, labels, received) => {
    const folder = await temporaryFolder()
    const text = ['x,kind,label', ...labels.map((label, i) => `${i % 5},${i % 2 ? 'a' : 'b'},${label}`)].join('\n')
    const proposal = await proposeData(await folder.write('t.csv', text))
    expect(proposal.source).toMatchObject({ kind: 'table', label: 'label' })
    expect(proposal.problems).toMatchObject([
      { code: 'data-label', severity: 'error', place: { column: 'label' }, received, data: { case: 'one-class' } },
    ])
  })
})
