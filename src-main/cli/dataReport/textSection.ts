/** Texts: their length in tokens, and the vocabulary. */
import { formatCount } from '../view/numbers'
import type { Section } from './describe'
import { blocksOf, formatShare } from './figures'
import type { PreparedData } from './inspection'

const WORDS = 12
const RESERVED = 2

export function textSection({ dataset, look: { lengths } }: PreparedData): Section {
  const { vocabulary } = dataset.facts.sample
  if (!vocabulary || !lengths) return { title: 'Texts', lines: [] }
  const { edges, counts } = lengths
  const most = edges.at(-1)!
  const texts = counts.reduce((sum, count) => sum + count, 0)
  const last = counts.at(-1)!
  const full = last === 0 ? '' : `; ${formatShare(last, texts)} near or at the limit`
  const frequent = vocabulary.slice(RESERVED, RESERVED + WORDS).join(' ')
  return {
    title: 'Texts',
    lines: [
      `  tokens      0 ${blocksOf(counts, counts.length)} ${formatCount(most)}${full}`,
      `  vocabulary  ${formatCount(vocabulary.length - RESERVED)} words: ${frequent} …`,
    ],
  }
}
