/** Steps that make samples of texts. */
import type { DataProposal } from '#core/rpc/contract/data'
import { lowerCase } from '#core/text/lowerCase'
import { tokenize } from '#core/text/tokenize'

/** Tokens of a sample: what nine of ten texts have, within these bounds. */
const SHORTEST = 10
const LONGEST = 200
/** Characters of a text that are cut into tokens for it. */
const CHARACTERS = 20_000

/** From fewer texts than this on, a word that occurs once counts too. */
const FEW = 200

/** `texts` are some of the `count` texts. */
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
