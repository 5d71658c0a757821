/** Images of any size and color as model samples: they get the same preprocessing as the training images. */
import { elementCount } from '#core/tensor/shape'
import { runImageSteps } from '../prepare/imageSteps'
import { openIdx, readIdxBytes } from '../readers/idx'
import { decodePixels } from '../readers/image'
import { convertChannels, pixelsOf, planesOf, type Pixels } from '../readers/pixels'
import { imageShape } from '../sources/imageShape'
import { checkShape, type ExpectedSample, type ReadSamples } from './expectedSample'

export async function readNewImage(path: string, expected: ExpectedSample): Promise<ReadSamples> {
  const { pixels } = await decodePixels(path, expected.reading)
  return { count: 1, data: prepare(path, pixels, expected) }
}

/** All images of an IDX file. */
export async function readNewIdx(path: string, expected: ExpectedSample): Promise<ReadSamples> {
  const idx = await openIdx(path)
  const shape = imageShape(idx)
  const [channels, height, width] = shape as [number, number, number]
  const count = idx.shape[0]!
  const read = new Uint8Array(idx.length)
  const size = elementCount(shape)
  if (!expected.steps) {
    checkShape(path, expected.sample, shape)
    await readIdxBytes(idx, read)
    return { count, data: read }
  }
  await readIdxBytes(idx, read)
  const prepared = elementCount(expected.sample.shape)
  const data = new Uint8Array(count * prepared)
  for (let i = 0; i < count; i++) {
    const pixels = pixelsOf(read.subarray(i * size, (i + 1) * size), channels, height, width)
    data.set(prepare(path, pixels, expected), i * prepared)
  }
  return { count, data }
}

function prepare(path: string, pixels: Pixels, { sample, steps = [] }: ExpectedSample): Uint8Array {
  const image = withChannels(runImageSteps(pixels, steps), sample.shape[0])
  checkShape(path, sample, [image.channels, image.height, image.width])
  return planesOf(image)
}

/** Programs save gray images as color ones and vice versa; undoing that loses nothing. */
function withChannels(image: Pixels, wanted: number | undefined): Pixels {
  if (image.channels === wanted) return image
  if (wanted === 3) return convertChannels(image, 'rgb')
  return wanted === 1 && isGray(image) ? convertChannels(image, 'grayscale') : image
}

function isGray({ channels, data }: Pixels): boolean {
  for (let at = 0; at < data.length; at += channels)
    if (data[at] !== data[at + 1] || data[at] !== data[at + 2]) return false
  return true
}
