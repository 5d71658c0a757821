/** Text of a tile: label, proportions if samples are mixed, and the draws in words. */
import type { Text } from '#core/base/text'
import type { AugmentPreview } from '#core/rpc/contract/augment'
import { transforms } from '#core/transforms/index'

/** A sample in a mixed image, with its proportion. */
export interface Part {
  readonly target: number
  readonly share: number
}

/** Proportions below this are not shown. */
const LEAST = 0.005

/** What image `row` shows, its own sample first: a single part if nothing is mixed. */
export function partsOf(
  { targets, shares, indices }: Pick<AugmentPreview, 'targets' | 'shares' | 'indices'>,
  row: number,
): readonly Part[] {
  const count = indices.length
  const width = Math.max(1, targets.length / count)
  const at = (place: number): number => targets[(((place % count) + count) % count) * width] ?? 0
  if (shares === undefined) return [{ target: at(row), share: 1 }]
  const parts = shares.map((share, places): Part => ({ target: at(row - places), share: share[row] ?? 0 }))
  return parts.filter(({ share }, places) => share > LEAST || places === 0)
}

const mixing = new Set<string>(transforms.filter(({ group }) => group === 'mixing').map(({ title }) => title))

/** The draws for `row`, step by step, except for mixing steps, which the parts describe. */
export function wordsOf({ stages, order }: Pick<AugmentPreview, 'stages' | 'order'>, row: number): readonly Text[] {
  return stages.flatMap(({ words }, at) => {
    const drawn = words?.[row]
    return drawn === undefined || mixing.has(order.training[at - 1] ?? '') ? [] : [drawn]
  })
}

/** How the text of a step that left the sample unchanged begins. */
const idle = /^(not |no |nothing |unchanged)/

/** The text for narrow places: `dx +1, dy 0` → `+1 0`; steps without effect are left out. */
export function briefWords(words: readonly Text[]): readonly Text[] {
  const brief = (text: string): string => text.replaceAll(/d[xy] /g, '').replaceAll(/[,，] ?/g, ' ')
  return words.filter(({ en }) => !idle.test(en)).map(({ en, zh }) => ({ en: brief(en), zh: brief(zh) }))
}
