/** What the exit codes mean, and which problems are nobody's wrong input but a failure. */
import type { ProblemCode } from '#core/problems/codes'
import type { Problem } from '#core/problems/problem'

export const DONE = 0
/** The input was fine and yet it did not work. */
export const FAILED = 1
/** The command line, the project or the data has to be corrected. */
export const WRONG_INPUT = 2
/** 128 + SIGINT, as shells have it. */
export const INTERRUPTED = 130

const failures: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'training-not-finite',
  'training-memory',
  'engine-died',
  'file-write',
  'data-download',
  'cache-write',
  'run-write',
  'export-mismatch',
])

/** Wrong input as soon as one problem is: that one can be corrected. */
export function exitCodeFor(problems: readonly Problem[]): number {
  const errors = problems.filter(({ severity }) => severity === 'error')
  return errors.every(({ code }) => failures.has(code)) ? FAILED : WRONG_INPUT
}
