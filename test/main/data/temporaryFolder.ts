/** A folder for the files of one test, removed when the test ends; its name is not ASCII, like users' folders. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { mkdir } from 'node:fs/promises'
import { onTestFinished } from 'vitest'
import { ProblemError, type Problem } from '#core/problems/problem'

export interface TemporaryFolder {
  readonly path: string
  /** Writes a file and returns its path. */
  write(name: string, content: string | Uint8Array): Promise<string>
}

export async function temporaryFolder(): Promise<TemporaryFolder> {
  const path = await mkdtemp(join(tmpdir(), 'layerloom-写真-'))
  onTestFinished(() => rm(path, { recursive: true, force: true }))
  return {
    path,
    async write(name, content) {
      const file = join(path, name)
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, content)
      return file
    },
  }
}

/** The problems that `action` fails with; throws if it succeeds or fails otherwise. */
export async function problemsOf(action: Promise<unknown>): Promise<readonly Problem[]> {
  try {
    await action
  } catch (error) {
    if (error instanceof ProblemError) return error.problems
    throw error
  }
  throw new Error('expected a problem, but nothing was wrong')
}
