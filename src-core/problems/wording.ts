/** Problems from the table of sentences: what goes wrong names a code, a case and values, and the table says it. */
import { invariant } from '../base/assert'
import type { ProblemCode } from './codes'
import { fill, type GapValues } from './fill'
import type { Place, Problem, ProblemData, Severity } from './problem'
import { findSentences, type CaseOf, type CasePlace, type CaseValues, type WordedCode } from './sentences/index'

/** What a problem has beside its sentences. */
export interface Details {
  /** `error` where it is left out. */
  readonly severity?: Severity
  readonly arithmetic?: string
  /** Values for one-click fixes, which no sentence shows. */
  readonly data?: ProblemData
}

/** Where a problem is, with the parts of the place that its sentences name. */
type Where<C extends WordedCode, K extends CaseOf<C>> = Place & Readonly<Record<CasePlace<C, K>, string>> & Details

/** The rest of a call that names code and case; values and place are left out where no sentence needs any. */
export type Wording<C extends WordedCode, K extends CaseOf<C>> = [CasePlace<C, K>] extends [never]
  ? [keyof CaseValues<C, K>] extends [never]
    ? [values?: CaseValues<C, K>, where?: Where<C, K>]
    : [values: CaseValues<C, K>, where?: Where<C, K>]
  : [values: CaseValues<C, K>, where: Where<C, K>]

/** The problem that the table words for a case. */
export function makeProblem<C extends WordedCode, K extends CaseOf<C>>(
  code: C,
  problemCase: K,
  ...[values, where]: Wording<C, K>
): Problem {
  return wordProblem(code, problemCase, values, where)
}

/** The same where code, case and values are checked elsewhere. */
export function wordProblem(
  code: ProblemCode,
  problemCase: string,
  values: GapValues = {},
  { severity = 'error', arithmetic, data, ...place }: Place & Details = {},
): Problem {
  const sentences = findSentences(code, problemCase)
  invariant(sentences, `no sentences for ${code}, ${problemCase}`)
  const all = { ...placeValues(place), ...values }
  const say = (said: Parameters<typeof fill>[0]): string => {
    const sentence = fill(said, 'en', all)
    invariant(sentence !== undefined, `a value is missing in ${code}, ${problemCase}`)
    return sentence
  }
  const kept = { ...keptValues(problemCase, values), ...data }
  return {
    code,
    severity,
    place,
    message: say(sentences.message),
    ...(arithmetic !== undefined && { arithmetic }),
    ...(sentences.expected !== undefined && { expected: say(sentences.expected) }),
    ...(sentences.received !== undefined && { received: say(sentences.received) }),
    fix: say(sentences.fix),
    ...(Object.keys(kept).length > 0 && { data: kept }),
  }
}

/** Values that sentences take from the place. */
export function placeValues({ node, param, edge, file }: Place): GapValues {
  return { node, param, edge, file }
}

/**
 * What a translation needs: the case where a code has several, and the values, of texts the Chinese. `expected` and `received`
 * are in the problem itself.
 */
function keptValues(
  problemCase: string,
  { expected: _expected, received: _received, ...values }: GapValues,
): ProblemData {
  const kept: Record<string, ProblemData[string]> = problemCase === 'any' ? {} : { case: problemCase }
  for (const [name, value] of Object.entries(values))
    if (value !== undefined) kept[name] = typeof value === 'object' && value !== null ? value.zh : value
  return kept
}
