/** Making folders, with the true reason where one cannot be made. */
import { mkdir, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

/**
 * Makes the folder and those above it that are missing; one that is there already is fine. One level at a time, because
 * the recursive way of Node answers ENOENT on a disk that can only be read, which blames the path, and never ends where
 * the system itself says ENOENT, as below /proc.
 * @throws what the file system says
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

/** Systems differ in what they say of a folder that is there, and on a disk that can only be read. */
async function unlessThere(path: string, error: unknown): Promise<void> {
  const info = await stat(path).catch(() => undefined)
  if (info?.isDirectory() !== true) throw error
}
