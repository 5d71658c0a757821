/** Reads the text of a project file into the form the contract sends to a window. */
import { parseProject } from '#core/graph/parse'
import type { Project } from '#core/graph/project'
import type { Problem } from '#core/problems/problem'

export interface LoadedProject {
  readonly project: Project | null
  /** Errors if there is no project, otherwise warnings. */
  readonly problems: Problem[]
  /** A newer version wrote the file; saving would lose what this version does not know. */
  readonly readOnly: boolean
}

/** `file` names the text in problems. */
export function readProject(text: string, file: string): LoadedProject {
  const { project, problems, readOnly } = parseProject(text, file)
  return { project: project ?? null, problems, readOnly }
}
