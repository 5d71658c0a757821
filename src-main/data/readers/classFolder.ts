/**
 * Scans folders with one subfolder per class, below an optional level of train, validation (or val) and test: which
 * files there are, in which class and split, and which were skipped and why. Opens no files.
 */
import type { Dirent } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { splitNames, type SplitName } from '#core/data/split'
import type { Problem } from '#core/problems/problem'
import {
  failNoClasses,
  failNoFiles,
  failNoLevel,
  failNoFolder,
  failOneClass,
  failTooMany,
  noteDoubt,
  noteEmpty,
  noteUnseen,
  reasonOf,
} from './classFolderProblems'
import { failUnreadable } from './file'
import { sortNaturally } from './naturalOrder'
import { mayRead } from './readingLimits'
import { decideSplits, isUnlabeled, lacksClasses, saidLevel, type FolderRole, type TopFolder } from './splitFolders'

export interface LevelFolder {
  readonly name: string
  readonly role: FolderRole
}

export interface ClassFile {
  /** Relative to the folder, with `/` between the parts. */
  readonly path: string
  /** Index of the class in `classes`. */
  readonly label: number
  readonly split?: SplitName
}

export interface SkippedFile {
  readonly file: string
  readonly reason: string
}

export interface ClassFolder {
  readonly path: string
  /** In natural order; if there are splits, those of the training folder. */
  readonly classes: readonly string[]
  /** File counts per split, if the folder has that level. */
  readonly splits?: Readonly<Record<SplitName, number>>
  /** The roles of the top-level folders, if they are, or may be, splits or parts of the data. */
  readonly level: readonly LevelFolder[]
  /** Ordered by split, then class, in natural order. */
  readonly files: readonly ClassFile[]
  /** The first of the skipped files. */
  readonly skipped: readonly SkippedFile[]
  readonly skippedCount: number
  /** Warnings: classes that are empty, or only in validation or test. */
  readonly notes: readonly Problem[]
  /** Whether the scan was cut short. */
  readonly partial: boolean
}

export interface Wanted {
  /** Plural noun for the files, for messages. */
  readonly what: string
  /** Why a file is rejected by its name; undefined if it is accepted. */
  readonly refuse: (name: string) => string | undefined
  /** The roles the user assigned to the top-level folders; empty if all are classes. */
  readonly folders?: Readonly<Record<string, FolderRole>> | undefined
  /** Called after every folder: whether enough has been found. */
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
  /** Its real location. */
  readonly real: string
  readonly isLink?: boolean
}

interface Content {
  readonly folders: Folder[]
  readonly files: string[]
  /** Skipped files of the folder. */
  readonly skipped: readonly SkippedFile[]
}

type FoundLevel = { split: SplitName; content: Content }[]

/** More folders than this are classes. */
const MOST_SPLITS = 64
const DEPTH_LIMIT = 32
const FILE_LIMIT = 5_000_000
const CLASS_LIMIT = 10_000
const SKIPPED_LIMIT = 1000
/** Number of files to find without a time limit. */
const ALWAYS = 500

/** Scans the folder; fails if there are not two classes with files. */
export async function scanClassFolder(path: string, wanted: Wanted): Promise<ClassFolder> {
  const scan = new Scan(path, wanted)
  const root = await scan.settle(await scan.open())
  const level = await scan.splitLevel(root)
  const found = level ? await scan.splits(level) : await scan.classes(root, undefined)
  return scan.finish(found, level !== undefined, root)
}

class Scan {
  /** The folders of the split level, or of one that may be one. */
  private level: readonly LevelFolder[] = []
  private readonly peeked = new Map<string, Content>()
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
    return this.take(await this.sort({ path: '', name: '', real }, entries))
  }

  /** Descends into folders that are the only entry, as in many archives: such a level has no meaning. */
  async settle(content: Content, depth = 0): Promise<Content> {
    const next = depth < DEPTH_LIMIT ? await this.only(content) : undefined
    return next ? this.settle(await this.read(next.folder), depth + 1) : content
  }

  /** Like `settle`, for a folder that may be read later. */
  private async settled(folder: Folder): Promise<Content> {
    let content = await this.peek(folder)
    for (let depth = 0; depth < DEPTH_LIMIT; depth++) {
      const next = await this.only(content)
      if (!next) break
      content = next.content
    }
    return content
  }

  /** The single subfolder of a folder that contains only folders. */
  private async only(content: Content): Promise<{ folder: Folder; content: Content } | undefined> {
    const [folder, ...others] = content.folders
    if (!folder || folder.isLink || others.length > 0 || this.holdsFiles(content)) return undefined
    const inner = await this.peek(folder)
    return inner.folders.length > 0 && !this.holdsFiles(inner) ? { folder, content: inner } : undefined
  }

  private holdsFiles({ files }: Content): boolean {
    return files.some((file) => this.wanted.refuse(basename(file)) === undefined)
  }

  /** The split level the user specified, or a detected one; undefined if the folders are classes. */
  async splitLevel(root: Content): Promise<FoundLevel | undefined> {
    if (root.folders.length > MOST_SPLITS && !this.wanted.folders) return undefined
    const top: TopFolder[] = []
    for (const folder of this.wanted.folders ? [] : root.folders) {
      const content = await this.settled(folder)
      top.push({
        name: folder.name,
        inner: content.folders.map(({ name }) => name),
        hasFiles: this.holdsFiles(content),
      })
    }
    const found = this.wanted.folders ? saidLevel(this.wanted.folders) : decideSplits(top)
    if (!found && lacksClasses(top)) failNoLevel(this.root, this.wanted.what)
    if (!found) return undefined
    const { roles, doubt } = found
    this.level = root.folders.map(({ name }) => ({ name, role: roles[name] ?? 'ignored' }))
    if (doubt) this.notes.push(noteDoubt(this.root, this.level, doubt))
    if (doubt === 'classes') return undefined
    const splits: FoundLevel = []
    for (const split of splitNames) {
      for (const folder of root.folders.filter(({ name }) => roles[name] === split)) {
        splits.push({ split, content: await this.settle(await this.read(folder)) })
      }
    }
    if (!splits.some(({ split, content }) => split === 'train' && content.folders.length > 0)) {
      failNoLevel(this.root, this.wanted.what)
    }
    for (const file of root.files) this.skip(file, 'beside the folders of the splits')
    for (const folder of root.folders)
      if ((roles[folder.name] ?? 'ignored') === 'ignored') await this.skipFolder(folder)
    return splits
  }

  async splits(level: FoundLevel): Promise<FoundClass[]> {
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
      if (isUnlabeled(folder.name)) {
        await this.skipFolder(folder)
        continue
      }
      const files: string[] = []
      await this.collect(folder, files, 0)
      // Another system may compose the same name from different code points.
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
    const { skipped, skippedCount, notes, partial, level } = this
    return {
      path: this.root,
      classes,
      ...(withSplits && { splits }),
      level,
      files,
      skipped,
      skippedCount,
      notes,
      partial,
    }
  }

  private async collect(folder: Folder, files: string[], depth: number): Promise<void> {
    if (depth > DEPTH_LIMIT) return this.skip(folder.path, 'nested too many folders deep')
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
    this.partial ||= this.count >= ALWAYS && this.wanted.enough?.() === true
    return this.partial
  }

  /** The content of a folder; empty if it was already read or cannot be read. */
  private async read(folder: Folder): Promise<Content> {
    if (this.visited.has(folder.real)) {
      this.skip(folder.path, 'a link to a folder that was read already')
      return { folders: [], files: [], skipped: [] }
    }
    this.visited.add(folder.real)
    const peeked = this.peeked.get(folder.path)
    this.peeked.delete(folder.path)
    return this.take(peeked ?? (await this.list(folder)))
  }

  private take(content: Content): Content {
    for (const { file, reason } of content.skipped) this.skip(file, reason)
    return content
  }

  /** The content of a folder that may be read later. */
  private async peek(folder: Folder): Promise<Content> {
    const known = this.peeked.get(folder.path)
    if (known) return known
    const content = await this.list(folder)
    this.peeked.set(folder.path, content)
    return content
  }

  private async list(folder: Folder): Promise<Content> {
    try {
      return await this.sort(folder, await readdir(join(this.root, folder.path), { withFileTypes: true }))
    } catch (error) {
      return { folders: [], files: [], skipped: [{ file: folder.path, reason: reasonOf(error) }] }
    }
  }

  private async sort(folder: Folder, entries: Dirent[]): Promise<Content> {
    const content = { folders: [] as Folder[], files: [] as string[], skipped: [] as SkippedFile[] }
    const skip = (file: string, reason: string): void => void content.skipped.push({ file, reason })
    for (const entry of sortNaturally(entries, ({ name }) => name)) {
      const { name } = entry
      const path = folder.path === '' ? name : `${folder.path}/${name}`
      if (name.startsWith('.')) skip(path, 'hidden')
      else if (name === '__MACOSX') skip(path, 'written by the archiver')
      else if (name.includes('\ufffd')) skip(path, 'a name that is not valid text')
      else if (entry.isFile()) content.files.push(path)
      else if (entry.isDirectory()) content.folders.push({ path, name, real: join(folder.real, name) })
      else if (entry.isSymbolicLink()) await this.follow(path, name, content, skip)
      else skip(path, 'neither a file nor a folder')
    }
    return content
  }

  private async follow(
    path: string,
    name: string,
    { folders, files }: Content,
    skip: (file: string, reason: string) => void,
  ): Promise<void> {
    try {
      const full = join(this.root, path)
      if (!(await mayRead(full))) return skip(path, 'a link to a place that may not be read here')
      const info = await stat(full)
      if (info.isFile()) files.push(path)
      else if (info.isDirectory()) folders.push({ path, name, real: await realpath(full), isLink: true })
      else skip(path, 'neither a file nor a folder')
    } catch (error) {
      skip(path, reasonOf(error))
    }
  }

  private leaveOut(name: string, split: SplitName, paths: readonly string[]): void {
    for (const path of paths) this.skip(path, `its class is not in the training folder: ${name}`)
    this.notes.push(noteUnseen(join(this.root, paths[0]!), name, split, paths.length, this.wanted.what))
  }

  /** Skips everything in a folder; one without files counts as one. */
  private async skipFolder(folder: Folder): Promise<void> {
    const hasNoLabels = isUnlabeled(folder.name)
    const reason = hasNoLabels ? 'its name says that it has no labels' : 'beside the folders of the splits'
    this.skip(folder.path, reason, Math.max(1, await this.countFiles(folder)))
  }

  /** Number of accepted files, as far as time allows. */
  private async countFiles(folder: Folder, depth = 0): Promise<number> {
    if (folder.isLink || depth > DEPTH_LIMIT) return 0
    const { files, folders } = this.peeked.get(folder.path) ?? (await this.list(folder))
    let count = files.filter((file) => this.wanted.refuse(basename(file)) === undefined).length
    for (const inner of folders) {
      if (this.wanted.enough?.()) break
      count += await this.countFiles(inner, depth + 1)
    }
    return count
  }

  private skip(file: string, reason: string, count = 1): void {
    this.skippedCount += count
    if (this.skipped.length < SKIPPED_LIMIT) this.skipped.push({ file, reason })
  }

  private failEmpty(found: readonly FoundClass[], root: Content): never {
    const { what } = this.wanted
    if (found.length === 0 && root.files.length > 0) failNoClasses(this.root, what, root.files.length)
    const { skipped, skippedCount } = this
    return failNoFiles(this.root, what, { skipped, skippedCount, folders: found.length })
  }
}
