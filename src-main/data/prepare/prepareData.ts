/** Prepares the data of a project: reads the source and runs the pre-transforms, each step from the cache where it is there. */
import type { DataSettings } from '#core/graph/dataSettings'
import type { Project } from '#core/graph/project'
import { openSource } from '../sources/openSource'
import type { SourceReader } from '../sources/source'
import { CacheStore } from './cacheStore'
import type { PrepareContext } from './prepareContext'
import type { Prepared } from './preparation'
import { prepareTable } from './prepareTable'
import { finishWhole } from './prepareUniform'
import { readSource } from './readStep'
import { openWork, type Work } from './work'

export interface PrepareOptions {
  readonly cache?: CacheStore
  readonly work?: Work
}

/**
 * Paths of the source are relative to `projectDirectory`.
 * @throws ProblemError that names file, line or byte, what was expected and received, and a fix
 */
export async function prepareData(
  settings: DataSettings,
  task: Project['task'],
  projectDirectory: string,
  { cache = new CacheStore(), work = openWork() }: PrepareOptions = {},
): Promise<Prepared> {
  const reader = await openSource(settings.source, task, projectDirectory)
  const context: PrepareContext = { cache, work, title: reader.title }
  return prepareKind(reader, settings, context)
}

async function prepareKind(reader: SourceReader, settings: DataSettings, context: PrepareContext): Promise<Prepared> {
  const read = await readSource(reader, context.cache, context.work)
  if (reader.kind === 'table') return prepareTable(read, settings, context)
  const { entry, details, targets, given, report } = read
  const whole = {
    samples: { entry, form: details.sample! },
    targets,
    ...(given && { given }),
    reports: [report],
    notes: details.notes,
    files: [],
  }
  return finishWhole(whole, details.target, reader.kind, settings, context)
}
