/** Why a sample or a file was rejected: where, what is wrong, expected and actual, and how to fix it. */
import type { Problem } from '#core/problems/problem'
import { translateProblem } from '#core/problems/translate'
import { problemPlace } from '../data/problemPlace'
import { useText } from '../i18n/useText'
import { failureText, problemsIn } from '../i18n/failureText'

/** Maximum number of problems shown per rejection; more tend to repeat. */
const MOST = 3

export function refusalTexts(error: unknown): readonly string[] {
  const problems = problemsIn(error)
  if (problems.length === 0) return [failureText(error)]
  const { t } = useText()
  const left = problems.length - MOST
  return [...problems.slice(0, MOST).map(refusalText), ...(left > 0 ? [t('inference.moreProblems', { n: left })] : [])]
}

function refusalText(problem: Problem): string {
  const { t, format, language } = useText()
  const { message, expected, received, fix } = translateProblem(problem, language.value)
  const place = problemPlace(problem)
  const what = place === '' ? message : t('inference.refused', { place, message })
  const found = received === undefined ? fix : t('inference.received', { received, rest: fix })
  const rest = expected === undefined ? found : t('inference.expected', { expected, rest: found })
  return format.sentences([what, rest])
}
