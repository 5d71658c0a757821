/** Decodes PNG, JPEG, WebP, TIFF and GIF with sharp (libvips). Its warnings are treated as errors. */
import { text, type Text } from '#core/base/text'
import { fail } from '#core/problems/problem'
import { endsEarly } from './imageEnd'
import { formatName, type ImageFormat } from './imageFormat'
import { imageLibrary } from './imageLibrary'
import type { DeepPixels, Pixels } from './pixels'
import { tiffColors } from './tiffColors'

export interface NativeHeader {
  /** As displayed: after the EXIF rotation. */
  readonly width: number
  readonly height: number
  readonly channels: number
  readonly depth: number
  readonly frames: number
  readonly space: string
  readonly alpha: boolean
}

/** Maximum pixels per image; libvips rejects more before it allocates. */
export const PIXEL_LIMIT = 100e6
const SECONDS = 30
/** Color spaces that can be converted to gray or RGB. */
const spaces = ['b-w', 'grey16', 'srgb', 'rgb16', 'rgb', 'cmyk']

/** Size and kind of an image, without decoding it. */
export async function readNativeHeader(file: string, bytes: Uint8Array, format: ImageFormat): Promise<NativeHeader> {
  if (format === 'tiff') checkTiff(file, bytes)
  const meta = await (await open(bytes)).metadata().catch((error: unknown) => failDecoding(file, bytes, format, error))
  const depths: Record<string, number> = { uchar: meta.bitsPerSample ?? 8, ushort: 16 }
  const depth = depths[meta.depth]
  if (depth === undefined || !spaces.includes(meta.space)) {
    const values = { format: formatName(format), space: meta.space, depth: meta.depth }
    fail('data-format', 'image-space', values, { file })
  }
  const { width, height } = meta.autoOrient
  return {
    width,
    height,
    channels: meta.channels,
    depth,
    frames: meta.pages ?? 1,
    space: meta.space,
    alpha: meta.hasAlpha && meta.space !== 'cmyk',
  }
}

/** Colors that the library reports as damage, or misreads. */
function checkTiff(file: string, bytes: Uint8Array): void {
  const meaning = tiffColors(bytes)
  if (meaning !== undefined) failKind(file, 'tiff', meaning)
}

export function failKind(file: string, format: ImageFormat, detail: Text): never {
  return fail('data-format', 'image-kind', { format: formatName(format), detail }, { file })
}

/** Whether an image's 16 bits per channel can be read unchanged. */
export const isDeep = ({ depth, space }: NativeHeader): boolean =>
  depth === 16 && (space === 'grey16' || space === 'rgb16')

/** The first frame of an image for which `isDeep` is true, with EXIF rotation. */
export async function decodeDeep(
  file: string,
  bytes: Uint8Array,
  format: ImageFormat,
  { space }: NativeHeader,
): Promise<DeepPixels> {
  const { data, info } = await (
    await open(bytes)
  )
    .autoOrient()
    .timeout({ seconds: SECONDS })
    .toColourspace(space)
    .raw({ depth: 'ushort' })
    .toBuffer({ resolveWithObject: true })
    .catch((error: unknown) => failDecoding(file, bytes, format, error))
  const { width, height, channels } = info
  // Copied, because the bytes may be unaligned.
  return { width, height, channels, data: new Uint16Array(Uint8Array.from(data).buffer) }
}

/** The first frame with EXIF rotation and 8 bits per channel: the upper ones of 16. Color profiles are ignored. */
export async function decodeNative(
  file: string,
  bytes: Uint8Array,
  format: ImageFormat,
  { space, channels }: NativeHeader,
): Promise<Pixels> {
  const plain = space === 'b-w' && channels === 1
  const image = (await open(bytes)).autoOrient().timeout({ seconds: SECONDS })
  const target =
    space === 'cmyk'
      ? image.pipelineColourspace('cmyk').toColourspace('cmyk')
      : image.toColourspace(plain ? 'b-w' : 'srgb')
  const { data, info } = await target
    .raw()
    .toBuffer({ resolveWithObject: true })
    .catch((error: unknown) => failDecoding(file, bytes, format, error))
  const pixels = { width: info.width, height: info.height, channels: info.channels, data }
  if (space === 'cmyk') return fromInk(pixels)
  return space === 'b-w' || space === 'grey16' ? firstChannel(pixels, channels === 2) : pixels
}

async function open(bytes: Uint8Array) {
  const sharp = await imageLibrary()
  return sharp(bytes, { failOn: 'warning', limitInputPixels: PIXEL_LIMIT, ignoreIcc: true, unlimited: false })
}

/** Cyan, magenta, yellow and black to RGB like Pillow: (255 - ink) · (255 - black) / 255. */
function fromInk({ width, height, channels, data }: Pixels): Pixels {
  const result = new Uint8Array(width * height * 3)
  for (let from = 0, to = 0; to < result.length; from += channels, to += 3) {
    const white = 255 - data[from + 3]!
    for (let c = 0; c < 3; c++) {
      const product = data[from + c]! * white + 128
      result[to + c] = white - ((product + (product >> 8)) >> 8)
    }
  }
  return { width, height, channels: 3, data: result }
}

/** A gray image from RGB with three equal channels. */
function firstChannel({ width, height, channels, data }: Pixels, alpha: boolean): Pixels {
  if (channels === 1) return { width, height, channels, data }
  const target = alpha ? 2 : 1
  const result = new Uint8Array(width * height * target)
  for (let from = 0, to = 0; to < result.length; from += channels, to += target) {
    result[to] = data[from]!
    if (alpha) result[to + 1] = data[from + channels - 1]!
  }
  return { width, height, channels: target, data: result }
}

function failDecoding(file: string, bytes: Uint8Array, format: ImageFormat, error: unknown): never {
  const lines = (error as Error).message
    .split('\n')
    .map((line) => line.replace(/^Input buffer has corrupt header:/, ''))
  const message =
    lines.map((line) => line.trim().slice(0, 200)).find((line) => line !== '') ?? 'bytes that do not decode'
  const large = /pixel limit|dimension|too large/i.test(message)
  const isKind = /unsupported (jpeg|precision|marker)|precision|not (supported|configured|implemented)/i.test(message)
  // The library says it in English only.
  const detail = text(message, large ? '超过图像库的上限' : isKind ? '图像库不支持' : '字节无法解码')
  if (!large && isKind && !endsEarly(format, bytes)) failKind(file, format, detail)
  const short =
    !large && (endsEarly(format, bytes) || /premature end of JPEG|unexpected end|read error at/i.test(message))
  const name = formatName(format)
  if (large) return fail('data-too-large', 'image-decoding', { format: name, most: PIXEL_LIMIT, detail }, { file })
  // For a truncated image, the library's message varies, depending on whether decoder or reader fails first.
  if (short)
    return fail('data-truncated', 'image-end', { format: name, size: bytes.length }, { file, byte: bytes.length })
  return fail('data-format', 'image-damaged', { format: name, detail }, { file })
}
