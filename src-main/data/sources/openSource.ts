/** The reader of a project's data source. */
import type { DataSource } from '#core/graph/dataSettings'
import type { Project } from '#core/graph/project'
import { builtinSource } from './builtin'
import { openIdxSource } from './idx'
import type { SourceReader } from './source'
import { openTableSource } from './table'

/** Paths of the source are relative to `directory`. @throws ProblemError where files are missing or are something else */
export async function openSource(
  source: DataSource,
  task: Project['task'],
  directory: string,
  title?: string,
): Promise<SourceReader> {
  switch (source.kind) {
    case 'builtin': {
      const { source: files, title: name } = await builtinSource(source.name)
      return openSource(files, task, directory, name)
    }
    case 'idx':
      return openIdxSource(source, task, directory, title)
    case 'table':
      return openTableSource(source, task, directory, title)
    default:
      throw new Error(`internal: no reader for ${source.kind}`)
  }
}
