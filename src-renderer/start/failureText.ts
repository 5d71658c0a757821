/** One or two sentences for a failure that reached the interface, in its language: the problem and its fix where there is one. */
import type { Problem } from '#core/problems/problem'
import { useLanguage } from '../i18n/language'
import { translateProblem } from '../i18n/problemTexts'

const { language } = useLanguage()

function hasProblems(error: unknown): error is { readonly problems: readonly Problem[] } {
  return typeof error === 'object' && error !== null && Array.isArray((error as { problems?: unknown }).problems)
}

export function failureText(error: unknown): string {
  if (hasProblems(error)) {
    const [problem] = error.problems
    if (problem !== undefined) {
      const { message, fix } = translateProblem(problem, language.value)
      return `${message} ${fix}`
    }
  }
  return error instanceof Error ? error.message : String(error)
}
