/** Opening and saving project files. */
import { createHash } from 'node:crypto'
import { open, readFile } from 'node:fs/promises'
import { dirname, extname } from 'node:path'
import { formatProject } from '#core/graph/format'
import type { Project } from '#core/graph/project'
import { fail, ProblemError } from '#core/problems/problem'
import { failWrite, writeAtomically } from '../disk/atomicFile'
import { moveDataPaths } from './dataPaths'
import { withFileLock } from '../disk/fileLock'
import { readProject, type LoadedProject } from './readProject'

const MAX_BYTES = 32 * 2 ** 20

/** @throws ProblemError `project-missing` if it cannot be read, `file-name` for an extension other than .loom */
export async function openProject(path: string): Promise<LoadedProject & { readonly revision: string }> {
  checkExtension(path)
  const bytes = await readBounded(path)
  return { ...readProject(bytes.toString('utf8'), path), revision: revisionOf(bytes) }
}

export interface SaveOptions {
  readonly path: string
  /** The file that the project's relative paths refer to; null for a project without a file. */
  readonly from: string | null
  /** Revision of the file when last read or written; null overwrites any content. */
  readonly revision: string | null
  readonly project: Project
}

/**
 * Writes the project atomically: the old content stays until all of the new is written. Of several concurrent saves,
 * from windows or other processes, one wins and the others fail.
 * @throws ProblemError `file-name`, `file-changed`, `project-version` over a newer file, `file-write`
 */
export async function saveProject(options: SaveOptions): Promise<{ project: Project; revision: string }> {
  const { path, from } = options
  checkExtension(path)
  const project = moveDataPaths(options.project, from === null ? null : dirname(from), dirname(path))
  const text = formatProject(project)
  const before = await presentRevision(path)
  try {
    await withFileLock(path, async () => {
      const present = await readFile(path).catch(() => undefined)
      if (present !== undefined) checkReplaceable(path, present, options.revision ?? before ?? NOTHING)
      await writeAtomically(path, text)
    })
  } catch (error) {
    if (error instanceof ProblemError) throw error
    failWrite(path, error as NodeJS.ErrnoException)
  }
  return { project, revision: revisionOf(text) }
}

/** Replacing a file means the one that existed at the time of the request, or none. */
const NOTHING = ''

async function presentRevision(path: string): Promise<string | undefined> {
  const present = await readFile(path).catch(() => undefined)
  return present && revisionOf(present)
}

function checkExtension(path: string): void {
  if (extname(path).toLowerCase() === '.loom') return
  fail('file-name', 'project', { received: extname(path) || 'no extension' }, { file: path })
}

function checkReplaceable(path: string, present: Buffer, revision: string): void {
  if (readProject(present.toString('utf8'), path).readOnly) fail('project-version', 'not-replaced', {}, { file: path })
  if (revisionOf(present) !== revision) fail('file-changed', 'any', {}, { file: path })
}

async function readBounded(path: string): Promise<Buffer> {
  try {
    const file = await open(path, 'r')
    try {
      const { size } = await file.stat()
      if (size > MAX_BYTES) throw new Error(`${size} bytes; a project has at most ${MAX_BYTES}`)
      return await file.readFile()
    } finally {
      await file.close()
    }
  } catch (error) {
    fail('project-missing', 'unreadable', { received: (error as Error).message }, { file: path })
  }
}

function revisionOf(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}
