/** Records that a run was interrupted if its own process no longer can, and reports what was kept. */
import type { Problem } from '#core/problems/problem'
import { ProblemError } from '#core/problems/problem'
import { keptOf, openRun, RunFolder } from './store'

/** Whether an external cause ended the run, so that it can be resumed as if nothing had happened. */
export function isInterruption(problems: readonly Problem[]): boolean {
  return problems.some(({ code }) => code === 'run-write')
}

/** Returns the problems, extended with what was kept. Never throws: the run's own failure comes first. */
export async function markDead(run: string, problems: readonly Problem[]): Promise<readonly Problem[]> {
  const kept = await keptOf(run)
  const told = problems.map((problem) => ({ ...problem, place: { file: run },
    fix: `${problem.fix} ${kept.en}`,
    // The fix without what was kept, which the window presents separately.
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
