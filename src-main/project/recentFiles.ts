/** Recently opened or saved project files. */
import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import * as z from 'zod'
import { KeptFile } from '../disk/keptFile'

const LIMIT = 20
const entrySchema = z.object({ path: z.string(), openedAt: z.iso.datetime() })
type RecentEntry = z.infer<typeof entrySchema>

export class RecentFiles {
  readonly #kept: KeptFile<RecentEntry[]>
  readonly #listeners: (() => void)[] = []

  constructor(dataFolder: string) {
    this.#kept = new KeptFile(join(dataFolder, 'recent.json'), z.array(entrySchema).max(LIMIT), [])
  }

  /** Most recent first. */
  async list(): Promise<(RecentEntry & { readonly exists: boolean })[]> {
    const entries = await this.#kept.read()
    return Promise.all(
      entries.map(async (entry) => ({
        ...entry,
        exists: await stat(entry.path).then(
          (found) => found.isFile(),
          () => false,
        ),
      })),
    )
  }

  async add(path: string): Promise<void> {
    const entry = { path: resolve(path), openedAt: new Date().toISOString() }
    await this.#change((entries) => [entry, ...entries.filter((other) => other.path !== entry.path)].slice(0, LIMIT))
  }

  async forget(path: string): Promise<void> {
    await this.#change((entries) => entries.filter((entry) => entry.path !== path))
  }

  /** Called after every change; the desktop's menu lists the files. */
  onChange(listener: () => void): void {
    this.#listeners.push(listener)
  }

  async #change(change: (entries: RecentEntry[]) => RecentEntry[]): Promise<void> {
    await this.#kept.change(change)
    for (const listener of this.#listeners) listener()
  }
}
