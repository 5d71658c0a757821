/** One server per data folder: a lock file, through which a second start can also request a new link from the first. */
import { randomBytes } from 'node:crypto'
import { open, readFile, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import * as z from 'zod'
import { failWrite } from '../disk/atomicFile'
import { makeFolder } from '../disk/makeFolder'
import { LAUNCH_PATH } from './launchRequest'

/** In the data folder. */
export const LOCK_FILE = 'server.lock'

const lockSchema = z.object({
  pid: z.int(),
  port: z.int().min(1).max(65535),
  /** Known only to those who can read this file, which is its owner. */
  secret: z.string().min(32),
})
export type LockContent = z.infer<typeof lockSchema>

export interface ProfileLock {
  readonly content: LockContent
  release(): Promise<void>
}

export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/**
 * Takes the lock for this process, whose server is already listening, or returns the holder. A lock whose server does
 * not answer was left by a crash and is taken over.
 */
export async function takeLock(
  dataFolder: string,
  content: LockContent,
): Promise<ProfileLock | { heldBy: LockContent }> {
  await makeFolder(dataFolder, 0o700).catch((error: unknown) => failNoFolder(dataFolder, error))
  const path = join(dataFolder, LOCK_FILE)
  for (let attempt = 0; attempt < 5; attempt++) {
    if (await writeNew(path, content)) return { content, release: () => releaseLock(path, content) }
    // Another start may have created the file but not written it yet.
    const holder = (await readLock(path)) ?? (await delay(200).then(() => readLock(path)))
    if (holder !== undefined && (await answers(holder))) return { heldBy: holder }
    await unlink(path).catch(() => undefined)
  }
  throw new Error(`${path} cannot be replaced; delete it and restart`)
}

/**
 * Requests a link from the server that holds the lock, and opens a project and places there; undefined if it does not
 * answer.
 */
export async function requestLink(
  holder: LockContent,
  projectPath?: string,
  browse: readonly string[] = [],
): Promise<string | undefined> {
  const response = await ask(holder, { path: projectPath ?? null, browse })
  if (response === undefined) return undefined
  return z.object({ link: z.string() }).parse(await response.json()).link
}

async function writeNew(path: string, content: LockContent): Promise<boolean> {
  try {
    const file = await open(path, 'wx', 0o600)
    await file.writeFile(JSON.stringify(content))
    await file.close()
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    return failNoFolder(path, error)
  }
}

export async function readLock(path: string): Promise<LockContent | undefined> {
  try {
    return lockSchema.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch {
    return undefined
  }
}

/** A process id alone is not enough: after a crash it may belong to another program. */
async function answers(holder: LockContent): Promise<boolean> {
  return (await ask(holder, { ping: true })) !== undefined
}

async function ask({ port, secret }: LockContent, body: object): Promise<Response | undefined> {
  const response = await fetch(`http://127.0.0.1:${port}${LAUNCH_PATH}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(3000),
  }).catch(() => undefined)
  return response?.ok ? response : undefined
}

async function releaseLock(path: string, content: LockContent): Promise<void> {
  const present = await readLock(path)
  if (present?.secret === content.secret) await unlink(path).catch(() => undefined)
}

/** @throws ProblemError `file-write` */
function failNoFolder(path: string, error: unknown): never {
  return failWrite(path, error as NodeJS.ErrnoException, 'Set LAYERLOOM_HOME to a writable folder.')
}
