/** A small JSON file of the app itself, such as the settings: read once, written whole, validated on every read. */
import { readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import type * as z from 'zod'
import { ProblemError } from '#core/problems/problem'
import { failWrite, writeAtomically } from './atomicFile'
import { withFileLock } from './fileLock'
import { makeFolder } from './makeFolder'

export class KeptFile<Value> {
  #value: Value | undefined
  #writing: Promise<void> = Promise.resolve()

  /**
   * `schema` has to accept `initial`, which also replaces a missing or damaged file. With `shared`, other processes
   * change the file too, so it is re-read every time and changed by one process at a time.
   */
  constructor(
    private readonly path: string,
    private readonly schema: z.ZodType<Value>,
    private readonly initial: Value,
    private readonly shared = false,
  ) {}

  async read(): Promise<Value> {
    if (this.shared) return this.#load()
    return (this.#value ??= await this.#load())
  }

  /** Changes are serialized, so that none is lost. @throws ProblemError `file-write` */
  async change(change: (value: Value) => Value): Promise<Value> {
    const changed = this.#writing.then(async () => {
      try {
        await makeFolder(dirname(this.path))
        return await (this.shared ? withFileLock(this.path, () => this.#write(change)) : this.#write(change))
      } catch (error) {
        if (error instanceof ProblemError) throw error
        return failWrite(this.path, error as NodeJS.ErrnoException)
      }
    })
    this.#writing = changed.then(
      () => undefined,
      () => undefined,
    )
    return changed
  }

  async #write(change: (value: Value) => Value): Promise<Value> {
    const value = change(await this.read())
    await writeAtomically(this.path, `${JSON.stringify(value, null, 2)}\n`, 0o600)
    return (this.#value = value)
  }

  async #load(): Promise<Value> {
    const text = await readFile(this.path, 'utf8').catch(() => undefined)
    if (text === undefined) return this.initial
    try {
      return this.schema.parse(JSON.parse(text))
    } catch {
      // Kept next to it, because the user may have edited it by hand.
      await rename(this.path, `${this.path}.damaged`).catch(() => undefined)
      console.warn(`${this.path} was damaged and has been set aside as ${this.path}.damaged`)
      return this.initial
    }
  }
}
