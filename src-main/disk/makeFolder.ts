/** Folder creation that reports the real reason of a failure. */
import { mkdir, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

/**
 * Creates the folder and its missing parents; an existing folder is fine. Works one level at a time: Node's recursive
 * mode answers ENOENT on a read-only disk, which blames the path, and never returns where the system itself answers
 * ENOENT, as below /proc.
 * @throws the file system error
 */
export async function makeFolder(path: string, mode?: number): Promise<void> {
  await makeBelow(resolve(path), mode === undefined ? {} : { mode })
}

async function makeBelow(path: string, options: { readonly mode?: number }): Promise<void> {
  try {
    await mkdir(path, options)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' && dirname(path) !== path) {
      await makeBelow(dirname(path), options)
      await mkdir(path, options).catch((second: unknown) => unlessThere(path, second))
    } else await unlessThere(path, error)
  }
}

/** Systems report different errors for an existing folder, and for one on a read-only disk. */
async function unlessThere(path: string, error: unknown): Promise<void> {
  const info = await stat(path).catch(() => undefined)
  if (info?.isDirectory() !== true) throw error
}
