/** Finds the files shipped with the program: from source, from the built `out/main`, and from a packaged app. */
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fail } from '#core/problems/problem'

/** Path of a file under `resources/`, e.g. `data/penguins.csv`. */
export function resourcePath(relative: string): string {
  const folders: string[] = []
  // Set by Electron; in a packaged app the resources may be there instead of inside the archive.
  const { resourcesPath } = process as { resourcesPath?: string }
  if (resourcesPath !== undefined) folders.push(join(resourcesPath, 'resources'), resourcesPath)
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    folders.push(join(folder, 'resources'))
    if (dirname(folder) === folder) break
  }
  const found = folders.map((folder) => join(folder, relative)).find((path) => existsSync(path))
  return found ?? fail('data-missing', 'incomplete', {}, { file: join('resources', relative) })
}

/** Path of a file inside an installed data package. */
export function packagePath(packageName: string, relative: string): string {
  const require = createRequire(import.meta.url)
  try {
    return join(dirname(require.resolve(`${packageName}/package.json`)), relative)
  } catch {
    return fail('data-missing', 'incomplete-packages', {}, { file: `node_modules/${packageName}` })
  }
}
