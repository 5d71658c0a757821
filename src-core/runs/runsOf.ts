/** Selects the runs of a project. */
import type { Project } from '../graph/project'

interface Run {
  /** Id of the document that was trained. */
  readonly document: string
  /** ISO 8601 */
  readonly startedAt: string
}

/** True for runs of this document, and for runs its origin had when this one was created from it. */
export function isRunOf({ id, origin }: Pick<Project, 'id' | 'origin'>, { document, startedAt }: Run): boolean {
  if (document === id) return true
  return document === origin?.id && Date.parse(startedAt) <= Date.parse(origin.at)
}

/** The project's runs, in the given order. */
export function runsOf<R extends Run>(project: Pick<Project, 'id' | 'origin'>, runs: readonly R[]): R[] {
  return runs.filter((run) => isRunOf(project, run))
}

/** Resumable runs that are the latest of their document; a newer training of the same document supersedes them. */
export function unfinishedOf<R extends Run & { readonly unfinished: object | null }>(runs: readonly R[]) {
  const newest = new Map<string, R>()
  for (const run of runs) {
    const known = newest.get(run.document)
    if (known === undefined || run.startedAt > known.startedAt) newest.set(run.document, run)
  }
  return [...newest.values()]
    .filter((run): run is R & { readonly unfinished: NonNullable<R['unfinished']> } => run.unfinished !== null)
    .sort((a, b) => b.startedAt.localeCompare(a.startedAt))
}
