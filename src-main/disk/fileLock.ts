/** File lock, also across processes: one writer at a time, and the second one sees what the first wrote. */
import { open, readFile, realpath, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { stateOfProcess, thisProcess, type ProcessIdentity } from '../machine/processIdentity'

/** Milliseconds between attempts, and after which a lock from an unreachable computer counts as stale. */
const AGAIN = 20
const LEFT_BEHIND = 30_000

/**
 * Runs the work while no other process holds the lock of the file. The lock is a file next to it, `.name.lock`.
 * @throws the file system error where the lock cannot be created, as in a read-only folder
 */
export async function withFileLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const target = await realpath(path).catch(() => path)
  const lock = join(dirname(target), `.${basename(target)}.lock`)
  while (!(await take(lock))) {
    if (await isLeftBehind(lock)) await rm(lock, { force: true })
    else await new Promise((resolve) => setTimeout(resolve, AGAIN))
  }
  try {
    return await work()
  } finally {
    await rm(lock, { force: true }).catch(() => undefined)
  }
}

/** False if another process holds it. */
async function take(lock: string): Promise<boolean> {
  try {
    const file = await open(lock, 'wx', 0o600)
    try {
      await file.writeFile(JSON.stringify(thisProcess()))
    } finally {
      await file.close()
    }
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    // Windows reports EPERM while a lock is being removed.
    if (code === 'EEXIST' || (code === 'EPERM' && process.platform === 'win32')) return false
    await rm(lock, { force: true }).catch(() => undefined)
    throw error
  }
}

async function isLeftBehind(lock: string): Promise<boolean> {
  const info = await stat(lock).catch(() => undefined)
  if (info === undefined) return false
  if (Date.now() - info.mtimeMs > LEFT_BEHIND) return true
  try {
    return stateOfProcess(JSON.parse(await readFile(lock, 'utf8')) as ProcessIdentity) === 'gone'
  } catch {
    // It is being written right now, or was removed.
    return false
  }
}
