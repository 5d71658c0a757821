/** Thumbnails of image files, and their metadata: read once, decoded no larger than needed. */
import { stat } from 'node:fs/promises'
import { backgrounds, type ImageReading } from '#core/data/imageReading'
import { arrangePixels, decodePixels, readImageHeader, type ImageHeader } from '../readers/image'
import { readBounded } from '../readers/file'
import { imageLibrary } from '../readers/imageLibrary'
import { PIXEL_LIMIT } from '../readers/nativeImage'
import { convertChannels, planesOf, type Pixels } from '../readers/pixels'

/** Pixels of the longer side of a thumbnail. */
const SIDE = 64
/** Larger files get no thumbnail. */
const FILE_LIMIT = 48 * 2 ** 20

export interface Seen {
  readonly header: ImageHeader
  readonly bytes: number
}

export interface Thumbnail extends Seen {
  readonly shape: number[]
  readonly pixels: Uint8Array<ArrayBuffer>
}

/** Size and kind of an image file; undefined if it is too large for a quick read. @throws ProblemError */
export async function seeImage(path: string): Promise<Seen | undefined> {
  const read = await readSmall(path)
  return read && { header: await readImageHeader({ file: path, bytes: read }), bytes: read.length }
}

/** @throws ProblemError where it is not an image, or damaged */
export async function thumbnail(path: string, reading: ImageReading): Promise<Thumbnail | undefined> {
  const bytes = await readSmall(path)
  if (!bytes) return undefined
  const header = await readImageHeader({ file: path, bytes })
  const image = await decodeSmall(path, bytes, header, reading)
  return {
    header,
    bytes: bytes.length,
    shape: [image.channels, image.height, image.width],
    pixels: planesOf(image) as Uint8Array<ArrayBuffer>,
  }
}

async function readSmall(path: string): Promise<Buffer | undefined> {
  const info = await stat(path).catch(() => undefined)
  if (info && info.size > FILE_LIMIT) return undefined
  return readBounded(path, FILE_LIMIT)
}

/** The image library downscales while decoding: accurate enough for a preview and many times faster. */
async function decodeSmall(
  path: string,
  bytes: Buffer,
  { format, depth, channels, cmyk }: ImageHeader,
  reading: ImageReading,
): Promise<Pixels> {
  const exact = async () => shrink((await decodePixels({ file: path, bytes }, reading)).pixels)
  if (format === 'bmp' || format === 'pnm' || (reading.levels && depth === 16)) return exact()
  try {
    const sharp = await imageLibrary()
    const { data, info } = await sharp(bytes, { failOn: 'warning', limitInputPixels: PIXEL_LIMIT, ignoreIcc: true })
      .autoOrient()
      .resize(SIDE, SIDE, { fit: 'inside', withoutEnlargement: true })
      .toColourspace(channels <= 2 && !cmyk ? 'b-w' : 'srgb')
      .raw()
      .toBuffer({ resolveWithObject: true })
    return convertChannels(
      { width: info.width, height: info.height, channels: info.channels, data },
      'as-is',
      backgrounds[reading.background],
    )
  } catch {
    // The reader reports what is wrong with it.
    return exact()
  }
}

export function shrink(image: Pixels): Pixels {
  const longer = Math.max(image.width, image.height)
  if (longer <= SIDE) return convertChannels(image, 'as-is')
  const size = (side: number) => Math.max(1, Math.round((side * SIDE) / longer))
  const resize = { width: size(image.width), height: size(image.height), mode: 'stretch' as const }
  return arrangePixels(image, { channels: 'as-is', resize })
}
