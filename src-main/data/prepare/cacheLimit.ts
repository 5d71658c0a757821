/** Size limit of the cache: stored in its own folder, because the app, the engine and the command line all fill it. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { failWrite, writeAtomically } from '../../disk/atomicFile'
import { makeFolder } from '../../disk/makeFolder'

/** Default in bytes. */
export const DEFAULT_LIMIT = 20 * 2 ** 30

const limitSchema = z.object({ bytes: z.number().min(0) })
const limitFile = (folder: string): string => join(folder, 'limit.json')

export async function readLimit(folder: string): Promise<number> {
  try {
    return limitSchema.parse(JSON.parse(await readFile(limitFile(folder), 'utf8'))).bytes
  } catch {
    return DEFAULT_LIMIT
  }
}

/** @throws ProblemError `file-write` */
export async function writeLimit(folder: string, bytes: number): Promise<void> {
  await makeFolder(folder).catch((error: unknown) =>
    failWrite(limitFile(folder), error as NodeJS.ErrnoException, 'Set LAYERLOOM_CACHE to another folder.'),
  )
  await writeAtomically(limitFile(folder), `${JSON.stringify({ bytes })}\n`)
}
