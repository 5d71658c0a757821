/** A failure of the data's work in the language of the interface. */
import { ProblemError } from '#core/problems/problem'
import { translateProblem } from '../i18n/problemTexts'
import { useText } from '../i18n/text'
import { failureText } from '../start/failureText'

export function dataFailure(error: unknown): string {
  if (!(error instanceof ProblemError)) return failureText(error)
  const { language } = useText()
  return failureText({ problems: error.problems.map((problem) => translateProblem(problem, language.value)) })
}
