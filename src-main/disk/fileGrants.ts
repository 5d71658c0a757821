/**
 * The files and folders a window may name. Windows see only opaque ids; an id exists because the user chose the file in
 * a dialog, saw it while browsing, opened it from outside, or used it before.
 */
import { randomBytes } from 'node:crypto'
import { realpathSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, dirname, relative, resolve, sep } from 'node:path'
import { fail } from '#core/problems/problem'
import type { FileId, FileReference, FolderId, FolderReference } from '#core/rpc/contract/file'

/** Rejects a path that is no longer allowed, e.g. because a link in it now leads elsewhere. */
export type PathCheck = (path: string) => Promise<void>

/** Maximum number of ids; the least recently granted are dropped first. */
const LIMIT = 50_000

interface Grant {
  readonly path: string
  readonly check: PathCheck | undefined
}

export class FileGrants {
  readonly #grants = new Map<string, Grant>()
  readonly #ids = new Map<string, string>()

  /** A path keeps its id for as long as it is known. */
  file(path: string, check?: PathCheck): FileReference {
    const full = resolve(path)
    return { id: this.#id(full, check) as FileId, name: basename(full), folder: displayPath(dirname(full)) }
  }

  folder(path: string, check: PathCheck): FolderReference {
    const full = resolve(path)
    return { id: this.#id(full, check) as FolderId, name: basename(full) || full, path: displayPath(full) }
  }

  /** @throws ProblemError `file-unknown`, and any error of the grant's check */
  async path(id: FileId | FolderId): Promise<string> {
    const grant = this.#grants.get(id)
    if (grant === undefined) fail('file-unknown', 'grant')
    await grant.check?.(grant.path)
    return grant.path
  }

  #id(path: string, check: PathCheck | undefined): string {
    const known = this.#ids.get(path)
    const id = known ?? randomBytes(16).toString('base64url')
    // A grant without a check was the user's own choice; a later grant does not narrow it.
    const narrower = known === undefined ? check : this.#grants.get(known)?.check && check
    this.#grants.delete(id)
    this.#grants.set(id, { path, check: narrower })
    this.#ids.set(path, id)
    if (this.#grants.size > LIMIT) this.#forgetOldest()
    return id
  }

  #forgetOldest(): void {
    const [oldest] = this.#grants
    if (oldest === undefined) return
    this.#grants.delete(oldest[0])
    this.#ids.delete(oldest[1].path)
  }
}

/** The path to display, with `~` for the home folder: as named, plus its target if it is a link. */
export function displayPath(path: string): string {
  for (const home of [homedir(), realHome()]) {
    const inHome = relative(home, path)
    if (inHome === '') return '~'
    if (!inHome.startsWith('..') && resolve(inHome) !== inHome) return `~${sep}${inHome}`
  }
  return path
}

function realHome(): string {
  try {
    return realpathSync(homedir())
  } catch {
    return homedir()
  }
}
