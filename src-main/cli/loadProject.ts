/** Reads the project file that a command names, with the settings of the command line applied. */
import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { parseProject } from '#core/graph/parse'
import type { Project } from '#core/graph/project'
import { fail, ProblemError, type Problem } from '#core/problems/problem'
import { applySettings, type Setting } from './settings'

export interface ProjectFile {
  readonly path: string
  /** Folder that the project's data paths are relative to. */
  readonly directory: string
  readonly project: Project
  /** Warnings about the file. */
  readonly notes: readonly Problem[]
}

/** @throws ProblemError where the file is missing, is not a project, or does not take a setting */
export async function loadProject(path: string, settings: readonly Setting[] = []): Promise<ProjectFile> {
  const { project, problems } = parseProject(await readText(path), path)
  if (!project) throw new ProblemError(problems)
  return { path, directory: dirname(resolve(path)), project: applySettings(project, settings), notes: problems }
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return fail({
      code: 'project-missing',
      place: { file: path },
      message: `The project ${path} cannot be read.`,
      expected: 'a project file (.loom)',
      received: reasons[code ?? ''] ?? message,
      fix: 'Check the name; the sample projects are in resources/projects.',
    })
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EISDIR: 'a folder',
  EACCES: 'a file that may not be read',
}
