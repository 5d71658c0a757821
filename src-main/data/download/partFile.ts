/** The received part of a file: `<name>.part` next to its final path, and its origin in `<name>.part.json`. */
import { open, readFile, rename, rm, stat, writeFile, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import { failWrite, syncFolder } from '../../disk/atomicFile'

const noteSchema = z.object({
  /** The mirror that sent the first byte. */
  url: z.string(),
  /** The mirror's name for this version of the file: an ETag or a date. */
  validator: z.string().optional(),
})
type Note = z.infer<typeof noteSchema>

export class PartFile {
  readonly path: string
  readonly #target: string
  #file: FileHandle | undefined
  #size = 0
  #note: Note | undefined
  /** The mirror that sent every byte, if it was a single one and no earlier download contributed. */
  #onlyMirror: string | undefined

  private constructor(target: string) {
    this.#target = target
    this.path = `${target}.part`
  }

  /** @throws ProblemError `file-write` */
  static async open(target: string): Promise<PartFile> {
    const part = new PartFile(target)
    try {
      part.#size = (await stat(part.path).catch(() => undefined))?.size ?? 0
      // Append mode would ignore positions; this neither truncates nor fails if there is nothing yet.
      part.#file = await open(part.path, part.#size > 0 ? 'r+' : 'w+')
    } catch (error) {
      failWrite(part.path, error as NodeJS.ErrnoException)
    }
    part.#note = await readNote(part.#notePath)
    return part
  }

  get size(): number {
    return this.#size
  }

  get #notePath(): string {
    return `${this.path}.json`
  }

  /** What `url` called this version of the file when it sent the first byte. */
  validatorOf(url: string): string | undefined {
    return this.#note?.url === url ? this.#note.validator : undefined
  }

  /** Whether all bytes came from `url`, in this download. */
  isOnlyFrom(url: string): boolean {
    return this.#onlyMirror === url
  }

  /** Discards the received bytes; the next byte comes from `url`. */
  async beginAnew(url: string, validator: string | undefined): Promise<void> {
    await this.discard()
    this.#onlyMirror = url
    this.#note = { url, ...(validator !== undefined && { validator }) }
    await this.#guarded(() => writeFile(this.#notePath, JSON.stringify(this.#note)))
  }

  /** Continues the received part, from `url`. */
  goOn(url: string): void {
    if (this.#onlyMirror !== url) this.#onlyMirror = undefined
  }

  async append(chunk: Uint8Array): Promise<void> {
    await this.#guarded(async () => {
      for (let done = 0; done < chunk.byteLength;) {
        const { bytesWritten } = await this.#file!.write(chunk, done, chunk.byteLength - done, this.#size)
        done += bytesWritten
        this.#size += bytesWritten
      }
    })
  }

  async discard(): Promise<void> {
    this.#size = 0
    this.#note = undefined
    await this.#guarded(() => this.#file!.truncate(0))
  }

  /** Renames the file once its content is on disk. */
  async finish(): Promise<void> {
    await this.#guarded(async () => {
      await this.#file!.sync()
      await this.close()
      await rename(this.path, this.#target)
      await rm(this.#notePath, { force: true })
      await syncFolder(dirname(this.#target))
    })
  }

  /** Keeps the received part for the next attempt; leaves no files if there is none. */
  async close(): Promise<void> {
    const file = this.#file
    this.#file = undefined
    if (file === undefined) return
    await file.close()
    if (this.#size > 0) return
    await rm(this.path, { force: true })
    await rm(this.#notePath, { force: true })
  }

  async #guarded(action: () => Promise<void>): Promise<void> {
    try {
      await action()
    } catch (error) {
      failWrite(this.path, error as NodeJS.ErrnoException)
    }
  }
}

/** An unreadable note is ignored: the checksum shows whether the part is usable. */
async function readNote(path: string): Promise<Note | undefined> {
  try {
    return noteSchema.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch {
    return undefined
  }
}
