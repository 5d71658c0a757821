/**
 * How image files become 8 bits per channel without transparency: decided once per dataset, and stored with its runs.
 */

/** Possible backgrounds of transparent parts, with their level. */
export const backgrounds = { black: 0, white: 255, grey: 128 } as const
export type Background = keyof typeof backgrounds

export interface ImageReading {
  readonly background: Background
  /** Value range of images with 16 bits per channel, mapped to 0 and 255; absent if the upper 8 bits are used. */
  readonly levels?: readonly [number, number]
}

export const plainReading: ImageReading = { background: 'black' }

/** Properties observed in one image file. */
export interface ImageTraits {
  /** Minimum and maximum of a channel if it has 16 bits. */
  readonly range?: readonly [number, number]
  /** Standard deviation of its levels over each background, if parts of it are transparent. */
  readonly contrast?: Readonly<Record<Background, number>>
}

/** An image whose levels vary less than this shows nothing. */
const FLAT = 2
/** A range of at least half of all 65,536 values keeps 7 bits or more without stretching. */
const WIDE = 32768
/** An image with fewer values than this keeps only 16 of its 8-bit levels. */
const NARROW = 4096

/**
 * The reading that preserves most of these images of the training split: the background over which the fewest of them
 * are flat, of black and white the one with more contrast, gray only if neither preserves as much; and the value
 * range if it is a small part of 16 bits.
 */
export function decideReading(
  traits: readonly ImageTraits[],
  given: Partial<Pick<ImageReading, 'background' | 'levels'>> = {},
): ImageReading {
  const background = given.background ?? decideBackground(traits)
  const levels = given.levels ?? decideLevels(traits)
  return { background, ...(levels && { levels }) }
}

function decideBackground(traits: readonly ImageTraits[]): Background {
  const contrasts = traits.flatMap(({ contrast }) => contrast ?? [])
  const seen = contrasts.filter((contrast) => Math.max(...Object.values(contrast)) >= FLAT)
  const flat = (background: Background) => seen.filter((contrast) => contrast[background] < FLAT).length
  const total = (background: Background) => seen.reduce((sum, contrast) => sum + contrast[background], 0)
  const isWhite = flat('white') - flat('black') || total('black') - total('white')
  const best = isWhite < 0 ? 'white' : 'black'
  return flat('grey') < flat(best) ? 'grey' : best
}

function decideLevels(traits: readonly ImageTraits[]): [number, number] | undefined {
  const whole = rangeOf(traits)
  return whole && whole[1] > whole[0] && whole[1] - whole[0] < WIDE ? whole : undefined
}

function rangeOf(traits: readonly ImageTraits[]): [number, number] | undefined {
  let range: [number, number] | undefined
  for (const { range: own } of traits) {
    if (!own) continue
    range = range ? [Math.min(range[0], own[0]), Math.max(range[1], own[1])] : [own[0], own[1]]
  }
  return range
}

/** Number of 16-bit images reduced to 16 levels or fewer because others use much more of the range. */
export function countDimmed(traits: readonly ImageTraits[], { levels }: ImageReading): number {
  const [low, high] = levels ?? [0, 65535]
  const share = NARROW / 65536
  return traits.filter(({ range }) => range && range[1] > range[0] && range[1] - range[0] < share * (high - low)).length
}
