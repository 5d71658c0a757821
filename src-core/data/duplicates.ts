/**
 * Finds equal samples by their 64-bit hashes, within the splits and across them, which invalidates every measurement.
 */

import { splitNames, type SplitName } from './split'

export interface DuplicateReport {
  /** Samples that repeat an earlier one of the same split. */
  readonly within: Readonly<Record<SplitName, number>>
  /** Samples of the second split that are also in the first. */
  readonly across: readonly { readonly from: SplitName; readonly to: SplitName; readonly count: number }[]
  /** Example groups of equal samples by index, those across splits first. */
  readonly examples: readonly (readonly number[])[]
}

const EXAMPLES = 20
const EXAMPLE_SIZE = 6

/** `hashes` has two words per sample; `splitOf` gives 0, 1 or 2 for the splits and 255 for samples in none. */
export function findDuplicates(hashes: Uint32Array, splitOf: Uint8Array): DuplicateReport {
  const count = hashes.length / 2
  const order = Uint32Array.from({ length: count }, (_, i) => i).sort(
    (a, b) => hashes[2 * a]! - hashes[2 * b]! || hashes[2 * a + 1]! - hashes[2 * b + 1]! || a - b,
  )
  const within = { train: 0, validation: 0, test: 0 }
  const across = new Map<string, number>()
  const examples: { members: number[]; crosses: boolean }[] = []
  for (let begin = 0; begin < count;) {
    let end = begin + 1
    while (end < count && isSame(hashes, order[begin]!, order[end]!)) end++
    if (end - begin > 1) {
      const members = [...order.subarray(begin, end)].filter((i) => splitOf[i]! < 3)
      const crosses = countGroup(members, splitOf, within, across)
      if (members.length > 1) examples.push({ members: members.slice(0, EXAMPLE_SIZE), crosses })
    }
    begin = end
  }
  return {
    within,
    across: [...across].map(([pair, n]) => {
      const [from, to] = pair.split(' ') as [SplitName, SplitName]
      return { from, to, count: n }
    }),
    examples: examples
      .sort((a, b) => Number(b.crosses) - Number(a.crosses) || a.members[0]! - b.members[0]!)
      .slice(0, EXAMPLES)
      .map(({ members }) => members),
  }
}

function isSame(hashes: Uint32Array, a: number, b: number): boolean {
  return hashes[2 * a] === hashes[2 * b] && hashes[2 * a + 1] === hashes[2 * b + 1]
}

/** Counts one group of equal samples; returns whether it is in more than one split. */
function countGroup(
  members: readonly number[],
  splitOf: Uint8Array,
  within: Record<SplitName, number>,
  across: Map<string, number>,
): boolean {
  const counts = [0, 0, 0]
  for (const member of members) counts[splitOf[member]!]!++
  splitNames.forEach((name, s) => (within[name] += Math.max(0, counts[s]! - 1)))
  let crosses = false
  for (const [from, to] of [
    [0, 1],
    [0, 2],
    [1, 2],
  ] as const) {
    if (counts[from] === 0 || counts[to] === 0) continue
    crosses = true
    const pair = `${splitNames[from]} ${splitNames[to]}`
    across.set(pair, (across.get(pair) ?? 0) + counts[to]!)
  }
  return crosses
}
