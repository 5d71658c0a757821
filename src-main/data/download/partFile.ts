/** What has arrived of a file so far: `<name>.part` beside its place, and in `<name>.part.json` where it comes from. */
import { open, readFile, rename, rm, stat, writeFile, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import { failWrite, syncFolder } from '../../disk/atomicFile'

const noteSchema = z.object({
  /** The mirror that gave the first byte. */
  url: z.string(),
  /** Its name for this version of the file: an ETag or a date. */
  validator: z.string().optional(),
})
type Note = z.infer<typeof noteSchema>

export class PartFile {
  readonly path: string
  readonly #target: string
  #file: FileHandle | undefined
  #size = 0
  #note: Note | undefined
  /** The mirror that gave every byte, if one did and no earlier download had a part in it. */
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
      // Appending would ignore positions; this neither truncates nor fails where there is nothing yet.
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

  /** What `url` called this version of the file when it gave the first byte. */
  validatorOf(url: string): string | undefined {
    return this.#note?.url === url ? this.#note.validator : undefined
  }

  /** Whether all bytes came from `url`, in this download. */
  isOnlyFrom(url: string): boolean {
    return this.#onlyMirror === url
  }

  /** Throws away what has arrived; the next byte comes from `url`. */
  async beginAnew(url: string, validator: string | undefined): Promise<void> {
    await this.discard()
    this.#onlyMirror = url
    this.#note = { url, ...(validator !== undefined && { validator }) }
    await this.#guarded(() => writeFile(this.#notePath, JSON.stringify(this.#note)))
  }

  /** Goes on with what has arrived, from `url`. */
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

  /** Gives the file its name, once its content is on the disk. */
  async finish(): Promise<void> {
    await this.#guarded(async () => {
      await this.#file!.sync()
      await this.close()
      await rename(this.path, this.#target)
      await rm(this.#notePath, { force: true })
      await syncFolder(dirname(this.#target))
    })
  }

  /** Leaves what has arrived for the next time; where that is nothing, nothing is left. */
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

/** A note that cannot be read says nothing: the checksum will tell whether the part is of use. */
async function readNote(path: string): Promise<Note | undefined> {
  try {
    return noteSchema.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch {
    return undefined
  }
}
