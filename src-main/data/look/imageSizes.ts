/** Sizes and channels of a dataset's image files as stored; sampled, because each file has to be opened. */
import { join } from 'node:path'
import { ProblemError } from '#core/problems/problem'
import type { Dataset } from '../openDataset'
import { FILES, readImageFiles } from '../prepare/imageFiles'
import { spread } from '../propose/proposal'
import { readImageHeader } from '../readers/image'

export interface ImageSizes {
  /** Number of files opened, out of all. */
  readonly looked: number
  readonly files: number
  /** Most frequent first. */
  readonly sizes: readonly { readonly width: number; readonly height: number; readonly count: number }[]
  /**
   * How many files have 1 channel (gray), 2 (gray and alpha), 3 (color) and 4 (color and alpha), and how many are
   * `cmyk`.
   */
  readonly channels: Readonly<Record<string, number>>
}

const LOOKED = 300

/** Null for data without image files. */
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

/** Unreadable files are reported by the preparation. */
function unlessProblem(error: unknown): undefined {
  if (!(error instanceof ProblemError)) throw error
}
