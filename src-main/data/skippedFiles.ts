/** The warning that files are left out because they cannot be read. */
import { text, type Text } from '#core/base/text'
import type { Problem } from '#core/problems/problem'
import { translateProblem } from '#core/problems/translate'
import { wordProblem } from '#core/problems/wording'

/** Codes with a sentence for files left out; `first` has another one only by a mistake of its reader. */
const codes = [
  'data-missing',
  'data-format',
  'data-encoding',
  'data-truncated',
  'data-too-large',
  'data-empty',
] as const

/** `first` is what is wrong with the first of the files. */
export function noteSkipped(count: number, total: number, first: Problem): Problem {
  const { expected, received, place } = first
  return {
    ...wordProblem(
      codeOf(first),
      'skipped',
      { count, total, first: messageOf(first) },
      { ...place, severity: 'warning' },
    ),
    ...(expected !== undefined && { expected }),
    ...(received !== undefined && { received }),
  }
}

/** The code of the first file stands for all. */
export function codeOf({ code }: Problem): (typeof codes)[number] {
  return codes.find((known) => known === code) ?? 'data-format'
}

/** Its sentence in both languages. */
export function messageOf(problem: Problem): Text {
  return text(problem.message, translateProblem(problem, 'zh-CN').message)
}
