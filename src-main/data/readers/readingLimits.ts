/**
 * Which files data may be read from. The desktop app and the command line read anything their user may. In browser mode
 * a project may come from anywhere and is opened by a page, so its paths, including links, are limited to what the open
 * dialog can reach. The limits apply to the process: every reader checks here, and engine processes receive them with
 * every request.
 */
import { realpath } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { fail } from '#core/problems/problem'
import { displayPath } from '../../disk/fileGrants'

export interface ReadingLimits {
  /** Real paths of the folders the user can browse. */
  readonly places: readonly string[]
  /** Real paths of the app's own data: shipped, downloaded or dropped on a page. */
  readonly own: readonly string[]
}

let limits: ReadingLimits | undefined

/** Applies from now on; undefined removes the limits. */
export function limitReading(to: ReadingLimits | undefined): void {
  limits = to
}

export function readingLimits(): ReadingLimits | undefined {
  return limits
}

/** Samples passed between processes are in the temporary folder, under names with this prefix. */
export const HANDED_OVER = 'layerloom-samples-'

export async function mayRead(path: string): Promise<boolean> {
  if (limits === undefined) return true
  const real = await realTarget(path)
  return [...limits.places, ...limits.own].some((folder) => isInside(folder, real)) || isHandedOver(real)
}

async function isHandedOver(real: string): Promise<boolean> {
  const folder = dirname(real)
  return basename(folder).startsWith(HANDED_OVER) && dirname(folder) === (await realpath(tmpdir()))
}

/** @throws ProblemError `file-outside`, the same whether the path exists or not */
export async function checkReading(path: string): Promise<void> {
  if (!(await mayRead(path))) failOutside(path, limits!.places)
}

/** Resolves links in the path, or in its folder if the file itself does not exist. */
export async function realTarget(path: string): Promise<string> {
  return realpath(path).catch(async () => join(await realpath(dirname(path)).catch(() => sep), basename(path)))
}

export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && resolve(way) !== way)
}

export function failOutside(path: string, places: readonly string[]): never {
  const values = { received: displayPath(path), folder: displayPath(dirname(path)) }
  const where = { file: displayPath(path) }
  if (places.length === 0) return fail('file-outside', 'no-folder', values, where)
  return fail('file-outside', 'any', { ...values, expected: places.map(displayPath).join(', ') }, where)
}
