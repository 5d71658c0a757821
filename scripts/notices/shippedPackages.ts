/** The packages that are shipped as they are, beside the bundle. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Folders of Electron and of the packages that electron-builder.yml lets into the app, as installed on this platform. */
export function shippedPackages(root: string): string[] {
  const rules = readFileSync(join(root, 'electron-builder.yml'), 'utf8')
  const kept = /'!node_modules\/!\(([^)]*)\)\/\*\*'/.exec(rules)?.[1]
  if (kept === undefined) throw new Error('electron-builder.yml does not say which packages it keeps')
  return ['electron', ...kept.split('|')]
    .flatMap((name) =>
      name.startsWith('@') ? scoped(join(root, 'node_modules', name)) : [join(root, 'node_modules', name)],
    )
    .filter((folder) => existsSync(folder))
}

function scoped(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : []
}
