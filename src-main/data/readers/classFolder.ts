/**
 * Scanning of folders that hold one folder a class, below an optional level of train, validation (or val) and test: which
 * files there are, in which class and split, and which were left out and why. Nothing is opened.
 */
import type { Dirent } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fail, type Problem } from '#core/problems/problem'
import { failUnreadable } from './file'
import { sortNaturally } from './naturalOrder'
import { mayRead } from './readingLimits'

export const splitNames = ['train', 'validation', 'test'] as const
export type SplitName = (typeof splitNames)[number]

export interface ClassFile {
  /** Relative to the folder, with `/` between the parts. */
  readonly path: string
  /** Place of the class in `classes`. */
  readonly label: number
  readonly split?: SplitName
}

export interface SkippedFile {
  readonly file: string
  readonly reason: string
}

export interface ClassFolder {
  readonly path: string
  /** In natural order; those of the training folder where there are splits. */
  readonly classes: readonly string[]
  /** Files by split, where the folder has that level. */
  readonly splits?: Readonly<Record<SplitName, number>>
  /** Split by split, class by class, in natural order. */
  readonly files: readonly ClassFile[]
  /** What was left out, the first of them. */
  readonly skipped: readonly SkippedFile[]
  readonly skippedCount: number
  /** Warnings: classes that are empty, or only in validation or test. */
  readonly notes: readonly Problem[]
  /** Whether the scan was ended before its end. */
  readonly partial: boolean
}

export interface Wanted {
  /** What the files are, in the plural, for messages. */
  readonly what: string
  /** Why a file is not wanted, by its name; nothing where it is. */
  readonly refuse: (name: string) => string | undefined
  /** Asked after every folder: whether what was found so far is enough. */
  readonly enough?: () => boolean
}

interface FoundClass {
  readonly name: string
  readonly split: SplitName | undefined
  readonly files: string[]
}

interface Folder {
  /** Relative to the root; '' for the root. */
  readonly path: string
  readonly name: string
  /** Where it really lies. */
  readonly real: string
}

interface Content {
  readonly folders: Folder[]
  readonly files: string[]
}

const splitWords: Readonly<Record<string, SplitName>> = {
  train: 'train',
  training: 'train',
  val: 'validation',
  valid: 'validation',
  validation: 'validation',
  test: 'test',
  testing: 'test',
}
const DEPTH_LIMIT = 32
const FILE_LIMIT = 5_000_000
const CLASS_LIMIT = 10_000
const SKIPPED_LIMIT = 1000

/** Scans the folder; fails where there are no two classes with files. */
export async function scanClassFolder(path: string, wanted: Wanted): Promise<ClassFolder> {
  const scan = new Scan(path, wanted)
  const root = await scan.open()
  const level = await scan.splitLevel(root)
  const found = level ? await scan.splits(level) : await scan.classes(root, undefined)
  return scan.finish(found, level !== undefined, root)
}

class Scan {
  private readonly visited = new Set<string>()
  private readonly skipped: SkippedFile[] = []
  private readonly notes: Problem[] = []
  private skippedCount = 0
  private count = 0
  private partial = false

  constructor(
    private readonly root: string,
    private readonly wanted: Wanted,
  ) {}

  async open(): Promise<Content> {
    const info = await stat(this.root).catch((error: unknown) => failUnreadable(this.root, error))
    if (!info.isDirectory()) failNoFolder(this.root)
    const real = await realpath(this.root)
    this.visited.add(real)
    const entries = await readdir(this.root, { withFileTypes: true }).catch((error: unknown) =>
      failUnreadable(this.root, error),
    )
    return this.sort({ path: '', name: '', real }, entries)
  }

  /** The contents of the split folders, where there is one for training with folders in it. */
  async splitLevel(root: Content): Promise<{ split: SplitName; content: Content }[] | undefined> {
    const named = root.folders.filter(({ name }) => splitWords[name.toLowerCase()] !== undefined)
    if (!named.some(({ name }) => splitWords[name.toLowerCase()] === 'train')) return undefined
    const level: { split: SplitName; content: Content }[] = []
    for (const split of splitNames) {
      for (const folder of named.filter(({ name }) => splitWords[name.toLowerCase()] === split)) {
        level.push({ split, content: await this.read(folder) })
      }
    }
    if (!level.some(({ split, content }) => split === 'train' && content.folders.length > 0)) {
      failNoClasses(this.root, this.wanted.what, 'a training folder without folders in it')
    }
    for (const file of root.files) this.skip(file, 'beside the folders of the splits')
    for (const { path, name } of root.folders) {
      if (!named.some((folder) => folder.name === name)) this.skip(path, 'beside the folders of the splits')
    }
    return level
  }

  async splits(level: readonly { split: SplitName; content: Content }[]): Promise<FoundClass[]> {
    const found: FoundClass[] = []
    for (const { split, content } of level) found.push(...(await this.classes(content, split)))
    return found
  }

  /** The folders of `content` as classes, with all files below them. */
  async classes(content: Content, split: SplitName | undefined): Promise<FoundClass[]> {
    for (const file of content.files) this.skip(file, 'in no class folder')
    const found: FoundClass[] = []
    for (const folder of content.folders) {
      if (this.isEnough()) break
      const files: string[] = []
      await this.collect(folder, files, 0)
      // The same name may be composed of other code points on another system.
      found.push({ name: folder.name.normalize('NFC'), split, files })
    }
    return found
  }

  finish(found: readonly FoundClass[], withSplits: boolean, root: Content): ClassFolder {
    const known = found.filter(({ split, files }) => (split ?? 'train') === 'train' && files.length > 0)
    const classes = sortNaturally([...new Set(known.map(({ name }) => name))], (name) => name)
    if (classes.length === 0) this.failEmpty(found, root)
    if (classes.length === 1) failOneClass(this.root, classes[0]!)
    if (classes.length > CLASS_LIMIT) failTooMany(this.root, 'classes', CLASS_LIMIT)
    const labels = new Map(classes.map((name, label) => [name, label]))
    const splits = { train: 0, validation: 0, test: 0 }
    const files: ClassFile[] = []
    for (const { name, split, files: paths } of found) {
      const label = labels.get(name)
      if (paths.length === 0) this.notes.push(noteEmpty(this.root, name, this.wanted.what))
      else if (label === undefined) this.leaveOut(name, split!, paths)
      else {
        if (split) splits[split] += paths.length
        for (const path of paths) files.push({ path, label, ...(split && { split }) })
      }
    }
    const { skipped, skippedCount, notes, partial } = this
    return { path: this.root, classes, ...(withSplits && { splits }), files, skipped, skippedCount, notes, partial }
  }

  private async collect(folder: Folder, files: string[], depth: number): Promise<void> {
    if (depth > DEPTH_LIMIT) return this.skip(folder.path, `nested more than ${DEPTH_LIMIT} folders deep`)
    const content = await this.read(folder)
    for (const file of content.files) {
      const reason = this.wanted.refuse(basename(file))
      if (reason !== undefined) this.skip(file, reason)
      else if (++this.count > FILE_LIMIT) failTooMany(this.root, 'files', FILE_LIMIT)
      else files.push(file)
    }
    for (const inner of content.folders) {
      if (this.isEnough()) return
      await this.collect(inner, files, depth + 1)
    }
  }

  private isEnough(): boolean {
    this.partial ||= this.wanted.enough?.() === true
    return this.partial
  }

  /** What is in a folder; nothing where it was read already or cannot be read. */
  private async read(folder: Folder): Promise<Content> {
    const empty = { folders: [], files: [] }
    if (this.visited.has(folder.real)) {
      this.skip(folder.path, 'a link to a folder that was read already')
      return empty
    }
    this.visited.add(folder.real)
    try {
      return await this.sort(folder, await readdir(join(this.root, folder.path), { withFileTypes: true }))
    } catch (error) {
      this.skip(folder.path, reasonOf(error))
      return empty
    }
  }

  private async sort(folder: Folder, entries: Dirent[]): Promise<Content> {
    const folders: Folder[] = []
    const files: string[] = []
    for (const entry of sortNaturally(entries, ({ name }) => name)) {
      const path = folder.path === '' ? entry.name : `${folder.path}/${entry.name}`
      if (entry.name.startsWith('.')) this.skip(path, 'hidden')
      else if (entry.name.includes('\ufffd')) this.skip(path, 'a name that is not valid text')
      else if (entry.isFile()) files.push(path)
      else if (entry.isDirectory()) folders.push({ path, name: entry.name, real: join(folder.real, entry.name) })
      else if (entry.isSymbolicLink()) await this.follow(path, entry.name, folders, files)
      else this.skip(path, 'neither a file nor a folder')
    }
    return { folders, files }
  }

  private async follow(path: string, name: string, folders: Folder[], files: string[]): Promise<void> {
    try {
      const full = join(this.root, path)
      if (!(await mayRead(full))) return this.skip(path, 'a link to a place that may not be read here')
      const info = await stat(full)
      if (info.isFile()) files.push(path)
      else if (info.isDirectory()) folders.push({ path, name, real: await realpath(full) })
      else this.skip(path, 'neither a file nor a folder')
    } catch (error) {
      this.skip(path, reasonOf(error))
    }
  }

  private leaveOut(name: string, split: SplitName, paths: readonly string[]): void {
    for (const path of paths) this.skip(path, `the class ${name} is not in the training folder`)
    this.notes.push({
      code: 'data-label',
      severity: 'warning',
      place: { file: join(this.root, paths[0]!) },
      message: `The class ${name} is in the ${split} folder but not in the training folder; its files were left out.`,
      expected: 'classes that training sees',
      received: `${paths.length} ${this.wanted.what} of ${name}`,
      fix: 'Add files of the class for training, or rename the folder.',
      data: { count: paths.length },
    })
  }

  private skip(file: string, reason: string): void {
    this.skippedCount++
    if (this.skipped.length < SKIPPED_LIMIT) this.skipped.push({ file, reason })
  }

  private failEmpty(found: readonly FoundClass[], root: Content): never {
    const { what } = this.wanted
    const [first] = this.skipped
    const skipped = first ? `${this.skippedCount} files left out, such as ${first.file}: ${first.reason}` : ''
    if (found.length > 0) return failNoFiles(this.root, what, skipped || `${found.length} empty folders`)
    if (root.files.length > 0) failNoClasses(this.root, what, `${root.files.length} files in the folder itself`)
    return failNoFiles(this.root, what, skipped || 'an empty folder')
  }
}

function reasonOf(error: unknown): string {
  const { code = '' } = error as NodeJS.ErrnoException
  const known: Record<string, string> = {
    EACCES: 'no permission to read it',
    EPERM: 'no permission to read it',
    ENOENT: 'a link to nothing',
    ELOOP: 'a link that leads to itself',
    ENAMETOOLONG: 'a path that is too long',
  }
  return known[code] ?? (code || 'it cannot be read')
}

function noteEmpty(root: string, name: string, what: string): Problem {
  return {
    code: 'data-empty',
    severity: 'warning',
    place: { file: join(root, name) },
    message: `The class folder ${name} holds no ${what} and was left out.`,
    expected: what,
    received: 'none',
    fix: 'Nothing; remove the folder to silence this.',
  }
}

function failNoFolder(file: string): never {
  return fail({
    code: 'data-missing',
    place: { file },
    message: 'This is not a folder.',
    expected: 'a folder with one folder a class',
    received: 'a file',
    fix: 'Give the folder itself.',
  })
}

function failNoClasses(file: string, what: string, received: string): never {
  return fail({
    code: 'data-label',
    place: { file },
    message: 'There are no class folders.',
    expected: `one folder a class with its ${what} in it, below train, validation and test or not`,
    received,
    fix: 'Put the files of each class into a folder with its name.',
    data: { case: 'no-classes' },
  })
}

function failNoFiles(file: string, what: string, received: string): never {
  return fail({
    code: 'data-empty',
    place: { file },
    message: `There are no ${what} in the folder.`,
    expected: `one folder a class with its ${what} in it`,
    received,
    fix: 'Check that it is the right folder.',
  })
}

function failOneClass(file: string, name: string): never {
  return fail({
    code: 'data-label',
    place: { file },
    message: 'There is only one class.',
    expected: 'at least two class folders with files for training',
    received: `only ${name}`,
    fix: 'Give the folder above, or add a folder for another class.',
    data: { case: 'one-class' },
  })
}

function failTooMany(file: string, what: string, limit: number): never {
  return fail({
    code: 'data-too-large',
    place: { file },
    message: `The folder holds too many ${what}.`,
    expected: `at most ${limit} ${what}`,
    received: 'more',
    fix: 'Check that it is the right folder, or split it.',
  })
}
