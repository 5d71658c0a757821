/** The vocabulary of texts: an id for every token that is frequent enough, and texts as sequences of ids. */

/** Pads short texts. */
export const PADDING_ID = 0
/** Replaces every token that is not in the vocabulary. */
export const UNKNOWN_ID = 1

/** Names of the first two ids; no text contains such tokens. */
const reserved = ['<padding>', '<unknown>'] as const

/** Adds the tokens of one text to `counts`. */
export function countTokens(counts: Map<string, number>, tokens: readonly string[]): void {
  for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + 1)
}

export interface VocabularyLimits {
  /** Maximum number of ids, including the two reserved ones. */
  readonly size: number
  /** Minimum number of occurrences of a token. */
  readonly minCount: number
}

/** Tokens by id: padding, unknown, then by descending frequency; tokens of equal frequency in alphabetical order. */
export function buildVocabulary(counts: ReadonlyMap<string, number>, { size, minCount }: VocabularyLimits): string[] {
  const frequent = [...counts].filter(([, count]) => count >= minCount)
  frequent.sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
  const room = Math.max(0, size - reserved.length)
  return [...reserved, ...frequent.slice(0, room).map(([token]) => token)]
}

/** Ids by token. */
export function indexVocabulary(vocabulary: readonly string[]): ReadonlyMap<string, number> {
  const index = new Map<string, number>()
  for (let id = reserved.length; id < vocabulary.length; id++) index.set(vocabulary[id]!, id)
  return index
}

export function encode(tokens: readonly string[], index: ReadonlyMap<string, number>): Int32Array {
  const ids = new Int32Array(tokens.length)
  for (let i = 0; i < ids.length; i++) ids[i] = index.get(tokens[i]!) ?? UNKNOWN_ID
  return ids
}
