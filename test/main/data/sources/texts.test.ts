/** Folders and tables of texts as datasets, and tables with splits in a column. */
import { join } from 'node:path'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { readSomeTexts } from '../../../../src-main/data/prepare/texts'
import type { Dataset } from '../../../../src-main/data/openDataset'
import { emptyCache, prepare } from '../prepare/preparing'
import { problemsOf, temporaryFolder } from '../temporaryFolder'

type Files = Readonly<Record<string, string | Uint8Array>>
const preprocess = [{ kind: 'lower-case' }, { kind: 'vocabulary', minCount: 1 }, { kind: 'pad', length: 4 }]

const textsOf = ({ source, raw }: Dataset) =>
  readSomeTexts(
    source.entry,
    Int32Array.from({ length: raw.count }, (_, i) => i),
  )

async function textFolder(files: Files) {
  const folder = await temporaryFolder()
  for (const [name, content] of Object.entries(files)) await folder.write(name, content)
  const source = { kind: 'text-folder' as const, path: folder.path }
  return { path: folder.path, dataset: prepare({ source, split: { validation: 0 }, preprocess }, await emptyCache()) }
}

describe('a folder of texts', () => {
  it('has its classes, splits and texts, each in its own encoding', async () => {
    const { dataset } = await textFolder({
      'train/ham/2.txt': 'See you',
      'train/ham/10': iconv.encode('Größe und Maße für übermorgen', 'windows-1252'),
      'train/スパム/a.eml': 'Buy buy',
      'test/スパム/1': Buffer.from('\ufeffBuy you', 'utf16le'),
    })
    const prepared = await dataset
    expect(prepared.facts.target).toEqual({ kind: 'classes', classes: ['ham', 'スパム'] })
    expect(await textsOf(prepared)).toEqual(['See you', 'Größe und Maße für übermorgen', 'Buy buy', 'Buy you'])
    expect([...prepared.targets]).toEqual([0, 0, 1, 1])
    expect([...prepared.splits.test]).toEqual([3])
    const vocabulary = prepared.facts.sample.vocabulary!
    const words = [...prepared.samples.gather(Int32Array.of(3))].map((id) => vocabulary[id])
    expect(words).toEqual(['buy', 'you', '<padding>', '<padding>'])
  })

  it('leaves out what is not text, names the first, and is rejected if nothing is left', async () => {
    const binary = Buffer.from([0, 1, 2, 3, 0, 255, 254, 0])
    const { path, dataset } = await textFolder({
      'a/1.txt': 'one',
      'a/2.txt': binary,
      'b/1.txt': 'two',
      'b/x.pdf': 'x',
    })
    const { samples, notes } = await dataset
    expect(samples.count).toBe(2)
    expect(notes).toMatchObject([
      { code: 'data-format', place: { file: join(path, 'b/x.pdf') }, data: { case: 'left-out' } },
      {
        severity: 'warning',
        place: { file: join(path, 'a/2.txt') },
        data: { case: 'skipped', count: 1, total: 4 - 1 },
      },
    ])
    const none = await textFolder({ 'a/1.txt': binary, 'b/1.txt': binary })
    expect((await problemsOf(none.dataset))[0]).toMatchObject({ severity: 'error' })
  })
})

describe('a table with a split column', () => {
  const open = async (rows: readonly string[], more: object = {}) => {
    const folder = await temporaryFolder()
    const path = await folder.write('表.csv', rows.join('\n'))
    const columns = [{ name: 'set', role: 'split' as const }]
    return prepare(
      { source: { kind: 'table', path, label: 'y', columns }, split: { validation: 0 }, ...more },
      await emptyCache(),
    )
  }

  it('keeps its splits, and draws one for rows that name none', async () => {
    const rows = ['x,y,set', '1,a,train', '2,b,Test', '3,a,val', '4,b,', '5,a,training', '6,b,dev']
    const { splits, given } = await open(rows)
    expect([...splits.train]).toEqual([0, 3, 4])
    expect([...splits.validation]).toEqual([2, 5])
    expect([...splits.test]).toEqual([1])
    expect(given).toEqual(['train', 'validation', 'test'])
  })

  it('can draw all splits itself on request', async () => {
    const rows = ['x,y,set', ...Array.from({ length: 20 }, (_, i) => `${i},${i % 2 ? 'a' : 'b'},test`)]
    const { splits } = await open(rows, { split: { given: false, validation: 0.1, test: 0.2 } })
    expect([splits.train.length, splits.validation.length, splits.test.length]).toEqual([14, 2, 4])
  })

  it('is rejected if nothing is left for training, and if a cell names no split', async () => {
    const all = ['x,y,set', '1,a,test', '2,b,test']
    expect(await problemsOf(open(all))).toMatchObject([{ code: 'data-split' }])
    const wrong = ['x,y,set', '1,a,train', '2,b,holdout']
    expect(await problemsOf(open(wrong))).toMatchObject([{ code: 'data-cell', place: { line: 3, column: 'set' } }])
  })

  it('includes a class of the test rows that training never sees', async () => {
    const rows = ['x,y,set', '1,a,train', '2,b,train', '3,c,test', '4,a,test']
    const { facts, targets } = await open(rows)
    expect(facts.target).toEqual({ kind: 'classes', classes: ['a', 'b', 'c'] })
    expect([...targets]).toEqual([0, 1, 2, 0])
  })
})

describe('the embedded datasets', () => {
  it.each([
    ['spam', 'classification', 3000, 'int32'],
    ['stocks', 'regression', 535, 'float32'],
  ] as const)('include %s', async (name, task, count, dtype) => {
    const steps = name === 'spam' ? [] : [{ kind: 'fill-missing' }, { kind: 'one-hot' }]
    const dataset = await prepare({ source: { kind: 'builtin', name }, preprocess: steps }, await emptyCache(), {
      task,
    })
    expect(dataset.samples.count).toBe(count)
    expect(dataset.samples.form.dtype).toBe(dtype)
  })
})
