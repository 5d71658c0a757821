/** The files in a drop, including folders, each with its path relative to the dropped item. */
import type { DroppedItem } from '../../frame/droppedItem'

export interface CollectedFile {
  /** Parts separated by `/`; empty for a single file. */
  readonly path: string
  readonly file: File
}

export interface Collected {
  /** Name of the file or folder. */
  readonly name: string
  readonly files: readonly CollectedFile[]
  readonly bytes: number
}

/** Leftovers of archives and file managers are not data. */
const isHidden = (name: string): boolean => name.startsWith('.') || name === '__MACOSX' || name === 'Thumbs.db'

/** Multiple files are treated as a folder named `together`. */
export async function collectFiles(items: readonly DroppedItem[], together: string): Promise<Collected> {
  const [only, ...others] = items
  if (only === undefined) return { name: together, files: [], bytes: 0 }
  const isOne = others.length === 0
  const files = isOne
    ? await filesIn(only, '')
    : (await Promise.all(items.map((item) => filesIn(item, nameOf(item))))).flat()
  const bytes = files.reduce((sum, { file }) => sum + file.size, 0)
  return { name: isOne ? nameOf(only) : together, files, bytes }
}

const nameOf = ({ entry, file }: DroppedItem): string => entry?.name ?? file?.name ?? ''

async function filesIn({ entry, file }: DroppedItem, path: string): Promise<CollectedFile[]> {
  if (entry !== null) return filesOf(entry, path)
  return file === null ? [] : [{ path, file }]
}

async function filesOf(entry: FileSystemEntry, path: string): Promise<CollectedFile[]> {
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject))
    return [{ path, file }]
  }
  if (!isFolder(entry)) return []
  const inside = (await entriesOf(entry.createReader())).filter(({ name }) => !isHidden(name))
  const found: CollectedFile[] = []
  for (const child of inside) found.push(...(await filesOf(child, path === '' ? child.name : `${path}/${child.name}`)))
  return found
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory

/** A reader returns entries in chunks, and none at the end. */
async function entriesOf(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  const all: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (some.length === 0) return all
    all.push(...some)
  }
}
