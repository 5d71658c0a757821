/**
 * One or two sentences for a failure shown to the user, in the UI language: the problem, and its fix if there is one.
 */
import type { Problem } from '#core/problems/problem'
import { translateProblem } from '#core/problems/translate'
import { useText } from './useText'

const { language, format } = useText()

/** Empty if the thrown value is not a ProblemError. */
export function problemsIn(error: unknown): readonly Problem[] {
  if (typeof error !== 'object' || error === null || !('problems' in error)) return []
  return Array.isArray(error.problems) ? (error.problems as readonly Problem[]) : []
}

export function failureText(error: unknown): string {
  const [problem] = problemsIn(error)
  if (problem === undefined) return error instanceof Error ? error.message : String(error)
  const { message, fix } = translateProblem(problem, language.value)
  return format.sentences([message, fix])
}
