/** Reading of data files with a bound on their size; what the file system refuses becomes a problem that names the file. */
import { open, readFile, stat, type FileHandle } from 'node:fs/promises'
import { fail } from '#core/problems/problem'
import { checkReading } from './readingLimits'

/** Bytes of samples that are held in memory at most; Node 20 has no larger arrays. */
export const MEMORY_LIMIT = 4 * 2 ** 30 - 1

/** Bytes of a regular file; fails with a problem where there is none that can be read. */
export async function fileSize(path: string): Promise<number> {
  await checkReading(path)
  const info = await stat(path).catch((error: unknown) => failUnreadable(path, error))
  if (info.isFile()) return info.size
  return fail(
    'data-missing',
    'not-file',
    { received: info.isDirectory() ? 'a folder' : 'a device or socket' },
    { file: path },
  )
}

/** The whole file, if it is not larger than `limit` bytes. */
export async function readBounded(path: string, limit: number): Promise<Buffer> {
  const size = await fileSize(path)
  if (size > limit) failTooLarge(path, size, limit)
  return readFile(path).catch((error: unknown) => failUnreadable(path, error))
}

/** Opens a file for reading; who calls this closes it. */
export async function openFile(path: string): Promise<FileHandle> {
  await checkReading(path)
  return open(path, 'r').catch((error: unknown) => failUnreadable(path, error))
}

/** Opens a file for the time that `use` takes. */
export async function withFile<T>(path: string, use: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await openFile(path)
  try {
    return await use(file)
  } finally {
    await file.close()
  }
}

/** `length` bytes from byte `at` on; fewer where the file ends before. */
export async function readAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafeSlow(length)
  let filled = 0
  while (filled < length) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, at + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return bytes.subarray(0, filled)
}

export function failTooLarge(file: string, bytes: number, most: number): never {
  return fail('data-too-large', 'memory', { bytes, most }, { file })
}

export function failUnreadable(path: string, error: unknown): never {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown error'
  const known: Record<string, string> = {
    ENOENT: 'no such file',
    ENOTDIR: 'no such file',
    EACCES: 'no permission to read it',
    EPERM: 'no permission to read it',
    EISDIR: 'a folder',
    ENAMETOOLONG: 'a path that is too long',
    ERR_INVALID_ARG_VALUE: 'a path with a NUL byte',
  }
  return fail('data-missing', 'unreadable', { received: known[code] ?? code }, { file: path })
}
