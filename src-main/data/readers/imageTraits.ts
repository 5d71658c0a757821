/** What is needed to read an image file well: its background and its value range. */
import { backgrounds, type Background, type ImageTraits } from '#core/data/imageReading'
import { ProblemError, type Problem } from '#core/problems/problem'
import { openImageFile } from './image'
import { convertChannels, narrowed, rangeOf, type Pixels } from './pixels'

/** Decodes only images with transparency or 16 bits per channel. @throws ProblemError like `decodeImage` */
export async function readTraits(file: string): Promise<ImageTraits> {
  const { header, decode, decodeDeep } = await openImageFile(file)
  const deep = await decodeDeep?.()
  const range = deep && rangeOf(deep)
  if (!header.alpha) return range ? { range } : {}
  const pixels = deep ? narrowed(deep, range!) : await decode()
  return { ...(range && { range }), ...(isTransparent(pixels) && { contrast: contrastsOf(pixels) }) }
}

export type SeenFile = { readonly traits: ImageTraits } | { readonly problem: Problem }

/** Like `readTraits`, but returns problems with the file in the result. */
export async function seeFile(file: string): Promise<SeenFile> {
  try {
    return { traits: await readTraits(file) }
  } catch (error) {
    if (error instanceof ProblemError) return { problem: error.problems[0]! }
    throw error
  }
}

function isTransparent({ channels, data }: Pixels): boolean {
  if (channels % 2 === 1) return false
  for (let at = channels - 1; at < data.length; at += channels) if (data[at] !== 255) return true
  return false
}

function contrastsOf(pixels: Pixels): Record<Background, number> {
  const over = (background: Background) => deviation(convertChannels(pixels, 'grayscale', backgrounds[background]).data)
  return { black: over('black'), white: over('white'), grey: over('grey') }
}

function deviation(levels: Uint8Array): number {
  let sum = 0
  let squares = 0
  for (const level of levels) {
    sum += level
    squares += level * level
  }
  const mean = sum / levels.length
  return Math.sqrt(Math.max(0, squares / levels.length - mean * mean))
}
