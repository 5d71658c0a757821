/** Warnings that are kept with prepared data: they name files by their place below a folder, which may have been moved since. */
import { isAbsolute, join, relative } from 'node:path'
import type { Problem } from '#core/problems/problem'

/** As it is kept. */
export function belowRoot(root: string, problem: Problem): Problem {
  return withFile(problem, (file) => {
    const path = relative(root, file)
    return path === '' || path.startsWith('..') || isAbsolute(path) ? file : path
  })
}

/** As it is shown. */
export function fromRoot(root: string, problem: Problem): Problem {
  return withFile(problem, (file) => (isAbsolute(file) ? file : join(root, file)))
}

function withFile(problem: Problem, change: (file: string) => string): Problem {
  const { place } = problem
  return place.file === undefined ? problem : { ...problem, place: { ...place, file: change(place.file) } }
}
