/** Warnings stored with prepared data: their file paths are relative to a folder, which may have been moved since. */
import { isAbsolute, join, relative } from 'node:path'
import type { Problem } from '#core/problems/problem'

/** In stored form. */
export function belowRoot(root: string, problem: Problem): Problem {
  return withFile(problem, (file) => {
    const path = relative(root, file)
    return path === '' || path.startsWith('..') || isAbsolute(path) ? file : path
  })
}

/** In displayed form. */
export function fromRoot(root: string, problem: Problem): Problem {
  return withFile(problem, (file) => (isAbsolute(file) ? file : join(root, file)))
}

function withFile(problem: Problem, change: (file: string) => string): Problem {
  const { place } = problem
  return place.file === undefined ? problem : { ...problem, place: { ...place, file: change(place.file) } }
}
