/** Likely intended names for an unknown one. */

/** Names by similarity to `name`, closest first; unrelated ones are left out. */
export function namesLike(name: string, names: readonly string[]): string[] {
  const plain = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
  const wanted = plain(name)
  return names
    .map((candidate) => ({ candidate, edits: editDistance(wanted, plain(candidate)) }))
    .filter(({ candidate, edits }) => edits <= Math.max(1, Math.floor(Math.min(wanted.length, candidate.length) / 3)))
    .sort((a, b) => a.edits - b.edits)
    .map(({ candidate }) => candidate)
}

/** Shorter names are one letter away from many others: `gpu` is not a typo for `cpu`. */
const SHORTEST = 4

/** The name that was most likely meant, where one is near enough to ask. */
export function nearestName(name: string, names: readonly string[]): string | undefined {
  return name.length < SHORTEST ? undefined : namesLike(name, names)[0]
}

/**
 * Minimum number of insertions, deletions, replacements, or swaps of adjacent letters that turn one text into the other
 * (Damerau 1964): two letters in the wrong order are one typo.
 */
function editDistance(a: string, b: string): number {
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const exchanged = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? before[j - 2]! + 1 : Infinity
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1), exchanged))
    }
    before = row
    row = next
  }
  return row[b.length]!
}
