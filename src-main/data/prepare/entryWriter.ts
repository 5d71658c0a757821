/** Writes the files of a cache entry under construction, each with a buffer, and computes their checksum. */
import { createHash } from 'node:crypto'
import { open, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'

const BUFFER = 1 << 20

export interface RecordWriter {
  /** Appends; the argument may be reused afterwards. */
  append(data: ArrayBufferView): Promise<void>
}

export interface WrittenFiles {
  /** Bytes of every file. */
  readonly files: Record<string, number>
  /** SHA-256 over the names and contents of all files, in hexadecimal. */
  readonly checksum: string
}

export class EntryWriter {
  readonly #files = new Map<string, BufferedFile>()

  constructor(readonly folder: string) {}

  async file(name: string): Promise<RecordWriter> {
    const known = this.#files.get(name)
    if (known) return known
    const file = new BufferedFile(await open(join(this.folder, name), 'wx'))
    this.#files.set(name, file)
    return file
  }

  /** Writes a whole file. */
  async write(name: string, data: ArrayBufferView): Promise<void> {
    await (await this.file(name)).append(data)
  }

  /** Flushes everything to disk. */
  async finish(): Promise<WrittenFiles> {
    const files: Record<string, number> = {}
    const checksum = createHash('sha256')
    for (const [name, file] of [...this.#files].sort()) {
      const { bytes, digest } = await file.finish()
      files[name] = bytes
      checksum.update(name).update(digest)
    }
    return { files, checksum: checksum.digest('hex') }
  }

  /** Closes the files in any state. */
  async abandon(): Promise<void> {
    for (const file of this.#files.values()) await file.abandon()
  }
}

class BufferedFile implements RecordWriter {
  readonly #buffer = Buffer.alloc(BUFFER)
  readonly #hash = createHash('sha256')
  #filled = 0
  /** End of the written bytes. */
  #end = 0
  #closed = false

  constructor(private readonly file: FileHandle) {}

  async append(data: ArrayBufferView): Promise<void> {
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    if (this.#filled + bytes.length > BUFFER) await this.#flush()
    if (bytes.length >= BUFFER) return this.#write(bytes)
    this.#buffer.set(bytes, this.#filled)
    this.#filled += bytes.length
  }

  async finish(): Promise<{ bytes: number; digest: Buffer }> {
    await this.#flush()
    await this.file.sync()
    await this.abandon()
    return { bytes: this.#end, digest: this.#hash.digest() }
  }

  async abandon(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    await this.file.close().catch(() => undefined)
  }

  async #flush(): Promise<void> {
    if (this.#filled === 0) return
    await this.#write(this.#buffer.subarray(0, this.#filled))
    this.#filled = 0
  }

  async #write(bytes: Uint8Array): Promise<void> {
    this.#hash.update(bytes)
    for (let at = 0; at < bytes.length;) {
      const { bytesWritten } = await this.file.write(bytes, at, bytes.length - at, this.#end)
      at += bytesWritten
      this.#end += bytesWritten
    }
  }
}
