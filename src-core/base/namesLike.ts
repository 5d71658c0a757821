/** Names that were most likely meant by one that is not known. */

/** Names in the order of how little they differ from `name`; those that have nothing to do with it are left out. */
export function namesLike(name: string, names: readonly string[]): string[] {
  const plain = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
  const wanted = plain(name)
  return names
    .map((candidate) => ({ candidate, edits: editDistance(wanted, plain(candidate)) }))
    .filter(({ candidate, edits }) => edits <= Math.max(1, Math.floor(Math.min(wanted.length, candidate.length) / 3)))
    .sort((a, b) => a.edits - b.edits)
    .map(({ candidate }) => candidate)
}

/** Shorter names are a letter away from many: whoever writes `gpu` does not mean `cpu`. */
const SHORTEST = 4

/** The name that was most likely meant, where one is near enough to ask. */
export function nearestName(name: string, names: readonly string[]): string | undefined {
  return name.length < SHORTEST ? undefined : namesLike(name, names)[0]
}

/** `Did you mean “train”? ` where a name is near, to begin a sentence of what to do with; otherwise nothing. */
export function didYouMean(name: string, names: readonly string[]): string {
  const nearest = nearestName(name, names)
  return nearest === undefined ? '' : `Did you mean “${nearest}”? `
}

/**
 * Least number of letters to insert, delete or replace, or of neighbours to exchange, to turn one text into the other
 * (Damerau 1964): two letters in the wrong order are one slip of the fingers.
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
