/** Atomic file writes: at any moment the file has either its old or its new content in full, also on a full disk. */
import { randomBytes } from 'node:crypto'
import { open, realpath, rename, stat, unlink, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { ProblemError } from '#core/problems/problem'
import type { CaseOf } from '#core/problems/sentences/index'
import { wordProblem } from '#core/problems/wording'

/**
 * Replaces the file at `path`, following symbolic links and keeping its permissions; the folder has to exist. Anything
 * else, such as /dev/stdout or a named pipe, is written to in place.
 * @throws ProblemError `file-write`; the content at `path` is then unchanged
 */
export async function writeAtomically(path: string, content: string | Uint8Array, mode = 0o666): Promise<void> {
  try {
    // Renaming onto a symbolic link would replace the link, not the file it points to.
    const target = await realpath(path).catch(() => path)
    const present = await stat(target).catch(() => undefined)
    if (present && !present.isFile() && !present.isDirectory()) return await writeFile(target, content)
    const temporary = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}.tmp`)
    try {
      await writeSynced(temporary, content, present === undefined ? mode : present.mode & 0o777)
      await rename(temporary, target)
    } catch (error) {
      await unlink(temporary).catch(() => undefined)
      throw error
    }
    await syncFolder(dirname(target))
  } catch (error) {
    failWrite(path, error as NodeJS.ErrnoException)
  }
}

async function writeSynced(path: string, content: string | Uint8Array, mode: number): Promise<void> {
  const file = await open(path, 'wx', mode)
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Makes the rename itself durable. Windows cannot open folders and syncs by itself. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(path, 'r')
  // Some network file systems refuse to sync folders; the file's content is already safe.
  await folder.sync().catch(() => undefined)
  await folder.close()
}

const causes: Readonly<Record<string, CaseOf<'file-write'>>> = {
  ENOSPC: 'full',
  EDQUOT: 'quota',
  EFBIG: 'size',
  EACCES: 'permission',
  EPERM: 'permission',
  EROFS: 'read-only',
  ENOENT: 'no-folder',
  ENOTDIR: 'no-folder',
  EISDIR: 'is-folder',
  ENAMETOOLONG: 'long-name',
}

/**
 * Turns a file system error on writing `path` into a problem; `advice` for locations the user does not choose per file.
 */
export function failWrite(path: string, error: NodeJS.ErrnoException, advice?: string): never {
  const problem = wordProblem(
    'file-write',
    causes[error.code ?? ''] ?? 'other',
    { received: error.message },
    { file: path },
  )
  throw new ProblemError([advice === undefined ? problem : { ...problem, fix: advice }])
}
