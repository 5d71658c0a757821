/** Problems with class folders. */
import { join } from 'node:path'
import { fail, type Problem } from '#core/problems/problem'
import { makeProblem } from '#core/problems/wording'
import type { ClassFolder, LevelFolder, SkippedFile } from './classFolder'

export function noteDoubt(root: string, level: readonly LevelFolder[], doubt: 'parts' | 'classes'): Problem {
  const names = level.filter(({ role }) => role !== 'ignored').map(({ name }) => name)
  const shown = names.slice(0, 5).join(', ')
  const problemCase = doubt === 'parts' ? 'folders-parts' : 'folders-classes'
  const where = { file: root, param: 'data.source.folders', severity: 'warning' } as const
  return makeProblem('data-split', problemCase, { folders: shown, braces: '{}' }, where)
}

export function noteEmpty(root: string, name: string, what: string): Problem {
  return makeProblem('data-empty', 'empty-class', { name, what }, { file: join(root, name), severity: 'warning' })
}

export function noteUnseen(file: string, name: string, split: string, count: number, what: string): Problem {
  return makeProblem('data-label', 'unseen-class', { name, split, count, what }, { file, severity: 'warning' })
}

/** Files that are not samples, by name or location; hidden ones are expected and not reported. */
export function notesOfLeftOut({ path, skipped, skippedCount }: ClassFolder): Problem[] {
  const [first] = skipped.filter(({ reason }) => reason !== 'hidden')
  if (!first) return []
  const values = { count: skippedCount, shown: skipped.length, reason: first.reason }
  return [makeProblem('data-format', 'left-out', values, { file: join(path, first.file), severity: 'warning' })]
}

export function failNoFolder(file: string): never {
  return fail('data-missing', 'not-folder', {}, { file })
}

/** Where the folders of the splits hold no folders. */
export function failNoLevel(file: string, what: string): never {
  return fail('data-label', 'no-class-level', { what }, { file })
}

export function failNoClasses(file: string, what: string, count: number): never {
  return fail('data-label', 'no-classes', { what, count }, { file })
}

/** `folders` are empty ones. */
export function failNoFiles(file: string, what: string, { skipped: [first], skippedCount, folders }: Found): never {
  if (first)
    return fail(
      'data-empty',
      'files-left-out',
      { what, count: skippedCount, first: first.file, reason: first.reason },
      { file },
    )
  if (folders > 0) return fail('data-empty', 'empty-folders', { what, count: folders }, { file })
  return fail('data-empty', 'no-files', { what }, { file })
}

interface Found {
  readonly skipped: readonly SkippedFile[]
  readonly skippedCount: number
  readonly folders: number
}

export function failOneClass(file: string, name: string): never {
  return fail('data-label', 'one-class-folder', { name }, { file })
}

export function failTooMany(file: string, what: 'classes' | 'files', most: number): never {
  return fail('data-too-large', `many-${what}`, { most }, { file })
}

/** Why a file or folder cannot be read, as a short phrase. */
export function reasonOf(error: unknown): string {
  const { code = '' } = error as NodeJS.ErrnoException
  const known: Record<string, string> = {
    EACCES: 'no permission to read it',
    EPERM: 'no permission to read it',
    ENOENT: 'a link to nothing',
    ELOOP: 'a link that leads to itself',
    ENAMETOOLONG: 'a path that is too long',
  }
  return known[code] ?? (code || 'it cannot be read')
}
