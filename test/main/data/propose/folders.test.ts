/** Proposals for folders, and for tables that list images. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { DataSource } from '#core/graph/dataSettings'
import { proposeData } from '../../../../src-main/data/propose/proposeData'
import { fixture } from '../readers/fixtures'
import { pngBytes } from '../readers/pngBytes'
import { temporaryFolder, type TemporaryFolder } from '../temporaryFolder'

/** A gray image of one tone. */
const grey = (tone: number, width = 8, height = 8) =>
  pngBytes(
    width,
    height,
    Uint8Array.from({ length: (width + 1) * height }, (_, i) => (i % (width + 1) === 0 ? 0 : tone)),
  )
const photo = readFileSync(fixture('images/photo.jpg'))

async function folderOf(files: Readonly<Record<string, string | Uint8Array>>): Promise<TemporaryFolder> {
  const folder = await temporaryFolder()
  for (const [name, content] of Object.entries(files)) await folder.write(name, content)
  return folder
}
const proposeFolder = async (files: Readonly<Record<string, string | Uint8Array>>, below = '') =>
  proposeData(join((await folderOf(files)).path, below))

describe('a folder of images', () => {
  it('is proposed with its classes, a sheet of small images, and one size and color for all', async () => {
    const folder = await folderOf({
      '猫/1.png': grey(10),
      '猫/2.png': grey(20),
      '犬/1.png': grey(200),
      '犬/2.png': grey(210),
      '犬/3.png': grey(220),
      '犬/notes.txt': 'x',
    })
    const proposal = await proposeData(folder.path)
    expect(proposal).toMatchObject({
      task: 'classification',
      source: { kind: 'image-folder', path: folder.path },
      count: 5,
      splits: null,
      table: null,
      transforms: [{ kind: 'normalize', enabled: true }],
      preprocess: [
        { kind: 'color', mode: 'grayscale' },
        { kind: 'resize', size: 8, mode: 'fill' },
      ],
    })
    expect(proposal.classes).toEqual([
      { name: '犬', count: 3 },
      { name: '猫', count: 2 },
    ])
    expect(proposal.pictures.map(({ label, file }) => [label, file])).toEqual([
      ['犬', '犬/1.png'],
      ['犬', '犬/2.png'],
      ['犬', '犬/3.png'],
      ['猫', '猫/1.png'],
      ['猫', '猫/2.png'],
    ])
    expect(proposal.pictures[0]).toMatchObject({ shape: [1, 8, 8] })
    expect(proposal.pictures[0]!.pixels).toEqual(new Uint8Array(64).fill(200))
    expect(proposal.bytes).toBe(5 * grey(10).length)
    expect(proposal.problems).toMatchObject([
      { code: 'data-format', severity: 'warning', place: { file: join(folder.path, '犬/notes.txt') } },
    ])
  })

  it('has splits if a level of its folders names them', async () => {
    const proposal = await proposeFolder({
      'train/a/1.png': grey(1),
      'train/a/2.png': grey(1),
      'train/b/1.png': grey(2),
      'val/a/1.png': grey(1),
      'test/b/1.png': grey(2),
    })
    expect(proposal.splits).toEqual({ train: 3, validation: 1, test: 1 })
    expect(proposal.classes).toEqual([
      { name: 'a', count: 3 },
      { name: 'b', count: 2 },
    ])
  })

  it('is found inside folders that contain nothing else', async () => {
    const files = { 'pets/images/a/1.png': grey(1), 'pets/images/b/2.png': grey(2), '__MACOSX/x': '' }
    const folder = await folderOf(files)
    const proposal = await proposeData(folder.path)
    expect(proposal).toMatchObject({ title: 'images', source: { path: join(folder.path, 'pets/images') } })
  })

  it('with several sizes and colors is resized to the most common size', async () => {
    const proposal = await proposeFolder({
      'a/1.jpg': photo,
      'a/2.png': grey(9, 40, 30),
      'b/1.png': grey(9, 50, 41),
      'b/2.png': grey(9, 60, 33),
    })
    expect(proposal.preprocess).toEqual([
      { kind: 'color', mode: 'rgb' },
      { kind: 'resize', size: 32, mode: 'fill' },
    ])
    const large = await proposeFolder({ 'a/1.png': grey(9, 300, 200), 'b/1.png': grey(9, 300, 200) })
    expect(large.preprocess[1]).toEqual({ kind: 'resize', size: 96, mode: 'fill' })
    expect(large.pictures[0]!.shape).toEqual([1, 43, 64])
  })

  it('names a damaged image and continues without it; if all are damaged, that is an error', async () => {
    const folder = await folderOf({ 'a/1.png': grey(1).subarray(0, 45), 'a/2.png': grey(1), 'b/1.png': grey(2) })
    const some = await proposeData(folder.path)
    expect(some.pictures).toHaveLength(2)
    expect(some.problems).toMatchObject([{ severity: 'warning', place: { file: join(folder.path, 'a/1.png') } }])
    const none = await proposeFolder({ 'a/1.png': 'no image', 'b/1.png': 'neither' })
    expect(none.problems).toMatchObject([{ code: 'data-format', severity: 'error' }])
  })
})

describe('a folder of texts', () => {
  it('is proposed with its classes, the beginnings of some texts, and the steps from text to numbers', async () => {
    const folder = await folderOf({
      'ham/1.txt': 'See you at the meeting on Monday, as always in room seven of the old building.',
      'ham/2.txt': 'Thanks for the report.',
      'spam/1.txt': 'Buy now and save.',
      'spam/2': 'Größe zählt – jetzt kaufen!',
    })
    const proposal = await proposeData(folder.path)
    expect(proposal).toMatchObject({
      source: { kind: 'text-folder', path: folder.path },
      count: 4,
      classes: [
        { name: 'ham', count: 2 },
        { name: 'spam', count: 2 },
      ],
      preprocess: [
        { kind: 'lower-case' },
        { kind: 'tokenize', unit: 'word' },
        { kind: 'vocabulary', size: 10000, minCount: 1 },
        { kind: 'pad', length: 20 },
      ],
      pictures: [],
      problems: [],
    })
    expect(proposal.texts).toContainEqual({ text: 'Größe zählt – jetzt kaufen!', label: 'spam' })
  })

  it('is used as a folder of texts if the user says so', async () => {
    const folder = await folderOf({ 'a/1.png': grey(1), 'b/1.png': grey(2), 'a/1.txt': 'one', 'b/1.txt': 'two' })
    const proposal = await proposeData(folder.path, { kind: 'text-folder', path: '' })
    expect(proposal.source).toEqual({ kind: 'text-folder', path: folder.path })
  })
})

describe('a table that lists images', () => {
  const list = { 'images/1.png': grey(1), 'images/2.png': grey(2), 'images/3.png': grey(3), 'images/4.png': grey(4) }
  const rows = ['1.png,a,train,x', '2.png,b,train,y', '3.png,a,test,x', '4.png,b,test,y'].map((row) => `images/${row}`)

  it('is proposed with its images, labels and splits', async () => {
    const folder = await folderOf({ ...list, 'labels.csv': ['image,class,split,who', ...rows].join('\n') })
    const path = join(folder.path, 'labels.csv')
    const proposal = await proposeData(path)
    expect(proposal).toMatchObject({
      source: { kind: 'image-list', path, image: 'image', label: 'class', split: 'split', delimiter: ',' },
      count: 4,
      classes: [
        { name: 'a', count: 2 },
        { name: 'b', count: 2 },
      ],
      splits: { train: 2, validation: 0, test: 2 },
      preprocess: [{ kind: 'color' }, { kind: 'resize', size: 8 }],
      problems: [],
    })
    expect(proposal.pictures.map(({ label, file }) => [label, file])).toEqual([
      ['a', 'images/1.png'],
      ['b', 'images/2.png'],
      ['a', 'images/3.png'],
      ['b', 'images/4.png'],
    ])
    expect(proposal.table!.columns.map(({ role }) => role)).toEqual(['feature', 'label', 'split', 'ignored'])
  })

  it('is found in its folder', async () => {
    const proposal = await proposeFolder({ ...list, 'labels.csv': ['image,class,split,who', ...rows].join('\n') })
    expect(proposal.source).toMatchObject({ kind: 'image-list' })
  })

  it('predicts numbers if the labels are continuous', async () => {
    const proposal = await proposeFolder({ ...list, 'ages.csv': 'image,age\nimages/1.png,1.5\nimages/2.png,2.5\n' })
    expect(proposal).toMatchObject({ task: 'regression', source: { kind: 'image-list', label: 'age' } })
    expect(proposal.preprocess.map(({ kind }) => kind)).toEqual(['color', 'resize', 'standardize-target'])
  })

  it('keeps the label that the user has chosen', async () => {
    const folder = await folderOf({ ...list, 'labels.csv': ['image,class,split,who', ...rows].join('\n') })
    const said: DataSource = { kind: 'image-list', path: '', image: 'image', label: 'who' }
    const proposal = await proposeData(join(folder.path, 'labels.csv'), said)
    expect(proposal.source).toMatchObject({ kind: 'image-list', label: 'who' })
    expect(proposal.classes!.map(({ name }) => name)).toEqual(['x', 'y'])
  })

  it('is a table with a warning if its images do not exist', async () => {
    const folder = await folderOf({ 'labels.csv': 'image,n,class\na.png,1.5,x\nb.png,2.5,y\nc.png,1,x\nd.png,2,y\n' })
    const proposal = await proposeData(join(folder.path, 'labels.csv'))
    expect(proposal.source).toMatchObject({ kind: 'table', columns: [{ name: 'image', role: 'ignored' }] })
    expect(proposal.problems).toMatchObject([
      { code: 'data-missing', severity: 'warning', place: { column: 'image' }, received: 'a.png' },
    ])
  })
})
