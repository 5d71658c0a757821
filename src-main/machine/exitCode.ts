/** Exit codes, and which problems are a failure instead of wrong input. */
import type { ProblemCode } from '#core/problems/codes'
import type { Problem } from '#core/problems/problem'

export const DONE = 0
/** The input was valid, but the command failed. */
export const FAILED = 1
/** The command line, the project or the data needs to be fixed. */
export const WRONG_INPUT = 2
/** 128 + SIGINT, as in shells. */
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

/** Wrong input as soon as one problem is: the user can fix that one. */
export function exitCodeFor(problems: readonly Problem[]): number {
  const errors = problems.filter(({ severity }) => severity === 'error')
  return errors.every(({ code }) => failures.has(code)) ? FAILED : WRONG_INPUT
}
