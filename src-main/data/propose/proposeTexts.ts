/** Steps that turn texts into samples. */
import type { DataProposal } from '#core/rpc/contract/data'
import { lowerCase } from '#core/text/lowerCase'
import { tokenize } from '#core/text/tokenize'

/** Tokens per sample: enough for nine of ten texts, within these limits. */
const SHORTEST = 10
const LONGEST = 200
/** Characters of a text to tokenize for that. */
const CHARACTERS = 20_000

/** With fewer texts than this, a word that occurs once counts too. */
const FEW = 200

/** `texts` is a subset of the `count` texts. */
export function stepsForTexts(texts: readonly string[], count: number): DataProposal['preprocess'] {
  const lengths = texts.map((text) => tokenize(lowerCase(text.slice(0, CHARACTERS)), 'word').length)
  const usual = lengths.sort((a, b) => a - b)[Math.floor(lengths.length * 0.9)] ?? LONGEST
  const length = Math.min(LONGEST, Math.max(SHORTEST, 10 * Math.ceil(usual / 10)))
  return [
    { kind: 'lower-case' },
    { kind: 'tokenize', unit: 'word' },
    { kind: 'vocabulary', size: 10_000, minCount: count < FEW ? 1 : 2 },
    { kind: 'pad', length },
  ]
}
