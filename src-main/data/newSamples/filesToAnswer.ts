/** The input files of a prediction, with folders replaced by the files in them. */
import { readdir, realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fail, ProblemError, type Problem } from '#core/problems/problem'
import { failUnreadable } from '../readers/file'
import { sortNaturally } from '../readers/naturalOrder'
import { isSampleFile } from '../readSample'
import type { ExpectedSample } from './expectedSample'

export interface FilesToAnswer {
  readonly files: readonly string[]
  /** Folders that cannot be read, or contain nothing the model takes. */
  readonly failures: readonly { readonly file: string; readonly problems: readonly Problem[] }[]
}

/** Files in the given order; those of a folder and its subfolders in natural order. */
export async function filesToAnswer(paths: readonly string[], expected: ExpectedSample): Promise<FilesToAnswer> {
  const files: string[] = []
  const failures: { file: string; problems: readonly Problem[] }[] = []
  for (const path of paths) {
    const isFolder = (await stat(path).catch(() => undefined))?.isDirectory() ?? false
    if (!isFolder) {
      files.push(path)
      continue
    }
    const found: string[] = []
    try {
      await collect(path, expected, found, new Set())
      if (found.length === 0) failEmpty(path)
      for (const file of found) files.push(file)
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      failures.push({ file: path, problems: error.problems })
    }
  }
  return { files, failures }
}

/** `seen` has the real paths of folders, since links may form cycles. */
async function collect(folder: string, expected: ExpectedSample, files: string[], seen: Set<string>): Promise<void> {
  const real = await realpath(folder).catch((error: unknown) => failUnreadable(folder, error))
  if (seen.has(real)) return
  seen.add(real)
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) =>
    failUnreadable(folder, error),
  )
  for (const entry of sortNaturally(entries, ({ name }) => name)) {
    if (entry.name.startsWith('.')) continue
    const path = join(folder, entry.name)
    const target = entry.isSymbolicLink() ? await stat(path).catch(() => undefined) : entry
    if (target?.isDirectory()) await collect(path, expected, files, seen)
    else if (target?.isFile() && isSampleFile(entry.name, expected)) files.push(path)
  }
}

function failEmpty(file: string): never {
  return fail('data-empty', 'nothing-to-answer', {}, { file })
}
