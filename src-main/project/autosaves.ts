/** Unsaved projects on disk, one file each, so that a crash loses nothing. */
import { readdir, readFile, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import type { Project } from '#core/graph/project'
import { fail } from '#core/problems/problem'
import { documentSchema } from '#core/rpc/contract/project'
import { failWrite, writeAtomically } from '../disk/atomicFile'
import { makeFolder } from '../disk/makeFolder'

const autosaveSchema = z.object({
  savedAt: z.iso.datetime(),
  /** The project's file; null if it was never saved. */
  path: z.string().nullable(),
  revision: z.string().nullable(),
  project: documentSchema,
})
export type Autosave = z.infer<typeof autosaveSchema>

export class Autosaves {
  readonly #folder: string
  /** Projects open in a window, mapped to the window. Their autosaves are not offered for recovery. */
  readonly #owners = new Map<string, object>()

  /** Changes are serialized: a pending autosave must not reappear after the project was saved. */
  #last: Promise<unknown> = Promise.resolve()

  constructor(dataFolder: string) {
    this.#folder = join(dataFolder, 'autosave')
  }

  async write(document: string, owner: object, state: Omit<Autosave, 'savedAt'>): Promise<string> {
    const savedAt = new Date().toISOString()
    await this.#inTurn(async () => {
      this.#owners.set(document, owner)
      await makeFolder(this.#folder, 0o700).catch((error: unknown) =>
        failWrite(this.#folder, error as NodeJS.ErrnoException),
      )
      await writeAtomically(this.#file(document), JSON.stringify({ savedAt, ...state }), 0o600)
    })
    return savedAt
  }

  /** Autosaves not open in any window, newest first. Unreadable ones are ignored. */
  async recoverable(): Promise<(Autosave & { readonly document: string })[]> {
    const names = await readdir(this.#folder).catch(() => [])
    const documents = names.filter((name) => /^[\w-]+\.json$/.test(name)).map((name) => name.slice(0, -'.json'.length))
    const found = await Promise.all(
      documents
        .filter((document) => !this.#owners.has(document))
        .map(async (document) => {
          const autosave = await this.#read(document)
          return autosave === undefined ? [] : [{ document, ...autosave }]
        }),
    )
    return found.flat().sort((a, b) => b.savedAt.localeCompare(a.savedAt))
  }

  /** @throws ProblemError `project-missing` */
  async recover(
    document: string,
    owner: object,
  ): Promise<{ project: Project; path: string | null; revision: string | null }> {
    const autosave = await this.#read(document)
    if (autosave === undefined) fail('project-missing', 'autosave', {}, { file: this.#file(document) })
    this.#owners.set(document, owner)
    return autosave
  }

  async discard(document: string): Promise<void> {
    await this.#inTurn(async () => {
      this.#owners.delete(document)
      await unlink(this.#file(document)).catch(() => undefined)
    })
  }

  /** The window no longer has the project open, but is still connected. */
  setAside(document: string): Promise<void> {
    return this.#inTurn(async () => void this.#owners.delete(document))
  }

  /** The user chose to leave without saving. */
  async discardOwned(): Promise<void> {
    await Promise.all([...this.#owners.keys()].map((document) => this.discard(document)))
  }

  /** A window is gone; its unsaved work can be recovered. */
  release(owner: object): void {
    for (const [document, of] of this.#owners) if (of === owner) this.#owners.delete(document)
  }

  #inTurn(step: () => Promise<void>): Promise<void> {
    const done = this.#last.then(step)
    this.#last = done.catch(() => undefined)
    return done
  }

  async #read(document: string): Promise<Autosave | undefined> {
    try {
      return autosaveSchema.parse(JSON.parse(await readFile(this.#file(document), 'utf8')))
    } catch {
      return undefined
    }
  }

  #file(document: string): string {
    return join(this.#folder, `${document}.json`)
  }
}
