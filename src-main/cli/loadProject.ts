/** Reads the project file named by a command, with the command-line settings applied. */
import { readdir, readFile } from 'node:fs/promises'
import { basename, dirname, extname, join, resolve } from 'node:path'
import { namesLike } from '#core/base/namesLike'
import { parseProject } from '#core/graph/parse'
import type { Project } from '#core/graph/project'
import { fail, ProblemError, type Problem } from '#core/problems/problem'
import { wordProblem } from '#core/problems/wording'
import { findAppRoot } from '../machine/appFolders'
import { refuseData } from './refuseData'
import { applySettings, type Setting } from './settings'
import { shortPath } from './view/paths'

export interface ProjectFile {
  readonly path: string
  /** Folder that the project's relative data paths start from. */
  readonly projectFolder: string
  readonly project: Project
  /** Warnings about the file. */
  readonly notes: readonly Problem[]
}

/**
 * Same, for commands that do more than read the project.
 * @throws ProblemError `project-version` where a newer version wrote it: fields this version does not know would be
 * dropped silently
 */
export async function loadOwnProject(path: string, settings: readonly Setting[] = []): Promise<ProjectFile> {
  const file = await loadProject(path, settings)
  const newer = file.notes.filter(({ code }) => code === 'project-version')
  if (newer.length > 0) throw new ProblemError(newer.map(asRefusal))
  return file
}

function asRefusal({ place, data }: Problem): Problem {
  const { supported, version } = data ?? {}
  return wordProblem('project-version', 'not-trained', { supported, version }, place)
}

/** @throws ProblemError where the file is missing, is data or otherwise not a project, or rejects a setting */
export async function loadProject(path: string, settings: readonly Setting[] = []): Promise<ProjectFile> {
  await refuseData(path)
  const { project, problems } = parseProject(await readText(path), path)
  if (!project) throw new ProblemError(problems)
  return { path, projectFolder: dirname(resolve(path)), project: applySettings(project, settings), notes: problems }
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const near = code === 'ENOENT' ? await projectLike(path) : undefined
    return fail(
      'project-missing',
      'named',
      { received: reasons[code ?? ''] ?? message, near: near ?? '' },
      { file: path },
    )
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EISDIR: 'a folder',
  EACCES: 'a file without read permission',
}

/** A project with a similar name in the same folder, or a sample project. */
async function projectLike(path: string): Promise<string | undefined> {
  const plain = (file: string): string => basename(file, extname(file))
  for (const folder of [dirname(path), join(findAppRoot().folder, 'resources', 'projects')]) {
    const files = (await readdir(folder).catch(() => [])).filter((name) => extname(name) === '.loom')
    const [near] = namesLike(plain(path), files.map(plain))
    if (near !== undefined) return shortPath(join(folder, `${near}.loom`))
  }
  return undefined
}
