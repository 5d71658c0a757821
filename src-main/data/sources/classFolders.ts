/** Sources with one folder per class: of images, which are decoded later, and of texts. */
import { basename, join, resolve } from 'node:path'
import type { TargetFacts } from '#core/data/facts'
import type { SourceOf } from '#core/graph/dataSettings'
import type { Problem } from '#core/problems/problem'
import { ProblemError } from '#core/problems/problem'
import { cacheKey } from '../prepare/cacheStore'
import type { EntryWriter } from '../prepare/entryWriter'
import type { Work } from '../prepare/work'
import type { ClassFolder } from '../readers/classFolder'
import { notesOfLeftOut } from '../readers/classFolderProblems'
import { scanImageFolder } from '../readers/imageFolder'
import { readTextFile, scanTextFolder } from '../readers/textFolder'
import { noteSkipped } from '../skippedFiles'
import { filesStamp } from './fileStamp'
import { givenSplits, type ReadResult, type SourceReader } from './source'
import { TextWriter } from './textWriter'

export async function openImageFolder(
  { path, folders }: Pick<SourceOf<'image-folder'>, 'path' | 'folders'>,
  projectFolder: string,
): Promise<SourceReader> {
  const root = resolve(projectFolder, path)
  const folder = await scanImageFolder(root, { folders })
  return {
    title: basename(root),
    kind: 'image',
    root,
    fingerprint: cacheKey('image-folder', await folderStamp(root, folder)),
    async read(writer) {
      const files = folder.files.map((file) => file.path)
      await writer.write('files.json', Buffer.from(JSON.stringify(files)))
      return finishFolder(folder, writer)
    },
  }
}

export async function openTextFolder(
  { path, folders }: Pick<SourceOf<'text-folder'>, 'path' | 'folders'>,
  projectFolder: string,
): Promise<SourceReader> {
  const root = resolve(projectFolder, path)
  const folder = await scanTextFolder(root, { folders })
  return {
    title: basename(root),
    kind: 'text',
    root,
    fingerprint: cacheKey('text-folder', await folderStamp(root, folder)),
    read: (writer, work) => readTexts(root, folder, writer, work),
    canReadMore: (leftOut) => canReadText(root, leftOut),
  }
}

/** Unreadable texts are skipped, and the first of them is named. */
async function readTexts(root: string, folder: ClassFolder, writer: EntryWriter, work: Work): Promise<ReadResult> {
  const texts = await TextWriter.open(writer)
  const kept: ClassFolder['files'][number][] = []
  const notes: Problem[] = []
  const unreadable: string[] = []
  for (const [i, file] of folder.files.entries()) {
    try {
      await texts.append((await readTextFile(join(root, file.path))).text)
      kept.push(file)
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      if (unreadable.length === 0) notes.push(...error.problems)
      unreadable.push(file.path)
    }
    await work.advance({ step: 'read', done: i, total: folder.files.length })
  }
  if (kept.length === 0) throw new ProblemError(notes)
  await texts.finish()
  const result = await finishFolder({ ...folder, files: kept }, writer)
  const skipped = notes.map((note) => noteSkipped(unreadable.length, folder.files.length, note))
  return { ...result, unreadable, notes: [...result.notes, ...skipped] }
}

async function canReadText(root: string, paths: readonly string[]): Promise<boolean> {
  for (const path of paths) {
    try {
      await readTextFile(join(root, path))
      return true
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
    }
  }
  return false
}

async function finishFolder(folder: ClassFolder, writer: EntryWriter): Promise<ReadResult> {
  const { files, classes, splits, notes } = folder
  await writer.write(
    'targets.bin',
    Int32Array.from(files, ({ label }) => label),
  )
  if (splits)
    await writer.write(
      'given.bin',
      Uint8Array.from(files, ({ split }) => givenSplits[split ?? 'none']),
    )
  const target: TargetFacts = { kind: 'classes', classes }
  return {
    count: files.length,
    sample: null,
    target,
    splits: splits !== undefined,
    notes: [...notes, ...notesOfLeftOut(folder)],
  }
}

/** Changes with the names, sizes, times and locations of the files; does not read their contents. */
async function folderStamp(root: string, { files, classes }: ClassFolder): Promise<string> {
  const places = files.map(({ label, split }) => `${label}${split ?? ''}`)
  return cacheKey(
    classes,
    places,
    await filesStamp(
      root,
      files.map(({ path }) => path),
    ),
  )
}
