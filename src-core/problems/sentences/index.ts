/** Every problem's sentences: by code, then by case, English beside Chinese. */
import type { CodeSentences, PlaceNeededBy, Sentences, ValuesOf } from './form'
import { blockSentences } from './blocks'
import { commandLineSentences } from './commandLine'
import { dataSentences } from './data'
import { engineSentences } from './engine'
import { fileSentences } from './files'
import { layerSentences } from './layers'
import { modelSentences } from './models'
import { networkSentences } from './network'
import { preTransformSentences } from './preTransforms'
import { projectSentences } from './project'
import { runSentences } from './runs'
import { trainingSentences } from './training'
import { transformSentences } from './transforms'

export const sentences = {
  ...blockSentences,
  ...commandLineSentences,
  ...dataSentences,
  ...engineSentences,
  ...fileSentences,
  ...layerSentences,
  ...modelSentences,
  ...networkSentences,
  ...preTransformSentences,
  ...projectSentences,
  ...runSentences,
  ...trainingSentences,
  ...transformSentences,
}

type Table = typeof sentences

/** Codes whose sentences stand in the table. */
export type WordedCode = keyof Table

export type CaseOf<C extends WordedCode> = keyof Table[C]['cases'] & string

type SentencesOf<C extends WordedCode, K extends CaseOf<C>> = Table[C]['cases'][K]

/** The values that a case needs beside its place; another name, or one left out, does not compile. */
export type CaseValues<C extends WordedCode, K extends CaseOf<C>> = ValuesOf<SentencesOf<C, K>>

/** The parts of the place that a case needs. */
export type CasePlace<C extends WordedCode, K extends CaseOf<C>> = PlaceNeededBy<SentencesOf<C, K>>

/** The sentences of a case, or undefined where a problem of another version names one that is not known. */
export function findSentences(code: string, problemCase: string): Sentences | undefined {
  const cases: Readonly<Record<string, Sentences>> | undefined = findCode(code)?.cases
  return cases !== undefined && Object.hasOwn(cases, problemCase) ? cases[problemCase] : undefined
}

export function findCode(code: string): CodeSentences | undefined {
  const table: Readonly<Record<string, CodeSentences>> = sentences
  return Object.hasOwn(table, code) ? table[code] : undefined
}
