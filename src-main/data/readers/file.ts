/** Reads data files with a size limit; file system errors become problems that name the file. */
import { open, readFile, stat, type FileHandle } from 'node:fs/promises'
import { fail } from '#core/problems/problem'
import { checkReading } from './readingLimits'

/** Maximum bytes of samples in memory; Node 20 has no larger arrays. */
export const MEMORY_LIMIT = 4 * 2 ** 30 - 1

/** Size of a regular file in bytes; fails with a problem if it does not exist or cannot be read. */
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

/** Opens a file for reading; the caller closes it. */
export async function openFile(path: string): Promise<FileHandle> {
  await checkReading(path)
  return open(path, 'r').catch((error: unknown) => failUnreadable(path, error))
}

/** Opens a file for the duration of `use`. */
export async function withFile<T>(path: string, use: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await openFile(path)
  try {
    return await use(file)
  } finally {
    await file.close()
  }
}

/** `length` bytes from offset `at`; fewer at the end of the file. */
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
