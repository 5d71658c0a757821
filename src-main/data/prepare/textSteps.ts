/** Texts to token ids: lower case, tokens, vocabulary, length. Steps missing in a project use their defaults. */
import { storedValues, type ParamSpecs } from '#core/params/params'
import { pad } from '#core/pretransforms/kinds/pad'
import { tokenize as tokenizeStep } from '#core/pretransforms/kinds/tokenize'
import { vocabulary } from '#core/pretransforms/kinds/vocabulary'
import type { PreTransformChoice } from '#core/pretransforms/preTransformList'
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

/** Step kinds in order. */
export const textKinds = ['lower-case', 'tokenize', 'vocabulary', 'pad'] as const

/** Settings from steps with all their parameters. */
export function textSettings(steps: readonly PreTransformChoice[]): TextSettings {
  const of = <P extends ParamSpecs>({ kind, params }: { readonly kind: string; readonly params: P }) =>
    storedValues(
      params,
      steps.find((step) => step.kind === kind),
    )
  const { length, side } = of(pad)
  return {
    lower: steps.some(({ kind }) => kind === 'lower-case'),
    unit: of(tokenizeStep).unit,
    vocabulary: of(vocabulary),
    length,
    side,
  }
}

export function tokensOf(text: string, { lower, unit }: TextSettings): string[] {
  return tokenize(lower ? lowerCase(text) : text, unit)
}

/** The sample of a text: [length] ids. `index` maps every word of the vocabulary to its id. */
export function encodeText(text: string, settings: TextSettings, index: ReadonlyMap<string, number>): Int32Array {
  return padOrCut(encode(tokensOf(text, settings), index), settings.length, settings.side)
}
