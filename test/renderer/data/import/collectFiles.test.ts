// @vitest-environment happy-dom
/** The files of a dropped item: folders recursively, without what file managers leave behind. */
import { expect, it } from 'vitest'
import { collectFiles } from '../../../../src-renderer/data/import/collectFiles'
import type { DroppedItem } from '../../../../src-renderer/frame/droppedItem'

type Tree = { readonly [name: string]: string | Tree }

/** A browser returns the entries of a folder in chunks. */
function folderEntry(name: string, tree: Tree): FileSystemDirectoryEntry {
  const children = Object.entries(tree).map(([child, inside]) => entryOf(child, inside))
  let read = 0
  const readEntries = (take: (entries: FileSystemEntry[]) => void) => take(children.slice(read, (read += 2)))
  return {
    name,
    isFile: false,
    isDirectory: true,
    createReader: () => ({ readEntries }),
  } as unknown as FileSystemDirectoryEntry
}

function entryOf(name: string, inside: string | Tree): FileSystemEntry {
  if (typeof inside !== 'string') return folderEntry(name, inside)
  const file = (take: (file: File) => void) => take(new File([inside], name))
  return { name, isFile: true, isDirectory: false, file } as unknown as FileSystemEntry
}

const dropped = (name: string, inside: string | Tree): DroppedItem => ({ file: null, entry: entryOf(name, inside) })

async function collected(...items: readonly DroppedItem[]) {
  const { name, bytes, files } = await collectFiles(items, 'files')
  return { name, bytes, paths: files.map(({ path }) => path) }
}

it('lists a folder with paths relative to it', async () => {
  const flowers = {
    玫瑰: { 'a.jpg': '12', 'b.jpg': '3', 'c.jpg': '4' },
    daisy: { 'a.jpg': '5', '.DS_Store': 'x' },
    __MACOSX: { 'a.jpg': 'x' },
  }
  expect(await collected(dropped('flowers', flowers))).toEqual({
    name: 'flowers',
    bytes: 5,
    paths: ['玫瑰/a.jpg', '玫瑰/b.jpg', '玫瑰/c.jpg', 'daisy/a.jpg'],
  })
})

it('gives a single file an empty path, and treats several as a folder', async () => {
  expect(await collected(dropped('rows.csv', 'a;b'))).toEqual({ name: 'rows.csv', bytes: 3, paths: [''] })
  expect(await collected(dropped('images.idx', '1'), dropped('labels.idx', '2'))).toEqual({
    name: 'files',
    bytes: 2,
    paths: ['images.idx', 'labels.idx'],
  })
  expect(await collected()).toEqual({ name: 'files', bytes: 0, paths: [] })
})
