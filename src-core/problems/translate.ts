/** Problems in the language of the interface: their sentences are filled again from the same table. */
import type { Language } from '../base/text'
import { fill, translateWord, type GapValues } from './fill'
import type { Problem } from './problem'
import { findCode, findSentences } from './sentences/index'
import type { Sentences } from './sentences/form'
import { placeValues } from './wording'

/**
 * The same problem with its sentences in `language`. Code, place, severity, arithmetic and data stay. Where a problem lacks a
 * value that its sentences need, as one of an older run can, the sentences that fit every problem of its code are taken.
 */
export function translateProblem(problem: Problem, language: Language): Problem {
  if (language === 'en') return problem
  const { code, data, received, expected } = problem
  const values: GapValues = {
    ...placeValues(problem.place),
    received,
    expected,
    ...data,
  }
  const problemCase = typeof data?.case === 'string' ? data.case : 'any'
  for (const candidate of [findSentences(code, problemCase), findCode(code)?.otherwise, findSentences(code, 'any')]) {
    const translated = candidate && filledIn(problem, candidate, values)
    if (translated) return translated
  }
  return problem
}

function filledIn(problem: Problem, sentences: Sentences, values: GapValues): Problem | undefined {
  const say = (said: Sentences['message'] | undefined) => (said === undefined ? undefined : fill(said, 'zh', values))
  const message = say(sentences.message)
  const fix = say(sentences.fix)
  if (message === undefined || fix === undefined) return undefined
  const { expected: _expected, received: given, ...rest } = problem
  const expected = say(sentences.expected)
  const received = say(sentences.received) ?? (given === undefined ? undefined : translateWord(given))
  return {
    ...rest,
    message,
    fix,
    ...(expected !== undefined && { expected }),
    ...(received !== undefined && { received }),
  }
}
