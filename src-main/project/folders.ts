/** File browsing without native dialogs: only inside allowed folders, with links resolved and checked. */
import { readdir, realpath, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, extname, join, resolve } from 'node:path'
import { text, type Text } from '#core/base/text'
import { fail, ProblemError } from '#core/problems/problem'
import {
  fileKinds,
  type FileKind,
  type FileReference,
  type FolderId,
  type FolderReference,
} from '#core/rpc/contract/file'
import type { FolderListing, WayIn } from '#core/rpc/contract/dialog'
import { failOutside, isInside, realTarget } from '../data/readers/readingLimits'
import { displayPath, type FileGrants } from '../disk/fileGrants'
import { isPlainName } from '../disk/plainName'

/** Maximum entries per listing. */
const LIMIT = 2000

export class FolderBrowser {
  readonly #roots: string[] = []

  /** `onChange` receives all places whenever one is added. */
  constructor(
    private readonly grants: FileGrants,
    private readonly onChange: (places: readonly string[]) => void = () => undefined,
  ) {}

  /** Allows browsing a folder and everything below it. Missing folders are ignored. */
  async allow(folder: string): Promise<void> {
    const real = await realpath(folder).catch(() => undefined)
    if (real === undefined || this.#roots.includes(real)) return
    this.#roots.push(real)
    this.onChange([...this.#roots])
  }

  places(): FolderReference[] {
    return this.#roots.map((root) => this.#folder(root))
  }

  async list(id: FolderId, kind: FileKind): Promise<FolderListing> {
    const granted = await this.grants.path(id)
    const unreadable = (error: NodeJS.ErrnoException): never => failRead(granted, error)
    const path = await realpath(granted).catch(unreadable)
    const entries = (await readdir(path, { withFileTypes: true }).catch(unreadable))
      .filter((entry) => !entry.name.startsWith('.'))
      .sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }))
    const folders: FolderReference[] = []
    const files: FileReference[] = []
    for (const entry of entries.slice(0, LIMIT)) {
      const child = join(path, entry.name)
      const target = entry.isSymbolicLink() ? await this.#target(child) : entry
      if (target?.isDirectory()) folders.push(this.#folder(child))
      else if (target?.isFile() && kind !== 'data-folder' && matches(entry.name, kind))
        files.push(this.grants.file(child, this.#check))
    }
    return {
      folder: this.#folder(path),
      ancestors: this.#ancestors(path),
      folders,
      files,
      truncated: entries.length > LIMIT,
    }
  }

  /** What a typed path leads to. Does not reveal whether anything exists outside the places. */
  async find(text: string, from: FolderId | null, kind: FileKind): Promise<WayIn> {
    const start = from === null ? (this.#roots[0] ?? homedir()) : await this.grants.path(from)
    const path = resolve(start, text.trim().replace(/^~(?=$|[/\\])/, homedir()))
    const real = await realTarget(path)
    if (path.includes('\0') || !this.#allows(real)) return { kind: 'outside' }
    const found = await stat(real).catch(() => undefined)
    if (found?.isDirectory()) return this.#into(real, kind, null)
    if (!found?.isFile()) return { kind: 'missing' }
    return kind === 'data-folder' || !matches(path, kind) ? { kind: 'other' } : this.#into(dirname(path), kind, path)
  }

  async #into(folder: string, kind: FileKind, file: string | null): Promise<WayIn> {
    try {
      const listing = await this.list(this.#folder(folder).id, kind)
      return { kind: 'found', listing, file: file === null ? null : this.grants.file(file, this.#check) }
    } catch (error) {
      if (error instanceof ProblemError) return { kind: 'missing' }
      throw error
    }
  }

  /** The folder itself, as the user's choice. */
  async chosen(id: FolderId): Promise<FileReference> {
    return this.grants.file(await this.grants.path(id), this.#check)
  }

  /** A file in the folder, existing or not; adds the kind's extension if missing. */
  async target(id: FolderId, kind: FileKind, name: string): Promise<{ file: FileReference; exists: boolean }> {
    const folder = await this.grants.path(id)
    const path = join(folder, withExtension(checkName(name.trim()), kind))
    await this.#check(path)
    const present = await stat(path).catch(() => undefined)
    if (present !== undefined && !present.isFile())
      failName(name, text('a name that no folder has', '没有文件夹使用的名称'))
    return { file: this.grants.file(path, this.#check), exists: present !== undefined }
  }

  #folder(path: string): FolderReference {
    return this.grants.folder(path, this.#check)
  }

  #ancestors(path: string): FolderReference[] {
    const root = this.#roots.find((candidate) => isInside(candidate, path))
    const found: string[] = []
    for (let folder = path; root !== undefined && folder !== root;) found.unshift((folder = dirname(folder)))
    return found.map((folder) => this.#folder(folder))
  }

  /** The target of a link; undefined if it is gone or outside. */
  async #target(link: string) {
    const real = await realpath(link).catch(() => undefined)
    return real !== undefined && this.#allows(real) ? stat(real).catch(() => undefined) : undefined
  }

  #allows(real: string): boolean {
    return this.#roots.some((root) => isInside(root, real))
  }

  /** Resolves links in the path, or in its folder if the file does not exist yet. */
  readonly #check = async (path: string): Promise<void> => {
    if (!this.#allows(await realTarget(path))) failOutside(path, this.#roots)
  }
}

function matches(name: string, kind: FileKind): boolean {
  const extensions: readonly string[] = fileKinds[kind]
  return extensions.length === 0 || extensions.includes(extname(name).slice(1).toLowerCase())
}

/** Adds the kind's first extension to a name that has none of them. */
export function withExtension(name: string, kind: FileKind): string {
  const [extension] = fileKinds[kind]
  return extension === undefined || matches(name, kind) ? name : `${name}.${extension}`
}

function checkName(name: string): string {
  if (name.length > 200 || name.startsWith('.') || !isPlainName(name))
    failName(name, text('a plain file name, such as digits.loom', '普通的文件名，例如 digits.loom'))
  return name
}

function failName(name: string, wanted: Text): never {
  fail('file-name', 'form', { name, wanted })
}

function failRead(path: string, error: NodeJS.ErrnoException): never {
  fail('file-unknown', 'folder', { received: error.message }, { file: displayPath(path) })
}
