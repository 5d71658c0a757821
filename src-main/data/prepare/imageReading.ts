/**
 * Decides how image files are read, based on the training split: the background behind transparent parts, and the value
 * range of images with 16 bits per channel.
 */
import { join } from 'node:path'
import * as z from 'zod'
import {
  countDimmed,
  decideReading,
  type Background,
  type ImageReading,
  type ImageTraits,
} from '#core/data/imageReading'
import type { DataSettings } from '#core/graph/dataSettings'
import type { Problem } from '#core/problems/problem'
import { makeProblem } from '#core/problems/wording'
import { spread } from '../propose/proposal'
import { seeFile } from '../readers/imageTraits'
import { cacheKey } from './cacheStore'
import { lookAtFiles } from './decodeFiles'
import type { ImageFiles } from './imageFiles'
import type { ReadingChoice } from './preparation'
import type { PrepareContext } from './prepareContext'

/** Number of files to inspect; all of them only if some have 16 bits per channel. */
const LOOKED_AT = 512
/** Number of files to inspect before starting a worker. */
const FEW = 24

const level = z.number()
const traitsSchema = z.array(
  z.object({
    range: z.tuple([level, level]).optional(),
    contrast: z.object({ black: level, white: level, grey: level } satisfies Record<Background, unknown>).optional(),
  }),
) as unknown as z.ZodType<ImageTraits[]>

export interface DecidedReading {
  readonly reading: ImageReading
  readonly choice: ReadingChoice
  readonly notes: readonly Problem[]
}

/** `train` has indices into the files; `key` is that of everything the files and their split depend on. */
export async function readingOf(
  source: DataSettings['source'],
  { root, files }: ImageFiles,
  train: Int32Array,
  key: string,
  context: PrepareContext,
): Promise<DecidedReading> {
  const given = source.kind === 'image-folder' || source.kind === 'image-list' ? source : undefined
  const chosen = {
    ...(given?.background && { background: given.background }),
    ...(given?.levels && { levels: given.levels }),
  }
  // Both are set only for images with transparent parts and 16 bits.
  if (chosen.background && chosen.levels)
    return { reading: decideReading([], chosen), choice: { isTransparent: true, isDeep: true }, notes: [] }
  const paths = Array.from(train, (index) => files[index]!)
  const { entry } = await context.cache.findOrBuild(cacheKey('image-reading', key), async () => {
    const first = await look(root, spread(paths, LOOKED_AT), context)
    const isDeep = first.some(({ range }) => range) && paths.length > LOOKED_AT
    const details = isDeep ? await look(root, paths, context) : first
    return { step: 'describe', source: context.title, count: details.length, details }
  })
  const traits = traitsSchema.parse(entry.details)
  const reading = decideReading(traits, chosen)
  const dimmed = countDimmed(traits, reading)
  const choice = {
    isTransparent: chosen.background !== undefined || traits.some(({ contrast }) => contrast),
    isDeep: chosen.levels !== undefined || traits.some(({ range }) => range),
  }
  return { reading, choice, notes: dimmed > 0 ? [noteDimmed(root, dimmed, traits, reading)] : [] }
}

async function* lookHere(root: string, files: readonly string[]): ReturnType<typeof lookAtFiles> {
  for (const [index, file] of files.entries()) yield { index, seen: await seeFile(join(root, file)) }
}

async function look(root: string, files: readonly string[], { work }: PrepareContext): Promise<ImageTraits[]> {
  const traits: ImageTraits[] = []
  for await (const { index, seen } of files.length > FEW ? lookAtFiles(root, files) : lookHere(root, files)) {
    // Unreadable files are reported when they are decoded.
    if ('traits' in seen && Object.keys(seen.traits).length > 0) traits.push(seen.traits)
    await work.advance({ step: 'describe', done: index, total: files.length })
  }
  return traits
}

function noteDimmed(root: string, count: number, traits: readonly ImageTraits[], { levels }: ImageReading): Problem {
  const [low, high] = levels ?? [0, 65535]
  const deep = traits.filter(({ range }) => range).length
  const where = { file: root, param: 'data.source.levels', severity: 'warning' } as const
  return makeProblem('data-suspicious', 'levels', { count, deep, low, high }, where)
}
