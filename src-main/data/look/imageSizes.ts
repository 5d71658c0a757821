/** Sizes and channels of the image files of a data set, as they are stored: of some of them, because each has to be opened. */
import { join } from 'node:path'
import { ProblemError } from '#core/problems/problem'
import type { Dataset } from '../openDataset'
import { FILES, readImageFiles } from '../prepare/imageFiles'
import { spread } from '../propose/proposal'
import { readImageHeader } from '../readers/image'

export interface ImageSizes {
  /** Files that were opened, of all. */
  readonly looked: number
  readonly files: number
  /** The most frequent first. */
  readonly sizes: readonly { readonly width: number; readonly height: number; readonly count: number }[]
  /** How many files have 1 channel (grey), 2 (grey and alpha), 3 (colour) and 4 (colour and alpha), and how many are `cmyk`. */
  readonly channels: Readonly<Record<string, number>>
}

const LOOKED = 300

/** Null for data that is not in image files. */
export async function imageSizes({ source }: Dataset, signal?: AbortSignal): Promise<ImageSizes | null> {
  const { entry, root = '' } = source
  if (!(FILES in entry.files)) return null
  const files = await readImageFiles(entry)
  const counts = new Map<string, number>()
  const channels: Record<string, number> = {}
  let looked = 0
  for (const file of spread(files, LOOKED)) {
    signal?.throwIfAborted()
    const header = await readImageHeader(join(root, file)).catch(unlessProblem)
    if (!header) continue
    looked++
    const size = `${header.width} ${header.height}`
    counts.set(size, (counts.get(size) ?? 0) + 1)
    const kind = header.cmyk ? 'cmyk' : header.channels
    channels[kind] = (channels[kind] ?? 0) + 1
  }
  const sizes = [...counts].map(([size, count]) => {
    const [width, height] = size.split(' ').map(Number) as [number, number]
    return { width, height, count }
  })
  return { looked, files: files.length, sizes: sizes.sort((a, b) => b.count - a.count), channels }
}

/** Files that cannot be read are told of by the preparation. */
function unlessProblem(error: unknown): undefined {
  if (!(error instanceof ProblemError)) throw error
}
