/** Paths as people read and retype them. */
import { relative, resolve } from 'node:path'

/** Relative to the current folder where the path lies inside it, otherwise absolute. */
export function shortPath(path: string, from = process.cwd()): string {
  const way = relative(from, resolve(from, path))
  return way === '' ? '.' : way.startsWith('..') ? resolve(from, path) : way
}

/** A word of a command that can be pasted into a shell. */
export function shellWord(word: string, platform = process.platform): string {
  if (/^[\p{L}\p{N}_./:@%+=,\\-]+$/u.test(word)) return word
  return platform === 'win32' ? `"${word}"` : `'${word.replaceAll("'", `'\\''`)}'`
}
