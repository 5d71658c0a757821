/** Searches commands: every word of the query must occur; a match at the start of a word ranks higher. */
import type { AppCommand } from './useCommands'

function scoreWord(word: string, label: string, keywords: string): number {
  const at = label.indexOf(word)
  if (at === 0) return 4
  if (at > 0) return /[\s:(]/.test(label[at - 1] ?? '') ? 3 : 2
  if (keywords.includes(word)) return 1
  return 0
}

/** Matching commands, best first; for an empty query all of them in default order. */
export function searchCommands(all: readonly AppCommand[], query: string): readonly AppCommand[] {
  const visible = all.filter((command) => command.hidden !== true)
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  if (words.length === 0) return visible.filter((command) => command.onlyFound !== true)
  const scored = visible.flatMap((command) => {
    const label = command.label().toLowerCase()
    const keywords = command.keywords?.().toLowerCase() ?? ''
    const scores = words.map((word) => scoreWord(word, label, keywords))
    return scores.includes(0) ? [] : [{ command, score: scores.reduce((sum, score) => sum + score, 0) }]
  })
  return scored.sort((a, b) => b.score - a.score).map((entry) => entry.command)
}
