import { linkSync, writeFileSync } from 'node:fs'
import { chmod, mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { notesOfLeftOut } from '../../../../src-main/data/readers/classFolderProblems'
import { scanImageFolder } from '../../../../src-main/data/readers/imageFolder'
import { problemsOf, temporaryFolder } from '../temporaryFolder'
import { asNobody } from './asNobody'

async function folderOf(...files: string[]) {
  const folder = await temporaryFolder()
  for (const file of files) await folder.write(file, 'x')
  return folder.path
}

const refused = async (...files: string[]) => (await problemsOf(scanImageFolder(await folderOf(...files))))[0]!

describe('scanning image folders', () => {
  it('creates one class per folder, in natural order, including everything nested in it', async () => {
    const path = await folderOf(
      'b/img10.PNG',
      'b/img2.jpg',
      'b/more/deep/1.webp',
      'a/写真.jpeg',
      'class 10/x.bmp',
      'class 2/x.tif',
    )
    const { classes, files, splits, skippedCount, notes } = await scanImageFolder(path)
    expect(classes).toEqual(['a', 'b', 'class 2', 'class 10'])
    expect(files).toEqual([
      { path: 'a/写真.jpeg', label: 0 },
      { path: 'b/img2.jpg', label: 1 },
      { path: 'b/img10.PNG', label: 1 },
      { path: 'b/more/deep/1.webp', label: 1 },
      { path: 'class 2/x.tif', label: 2 },
      { path: 'class 10/x.bmp', label: 3 },
    ])
    expect({ splits, skippedCount, notes }).toEqual({ splits: undefined, skippedCount: 0, notes: [] })
  })

  it('takes the splits from folder names in any spelling', async () => {
    const path = await folderOf(
      'TRAIN/cat/1.png',
      'TRAIN/dog/2.png',
      'Val/dog/3.png',
      'test/cat/4.png',
      'test/cat/5.png',
    )
    const { classes, files, splits } = await scanImageFolder(path)
    expect(classes).toEqual(['cat', 'dog'])
    expect(splits).toEqual({ train: 2, validation: 1, test: 2 })
    expect(files.map(({ path: file, label, split }) => [file, label, split])).toEqual([
      ['TRAIN/cat/1.png', 0, 'train'],
      ['TRAIN/dog/2.png', 1, 'train'],
      ['Val/dog/3.png', 1, 'validation'],
      ['test/cat/4.png', 0, 'test'],
      ['test/cat/5.png', 0, 'test'],
    ])
  })

  it('treats train and test as classes if they have no folders', async () => {
    expect((await scanImageFolder(await folderOf('trains/1.png', 'test/2.png'))).classes).toEqual(['test', 'trains'])
  })

  it('counts what it leaves out, with the reason', async () => {
    const path = await folderOf(
      'a/1.png',
      'a/.hidden.png',
      'a/notes.txt',
      'a/README',
      'b/2.png',
      '.git/x.png',
      'top.png',
    )
    const { files, skipped, skippedCount } = await scanImageFolder(path)
    expect(files).toHaveLength(2)
    expect(skipped).toEqual([
      { file: '.git', reason: 'hidden' },
      { file: 'top.png', reason: 'in no class folder' },
      { file: 'a/.hidden.png', reason: 'hidden' },
      { file: 'a/README', reason: 'not an image: no extension' },
      { file: 'a/notes.txt', reason: 'not an image: .txt' },
    ])
    expect(skippedCount).toBe(5)
  })

  it('counts the files of folders that it leaves out', async () => {
    const test = Array.from({ length: 5 }, (_, i) => `test/${i}.png`)
    const path = await folderOf('train/a/1.png', 'train/b/2.png', ...test, 'test/notes.txt', 'unlabelled/x/1.png')
    const found = await scanImageFolder(path)
    expect(found).toMatchObject({ splits: { train: 2, test: 0 }, skippedCount: 6 })
    expect(found.skipped.map(({ file }) => file)).toEqual(['test', 'unlabelled'])
    expect(notesOfLeftOut(found)).toMatchObject([
      { message: '6 files are left out. The first: beside the folders of the splits.' },
    ])
  })

  it('leaves out classes that training does not see, and empty ones, with one warning each', async () => {
    const path = await folderOf('train/a/1.png', 'train/b/2.png', 'test/c/3.png', 'test/a/4.png', 'train/d/x.txt')
    const { classes, files, skipped, notes } = await scanImageFolder(path)
    expect(classes).toEqual(['a', 'b'])
    expect(files).toHaveLength(3)
    expect(skipped.map(({ file }) => file)).toEqual(['train/d/x.txt', 'test/c/3.png'])
    expect(notes.map(({ code, severity, message }) => [code, severity, message])).toEqual([
      ['data-empty', 'warning', 'The class folder d holds no images and was left out.'],
      [
        'data-label',
        'warning',
        'The class c is in the test folder but not in the training folder; its files were left out.',
      ],
    ])
  })

  it('follows links, and breaks cycles of them', async () => {
    const path = await folderOf('a/1.png', 'b/2.png', 'elsewhere/.x/3.png')
    await symlink(path, join(path, 'a', 'up'))
    await symlink(join(path, 'a'), join(path, 'b', 'also a'))
    await symlink(join(path, 'b', 'self'), join(path, 'b', 'self'))
    await symlink('/nowhere', join(path, 'b', 'broken.png'))
    await symlink(join(path, 'elsewhere', '.x'), join(path, 'c'))
    await symlink(join(path, 'a', '1.png'), join(path, 'b', '4.png'))
    const { files, skipped } = await scanImageFolder(path)
    expect(files.map(({ path: file }) => file)).toEqual(['a/1.png', 'b/2.png', 'b/4.png', 'c/3.png'])
    expect(skipped).toEqual([
      { file: 'a/up', reason: 'a link to a folder that was read already' },
      { file: 'b/broken.png', reason: 'a link to nothing' },
      { file: 'b/self', reason: 'a link that leads to itself' },
      { file: 'b/also a', reason: 'a link to a folder that was read already' },
      { file: 'elsewhere/.x', reason: 'hidden' },
    ])
  })

  it.skipIf(process.platform === 'win32')('names unreadable folders', async () => {
    const path = await folderOf('a/1.png', 'b/2.png', 'c/3.png')
    await chmod(path, 0o755)
    await chmod(join(path, 'c'), 0)
    const { skipped } = await asNobody(() => scanImageFolder(path))
    await chmod(join(path, 'c'), 0o700)
    expect(skipped).toEqual([{ file: 'c', reason: 'no permission to read it' }])
    await chmod(path, 0)
    const [problem] = await asNobody(() => problemsOf(scanImageFolder(path)))
    await chmod(path, 0o700)
    expect(problem).toMatchObject({ code: 'data-missing', place: { file: path }, received: 'no permission to read it' })
  })

  it('scans 100,000 files in little memory', async () => {
    const folder = await temporaryFolder()
    for (let c = 0; c < 100; c++) {
      const inner = join(folder.path, `class ${c}`)
      await mkdir(inner)
      writeFileSync(join(inner, '0.png'), '')
      // Links are created 30 times as fast as files.
      for (let i = 1; i < 1000; i++) linkSync(join(inner, '0.png'), join(inner, `${i}.png`))
    }
    const before = process.memoryUsage().rss
    const { files, classes } = await scanImageFolder(folder.path)
    expect((process.memoryUsage().rss - before) / 2 ** 20).toBeLessThan(150)
    expect(files).toHaveLength(100_000)
    expect(classes[10]).toBe('class 10')
    expect(files[1999]).toEqual({ path: 'class 1/999.png', label: 1 })
  })
})

describe('rejecting image folders', () => {
  it('rejects a folder that does not exist, is a file, is empty or has no classes', async () => {
    const [missing] = await problemsOf(scanImageFolder('/nowhere/写真'))
    expect(missing).toMatchObject({ code: 'data-missing', received: 'no such file' })
    const folder = await temporaryFolder()
    expect((await problemsOf(scanImageFolder(await folder.write('x.png', 'x'))))[0]).toMatchObject({
      code: 'data-missing',
      received: 'a file',
    })
    expect(await refused()).toMatchObject({ code: 'data-empty', received: 'an empty folder' })
    expect(await refused('1.png', '2.png')).toMatchObject({
      code: 'data-label',
      received: '2 files in the folder itself',
    })
    expect(await refused('train/1.png', 'test/2.png')).toMatchObject({
      code: 'data-label',
      received: 'a training folder without folders in it',
    })
  })

  it('rejects a single class, and classes without images', async () => {
    expect(await refused('cat/1.png', 'cat/2.png')).toMatchObject({ code: 'data-label', received: 'only cat' })
    expect(await refused('cat/1.txt', 'dog/2.txt')).toMatchObject({
      code: 'data-empty',
      received: '2 files left out, such as cat/1.txt: not an image: .txt',
    })
  })
})
