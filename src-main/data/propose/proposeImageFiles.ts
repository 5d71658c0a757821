/** Image files of a folder or a list: a contact sheet, and steps that bring all images to one size. */
import { join } from 'node:path'
import { decideReading, type ImageReading } from '#core/data/imageReading'
import type { DataProposal } from '#core/rpc/contract/data'
import { ProblemError, type Problem } from '#core/problems/problem'
import { readTraits } from '../readers/imageTraits'
import { imageLibrary } from '../readers/imageLibrary'
import { BusyPatience, inTime, spread } from './proposal'
import { seeImage, thumbnail, type Seen } from './thumbnail'

export interface ImageFile {
  /** Relative to the root. */
  readonly path: string
  readonly label: string
}

/** Pictures per contact sheet, and files whose sizes are inspected. */
const SHEET = 24
const LOOKED_AT = 160
/** Milliseconds for all of that. */
const LOOK = 350
/** Candidate image sides: small enough for a first try on any computer. */
const SIDES = [96, 64, 48, 32, 28, 24, 16, 8]

export type ImageFindings = Pick<DataProposal, 'pictures' | 'reading' | 'preprocess' | 'transforms' | 'problems'> & {
  /** Average bytes per file; 0 if none could be read. */
  readonly bytesOfFile: number
}

/** `files` should be ordered by class, so that some of each are inspected. */
export async function lookAtImages(
  root: string,
  files: readonly ImageFile[],
  given: Partial<ImageReading> = {},
): Promise<ImageFindings> {
  const problems: Problem[] = []
  const note = (error: unknown): undefined => {
    if (!(error instanceof ProblemError)) throw error
    const [first] = error.problems
    if (first) problems.push({ ...first, severity: 'warning' })
    return undefined
  }
  // Loading the library does not count as inspecting an image.
  await imageLibrary()
  const patience = new BusyPatience(LOOK)
  // Reads the sheet twice: what it shows is read as in training, as far as a few files can tell.
  const traits = await inTime(spread(files, SHEET), patience, ({ path }) => readTraits(join(root, path)).catch(note))
  const reading = decideReading(traits, given)
  const sheet = await inTime(spread(files, SHEET), patience, ({ path, label }) =>
    thumbnail(join(root, path), reading).then((found) => found && { ...found, label, file: path }, note),
  )
  const others = await inTime(spread(files, LOOKED_AT), patience, ({ path }) => seeImage(join(root, path)).catch(note))
  const seen: Seen[] = [...sheet, ...others]
  const total = seen.reduce((sum, { bytes }) => sum + bytes, 0)
  return {
    reading: {
      ...reading,
      levels: reading.levels ? [...reading.levels] : null,
      isTransparent: traits.some(({ contrast }) => contrast !== undefined),
      isDeep: traits.some(({ range }) => range !== undefined),
    },
    pictures: sheet.map(({ shape, pixels, label, file }) => ({ shape, pixels, label, file })),
    ...stepsFor(seen),
    problems: firstOfEach(problems).map((problem) => (seen.length > 0 ? problem : { ...problem, severity: 'error' })),
    bytesOfFile: seen.length === 0 ? 0 : total / seen.length,
  }
}

/** Color and size are set even if all inspected files agree: a single one that differs would stop the preparation. */
function stepsFor(seen: readonly Seen[]): Pick<DataProposal, 'preprocess' | 'transforms'> {
  const headers = seen.map(({ header }) => header)
  const isColor = headers.some(({ channels }) => channels >= 3)
  const sizes = new Set(headers.map(({ width, height }) => `${height}×${width}`))
  const [only] = headers
  const isSmall = only !== undefined && Math.max(only.width, only.height) <= 2 * SIDES[0]!
  const size = sizes.size === 1 && only && isSmall ? sizeOf(only.height, only.width) : sensibleSide(headers)
  return {
    preprocess: [
      { kind: 'color', mode: isColor ? 'rgb' : 'grayscale' },
      { kind: 'resize', size, mode: 'fill' },
    ],
    transforms: [{ kind: 'normalize', enabled: true }],
  }
}

const sizeOf = (height: number, width: number): number | number[] => (height === width ? height : [height, width])

/** The largest common side that most images have. */
function sensibleSide(headers: readonly { readonly width: number; readonly height: number }[]): number {
  const sides = headers.map(({ width, height }) => Math.min(width, height)).sort((a, b) => a - b)
  const median = sides[sides.length >> 1] ?? SIDES[1]!
  return SIDES.find((side) => side <= median) ?? SIDES.at(-1)!
}

/** The same problem of many files is reported once, for the first of them. */
function firstOfEach(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>()
  return problems.filter(({ code, message }) => {
    const key = `${code} ${message}`
    return !seen.has(key) && seen.add(key)
  })
}
