/** Paths as users read and retype them. */
import { relative, resolve } from 'node:path'

/** Relative if the path is inside the current folder, otherwise absolute. */
export function shortPath(path: string, from = process.cwd()): string {
  const way = relative(from, resolve(from, path))
  return way === '' ? '.' : way.startsWith('..') ? resolve(from, path) : way
}

/** A command-line word quoted so that it can be pasted into a shell. */
export function shellWord(word: string, platform = process.platform): string {
  if (/^[\p{L}\p{N}_./:@%+=,\\-]+$/u.test(word)) return word
  return platform === 'win32' ? `"${word}"` : `'${word.replaceAll("'", `'\\''`)}'`
}
