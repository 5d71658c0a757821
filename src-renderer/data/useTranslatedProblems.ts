/** Data problems in the UI language. */
import { computed, type ComputedRef } from 'vue'
import type { Problem } from '#core/problems/problem'
import { translateProblem } from '#core/problems/translate'
import { useText } from '../i18n/useText'
import { useData } from '../stores/dataStore'

/** Those of the open project's data that match `which`. */
export function useTranslatedProblems(which: (problem: Problem) => boolean): ComputedRef<readonly Problem[]> {
  const data = useData()
  const { language } = useText()
  return computed(() => data.problems.filter(which).map((problem) => translateProblem(problem, language.value)))
}
