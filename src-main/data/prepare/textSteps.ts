/** Texts to token ids: lower case, tokens, vocabulary, length. Steps that a project does not name have their defaults. */
import { invariant } from '#core/base/assert'
import { findPreTransform } from '#core/pretransforms/index'
import type { PreTransformChoice } from '#core/pretransforms/preprocess'
import { defaultValues } from '#core/params/params'
import { lowerCase } from '#core/text/lowerCase'
import { padOrCut, type PadSide } from '#core/text/padOrCut'
import { tokenize, type TokenUnit } from '#core/text/tokenize'
import { encode, type VocabularyLimits } from '#core/text/vocabulary'

export interface TextSettings {
  readonly lower: boolean
  readonly unit: TokenUnit
  readonly vocabulary: VocabularyLimits
  readonly length: number
  readonly side: PadSide
}

/** Kinds of the steps in their order. */
export const textKinds = ['lower-case', 'tokenize', 'vocabulary', 'pad'] as const

/** Settings from steps with all their parameters. */
export function textSettings(steps: readonly PreTransformChoice[]): TextSettings {
  const of = (kind: (typeof textKinds)[number]): Record<string, unknown> => {
    const definition = findPreTransform(kind)
    invariant(definition, `no pre-transform ${kind}`)
    return { ...defaultValues(definition.params), ...steps.find((step) => step.kind === kind) }
  }
  const { unit } = of('tokenize')
  const { size, minCount } = of('vocabulary')
  const { length, side } = of('pad')
  return {
    lower: steps.some(({ kind }) => kind === 'lower-case'),
    unit: unit as TokenUnit,
    vocabulary: { size: size as number, minCount: minCount as number },
    length: length as number,
    side: side as PadSide,
  }
}

export function tokensOf(text: string, { lower, unit }: TextSettings): string[] {
  return tokenize(lower ? lowerCase(text) : text, unit)
}

/** The sample of a text: [length] ids. `index` gives the id of every word of the vocabulary. */
export function encodeText(text: string, settings: TextSettings, index: ReadonlyMap<string, number>): Int32Array {
  return padOrCut(encode(tokensOf(text, settings), index), settings.length, settings.side)
}
