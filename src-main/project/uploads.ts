/**
 * Files dropped on a page, whose contents arrive in chunks: written below `imports` in the app's folder, each upload to
 * a separate folder, and moved into place only when complete. Everything the page sends is validated.
 */
import { randomBytes } from 'node:crypto'
import { open, readdir, rename, rm, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { text, type Text } from '#core/base/text'
import { fail } from '#core/problems/problem'
import { UPLOAD_PART } from '#core/rpc/contract/upload'
import { failWrite } from '../disk/atomicFile'
import { makeFolder } from '../disk/makeFolder'
import { isPlainName } from '../disk/plainName'

export interface Announced {
  /** Name of the dropped file or folder. */
  readonly name: string
  readonly bytes: number
  readonly files: number
}

export interface UploadPart {
  /** Path below the dropped folder, separated by `/`; empty for a single file. */
  readonly path: string
  readonly bytes: Uint8Array
}

interface Upload {
  readonly announced: Announced
  readonly owner: object
  /** Where it is written until complete. */
  readonly folder: string
  readonly written: Map<string, number>
  bytes: number
  /** Chunks are serialized. */
  last: Promise<unknown>
  timer: NodeJS.Timeout | undefined
}

const PARTIAL = '.partial-'
const MOST_FILES = 5_000_000
const MOST_BYTES = 2 ** 40
const DEEPEST = 32
/** Milliseconds without a chunk after which an upload is dropped. */
const PATIENCE = 300_000

export class Uploads {
  /** The folder of the uploads. */
  readonly folder: string
  readonly #open = new Map<string, Upload>()

  constructor(
    dataFolder: string,
    private readonly patience = PATIENCE,
  ) {
    this.folder = join(dataFolder, 'imports')
  }

  /** Removes leftovers of uploads from an earlier start. */
  async sweep(): Promise<void> {
    for (const name of await readdir(this.folder).catch(() => [])) {
      const isOpen = this.#open.has(name.slice(PARTIAL.length))
      if (name.startsWith(PARTIAL) && !isOpen) await rm(join(this.folder, name), { recursive: true, force: true })
    }
  }

  /** @throws ProblemError `file-name`, `file-upload`, and `file-write` if there is no space */
  async begin(announced: Announced, owner: object): Promise<string> {
    if (!isPlainName(announced.name)) failPath(announced.name)
    if (announced.files > MOST_FILES || announced.bytes > MOST_BYTES)
      failAnnounced(
        text(`at most ${MOST_FILES} files and ${MOST_BYTES} bytes`, `至多 ${MOST_FILES} 个文件、${MOST_BYTES} 字节`),
        announced.files,
        announced.bytes,
      )
    const id = randomBytes(16).toString('base64url')
    const folder = join(this.folder, PARTIAL + id)
    await makeFolder(folder).catch((error: unknown) => failWrite(folder, error as NodeJS.ErrnoException))
    const upload: Upload = {
      announced,
      owner,
      folder,
      written: new Map(),
      bytes: 0,
      last: Promise.resolve(),
      timer: undefined,
    }
    this.#open.set(id, upload)
    try {
      await requireRoom(folder, announced.bytes)
    } catch (error) {
      await this.cancel(id, owner)
      throw error
    }
    this.#postpone(id, upload)
    return id
  }

  /** Appends; any failure ends the upload. @throws ProblemError `file-name`, `file-upload`, `file-write` */
  async write(id: string, owner: object, parts: readonly UploadPart[]): Promise<void> {
    const upload = this.#upload(id, owner)
    clearTimeout(upload.timer)
    const written = upload.last.then(async () => {
      for (const part of parts) await writePart(upload, part)
    })
    upload.last = written.catch(() => undefined)
    try {
      await written
    } catch (error) {
      await this.#remove(id, upload)
      throw error
    }
    this.#postpone(id, upload)
  }

  /** The path of the complete file or folder. @throws ProblemError `file-upload` where something has not arrived */
  async finish(id: string, owner: object): Promise<string> {
    const upload = this.#upload(id, owner)
    await upload.last
    const { announced, folder, written, bytes } = upload
    if (written.size !== announced.files || bytes !== announced.bytes) {
      await this.#remove(id, upload)
      failAnnounced(announcedText(announced), written.size, bytes)
    }
    clearTimeout(upload.timer)
    this.#open.delete(id)
    const place = join(this.folder, id)
    await rename(folder, place).catch((error: unknown) => failWrite(place, error as NodeJS.ErrnoException))
    return join(place, announced.name)
  }

  async cancel(id: string, owner: object): Promise<void> {
    const upload = this.#open.get(id)
    if (upload?.owner === owner) await this.#remove(id, upload)
  }

  /** A window is gone, with the uploads it was sending. */
  async release(owner: object): Promise<void> {
    for (const [id, upload] of this.#open) if (upload.owner === owner) await this.#remove(id, upload)
  }

  #upload(id: string, owner: object): Upload {
    const upload = this.#open.get(id)
    if (upload?.owner === owner) return upload
    return fail('file-upload', 'over')
  }

  #postpone(id: string, upload: Upload): void {
    clearTimeout(upload.timer)
    if (!this.#open.has(id)) return
    upload.timer = setTimeout(() => void this.#remove(id, upload), this.patience)
    upload.timer.unref()
  }

  async #remove(id: string, upload: Upload): Promise<void> {
    clearTimeout(upload.timer)
    this.#open.delete(id)
    await upload.last
    await rm(upload.folder, { recursive: true, force: true }).catch(() => undefined)
  }
}

async function writePart(upload: Upload, { path, bytes }: UploadPart): Promise<void> {
  const { announced, folder, written } = upload
  checkPath(path, announced)
  const total = upload.bytes + bytes.length
  const files = written.size + (written.has(path) ? 0 : 1)
  if (total > announced.bytes || files > announced.files || bytes.length > UPLOAD_PART)
    failAnnounced(announcedText(announced), files, total)
  const target = path === '' ? join(folder, announced.name) : join(folder, announced.name, ...path.split('/'))
  try {
    await append(target, bytes, !written.has(path))
  } catch (error) {
    failWrite(target, error as NodeJS.ErrnoException)
  }
  upload.bytes = total
  written.set(path, (written.get(path) ?? 0) + bytes.length)
}

async function append(target: string, bytes: Uint8Array, isNew: boolean): Promise<void> {
  if (isNew) await makeFolder(dirname(target))
  // A second file with the same name on a case-insensitive file system is rejected instead of appended to the first.
  const file = await open(target, isNew ? 'wx' : 'a')
  try {
    await file.writeFile(bytes)
  } finally {
    await file.close()
  }
}

function checkPath(path: string, { files }: Announced): void {
  if (path === '' && files === 1) return
  const names = path.split('/')
  if (names.length > DEEPEST || path.length > 4000 || !names.every(isPlainName)) failPath(path)
}

async function requireRoom(folder: string, needed: number): Promise<void> {
  const disk = await statfs(folder).catch(() => undefined)
  if (disk === undefined || disk.bsize * disk.bavail >= needed) return
  fail('file-write', 'no-room', { needed, free: disk.bsize * disk.bavail }, { file: folder })
}

function failPath(path: string): never {
  return fail('file-name', 'upload', { name: JSON.stringify(path.length > 200 ? `${path.slice(0, 200)}…` : path) })
}

function announcedText({ files, bytes }: { readonly files: number; readonly bytes: number }): Text {
  return text(`${files} files, ${bytes} bytes`, `${files} 个文件，${bytes} 字节`)
}

function failAnnounced(wanted: Text, files: number, bytes: number): never {
  return fail('file-upload', 'announced', { wanted, files, bytes })
}
