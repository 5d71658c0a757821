/** The sources of the renderer as text, for tests that check the code itself. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../../../src-renderer')

export interface Source {
  /** Path inside src-renderer. */
  readonly path: string
  readonly text: string
}

/** All files with one of these extensions, in a stable order. */
export function readSources(...endings: readonly string[]): readonly Source[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => ({ path: relative(root, file).replaceAll('\\', '/'), text: readFileSync(file, 'utf8') }))
}
