/** Writes down that a run was interrupted where the process that ran it no longer can, and says what is left of it. */
import type { Problem } from '#core/problems/problem'
import { ProblemError } from '#core/problems/problem'
import { keptOf, openRun, RunFolder } from './store'

/** Whether something from outside ended the run, so that it can go on as if nothing had happened. */
export function isInterruption(problems: readonly Problem[]): boolean {
  return problems.some(({ code }) => code === 'run-write')
}

/** Returns the problems with what was kept added to them. Never throws: the failure of the run comes first. */
export async function markDead(run: string, problems: readonly Problem[]): Promise<readonly Problem[]> {
  const kept = await keptOf(run)
  const told = problems.map((problem) => ({ ...problem, place: { file: run },
    fix: `${problem.fix} ${kept}`,
    // What to do, without what is kept: the window says that in its own way.
    data: { ...problem.data, advice: problem.fix },
  }))
  try {
    const { record } = await openRun(run)
    const folder = RunFolder.at(run)
    await folder.removeLeftovers()
    folder.close()
    await folder.writeRecord({ ...record, state: 'interrupted', problems: told, ended: new Date().toISOString() })
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
  }
  return told
}
