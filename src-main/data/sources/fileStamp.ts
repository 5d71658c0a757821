/** Detects changed files from their names, sizes and times, without reading them. */
import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileSize } from '../readers/file'

/** Files to stat concurrently. */
const AT_ONCE = 64

/** A string that changes when one of the files is rewritten; folders do not count, so a project can be moved. */
export async function fileStamp(...paths: readonly string[]): Promise<string> {
  const stamps: string[] = []
  for (const path of paths) {
    // Fails with a problem that describes what is wrong with the file.
    const size = await fileSize(path)
    const { mtimeMs } = await stat(path)
    stamps.push(`${basename(path)}:${size}:${mtimeMs}`)
  }
  return stamps.join('|')
}

/** Same for many files below a folder, in order, as one hash; the folder itself may be moved. */
export async function filesStamp(root: string, paths: readonly string[]): Promise<string> {
  const hash = createHash('sha256')
  for (let at = 0; at < paths.length; at += AT_ONCE) {
    const stamps = await Promise.all(paths.slice(at, at + AT_ONCE).map((path) => stampOf(root, path)))
    hash.update(stamps.join(''))
  }
  return hash.digest('hex')
}

/** A file that is gone by now is reported when it is read. */
async function stampOf(root: string, path: string): Promise<string> {
  const info = await stat(join(root, path)).catch(() => undefined)
  return `${path}\0${info?.size}\0${info?.mtimeMs}\n`
}
