/** Problems in the language of the interface. */
import type { Problem } from '#core/problems/problem'
import { useLanguage } from './useLanguage'
import type { Language } from './messages'

const { texts } = useLanguage()

/** The same problem with its sentences in `language`; code, place, severity, arithmetic and data stay. */
export function translateProblem(problem: Problem, language: Language): Problem {
  return texts.value?.translateProblem(problem, language) ?? problem
}
