/** Which document a project is: the id in it, or one that stands in where the project is of before there were ids. */
import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import type { Project } from '#core/graph/project'

/** `folder` is the one that the paths of the project are relative to. Old runs of one folder and name are of one document. */
export function documentIdOf({ id, name }: Project, folder: string): string {
  return id ?? hashed('run', resolve(folder), name)
}

/** For a document without an id: always the same one for the same path or autosave. */
export function idOfPlace(place: string): string {
  return hashed('place', place)
}

function hashed(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 32)
}
