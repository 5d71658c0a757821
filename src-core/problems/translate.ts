/** Problems in the language of the interface. They are written in English; the other language is made from their values. */
import { fileSentences } from './chinese/files'
import { fill, translateWord, type Values } from './chinese/fill'
import type { Sentences, Translated } from './chinese/form'
import { layerSentences } from './chinese/layers'
import { networkSentences } from './chinese/network'
import type { ProblemCode } from './codes'
import type { Problem } from './problem'

/** Every code has its sentences; one without does not compile. */
const chinese: Readonly<Record<ProblemCode, Translated>> = { ...fileSentences, ...networkSentences, ...layerSentences }

/**
 * The same problem with its sentences in `language`. Code, place, severity, arithmetic and data stay. Where a problem lacks a
 * value that its sentence needs, the sentence that fits every problem of its code is taken.
 */
export function translateProblem(problem: Problem, language: 'en' | 'zh-CN'): Problem {
  if (language === 'en') return problem
  const values = valuesOf(problem)
  const translated: Translated | undefined = chinese[problem.code]
  if (translated === undefined) return problem
  const [own, general] = sentencesOf(translated, problem)
  return filled(problem, own, values) ?? filled(problem, general, values) ?? problem
}

function sentencesOf(translated: Translated, { data }: Problem): [own: Sentences, general: Sentences] {
  if (!('cases' in translated)) return [translated, translated]
  const own = translated.cases[typeof data?.case === 'string' ? data.case : 'any']
  return [own ?? translated.otherwise, translated.otherwise]
}

function valuesOf({ place, data, received, expected }: Problem): Values {
  const layer = place.node?.split('.').at(-1)
  return {
    node: place.node,
    layer,
    param: place.param,
    edge: place.edge,
    file: place.file,
    received,
    expected,
    ...data,
  }
}

function filled(problem: Problem, sentences: Sentences, values: Values): Problem | undefined {
  const message = fill(sentences.message, values)
  const fix = fill(sentences.fix, values)
  const expected = sentences.expected === undefined ? undefined : fill(sentences.expected, values)
  const received = sentences.received === undefined ? undefined : fill(sentences.received, values)
  if (message === undefined || fix === undefined) return undefined
  const { expected: _expected, received: given, ...rest } = problem
  const shown = received ?? (given === undefined ? undefined : translateWord(given))
  return {
    ...rest,
    message,
    fix,
    ...(expected !== undefined && { expected }),
    ...(shown !== undefined && { received: shown }),
  }
}
