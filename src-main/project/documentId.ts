/** The identity of a project: its id, or a substitute for projects from before ids existed. */
import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import type { Project } from '#core/graph/project'

/**
 * `folder` is what the project's paths are relative to. Old runs with the same folder and name belong to the same
 * project.
 */
export function documentIdOf({ id, name }: Project, folder: string): string {
  return id ?? hashed('run', resolve(folder), name)
}

/** For a project without an id: deterministic for a path or an autosave. */
export function idOfPlace(place: string): string {
  return hashed('place', place)
}

function hashed(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 32)
}
