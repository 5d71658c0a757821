/** Tells whether files are still what they were, from their names, sizes and times, without reading them. */
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { fileSize } from '../readers/file'

/** A text that changes when one of the files is written again; folders do not count, so a project can be moved. */
export async function fileStamp(...paths: readonly string[]): Promise<string> {
  const stamps: string[] = []
  for (const path of paths) {
    // Fails with the problem that says what is wrong with the file.
    const size = await fileSize(path)
    const { mtimeMs } = await stat(path)
    stamps.push(`${basename(path)}:${size}:${mtimeMs}`)
  }
  return stamps.join('|')
}
