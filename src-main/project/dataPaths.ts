/** Data file paths in a project: relative to the project file, so that a folder with both can be moved. */
import { isAbsolute, relative, resolve, sep } from 'node:path'
import type { Project } from '#core/graph/project'
import { mapSourcePaths } from '#core/graph/sourcePaths'

/**
 * The project with its paths rewritten for a file in the folder `to`. `from` is the folder they were relative to, null
 * for a project without a file. Absolute paths below `to` become relative; other absolute paths are unchanged.
 */
export function moveDataPaths(project: Project, from: string | null, to: string): Project {
  const move = (path: string): string => movePath(path, from, to)
  return { ...project, data: { ...project.data, source: mapSourcePaths(project.data.source, move) } }
}

/** The project with paths relative to the folder `from` made absolute, for a project without a file. */
export function absoluteDataPaths(project: Project, from: string): Project {
  const source = mapSourcePaths(project.data.source, (path) => resolve(from, path))
  return { ...project, data: { ...project.data, source } }
}

/** The path of a file as stored by a project in the folder `project`: relative if it is below that folder. */
export function dataPath(path: string, project: string | null): string {
  return project === null ? path : movePath(path, null, project)
}

function movePath(path: string, from: string | null, to: string): string {
  if (isAbsolute(path)) {
    const way = relative(to, path)
    return way.startsWith('..') || isAbsolute(way) ? path : portable(way)
  }
  return from === null || resolve(from) === resolve(to) ? path : portable(relative(to, resolve(from, path)))
}

/**
 * Forward slashes on every platform, because the file may be opened on another. On Windows, a path on another drive
 * stays absolute.
 */
function portable(path: string): string {
  return isAbsolute(path) ? path : path.split(sep).join('/')
}
