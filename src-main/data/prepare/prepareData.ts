/**
 * Prepares a project's data: reads the source and runs the pre-transforms, taking each step from the cache if possible.
 */
import { resolve } from 'node:path'
import type { DataSettings } from '#core/graph/dataSettings'
import type { Project } from '#core/graph/project'
import { sourcePaths } from '#core/graph/sourcePaths'
import { checkReading } from '../readers/readingLimits'
import { openSource } from '../sources/openSource'
import type { SourceReader } from '../sources/source'
import { CacheStore } from './cacheStore'
import type { PrepareContext } from './prepareContext'
import type { Prepared } from './preparation'
import { prepareImages } from './prepareImages'
import { prepareTable } from './prepareTable'
import { prepareTexts } from './prepareTexts'
import { finishWhole } from './prepareUniform'
import { readSource, type ReadData } from './readStep'
import { openWork, type Work } from './work'

export interface PrepareOptions {
  readonly cache?: CacheStore
  readonly work?: Work
}

/**
 * Source paths are relative to `projectDirectory`.
 * @throws ProblemError with file, line or byte, what was expected and received, and a fix
 */
export async function prepareData(
  settings: DataSettings,
  task: Project['task'],
  projectDirectory: string,
  { cache = new CacheStore(), work = openWork() }: PrepareOptions = {},
): Promise<Prepared> {
  // Before anything is read, and before another program's prepared data is taken from the cache.
  for (const path of sourcePaths(settings.source)) await checkReading(resolve(projectDirectory, path))
  const reader = await openSource(settings.source, task, projectDirectory)
  const context: PrepareContext = { cache, work, title: reader.title }
  return prepareKind(reader, settings, context)
}

async function prepareKind(reader: SourceReader, settings: DataSettings, context: PrepareContext): Promise<Prepared> {
  const read = await readSource(reader, context.cache, context.work)
  switch (reader.kind) {
    case 'table':
      return prepareTable(read, settings, context)
    case 'image':
      return prepareImages(read, settings, context)
    case 'text':
      return prepareTexts(read, settings, context)
    case 'array':
      return prepareArrays(read, settings, context)
  }
}

/** Arrays are used unchanged: no step applies to them. */
async function prepareArrays(read: ReadData, settings: DataSettings, context: PrepareContext): Promise<Prepared> {
  const { entry, details, targets, given, report } = read
  const whole = {
    source: { entry },
    samples: { entry, form: details.sample! },
    targets,
    ...(given && { given }),
    reports: [report],
    notes: details.notes,
    files: [],
  }
  return finishWhole(whole, details.target, 'array', settings, context)
}
