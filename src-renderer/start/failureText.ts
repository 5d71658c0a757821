/** One or two sentences for a failure that reached the interface: the problem and its fix where there is one. */
import type { Problem } from '#core/problems/problem'

function hasProblems(error: unknown): error is { readonly problems: readonly Problem[] } {
  return typeof error === 'object' && error !== null && Array.isArray((error as { problems?: unknown }).problems)
}

export function failureText(error: unknown): string {
  if (hasProblems(error)) {
    const problem = error.problems[0]
    if (problem !== undefined) return `${problem.message} ${problem.fix}`
  }
  return error instanceof Error ? error.message : String(error)
}
