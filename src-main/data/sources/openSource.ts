/** The reader of a project's data source. */
import { downloadNames, type DataSource, type DownloadName } from '#core/graph/dataSettings'
import type { Project } from '#core/graph/project'
import { fail } from '#core/problems/problem'
import { openArraySource } from './arrays'
import { embeddedData, openDownloaded } from './builtin'
import { openImageFolder, openTextFolder } from './classFolders'
import { openIdxSource } from './idx'
import { openImageList } from './imageList'
import type { SourceReader } from './source'
import { openTableSource } from './table'

/** Paths of the source are relative to `projectFolder`. @throws ProblemError where files are missing or are something else */
export async function openSource(
  source: DataSource,
  task: Project['task'],
  projectFolder: string,
  title?: string,
): Promise<SourceReader> {
  switch (source.kind) {
    case 'none':
      return failNone()
    case 'builtin': {
      const { name } = source
      if (isDownload(name)) return openDownloaded(name, task)
      const { source: files, title } = await embeddedData(name)
      return openSource(files, task, projectFolder, title)
    }
    case 'idx':
      return openIdxSource(source, task, projectFolder, title)
    case 'table':
      return openTableSource(source, task, projectFolder, title)
    case 'image-folder':
      return openImageFolder(source, projectFolder)
    case 'image-list':
      return openImageList(source, task, projectFolder)
    case 'arrays':
      return openArraySource(source, task, projectFolder)
    case 'text-folder':
      return openTextFolder(source, projectFolder)
  }
}

function isDownload(name: string): name is DownloadName {
  return (downloadNames as readonly string[]).includes(name)
}

function failNone(): never {
  return fail('data-missing', 'none', {}, { param: 'data.source' })
}
