/** One download per file at a time, across all processes of this computer: a lock file with its holder's process id. */
import { open, readFile, rm } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { failWrite } from '../../disk/atomicFile'

export interface FileLock {
  release(): Promise<void>
}

/** Locks held by this process: its own id in a lock file may be left from an earlier process with the same id. */
const held = new Set<string>()

/** The lock at `path`, or undefined if a living process holds it. */
export async function takeFileLock(path: string): Promise<FileLock | undefined> {
  if (held.has(path)) return undefined
  held.add(path)
  try {
    for (let attempt = 0; attempt < 3; attempt++) {
      if (await writeNew(path)) return { release: () => release(path) }
      if (await isAlive(path)) break
      await rm(path, { force: true })
    }
  } catch (error) {
    held.delete(path)
    throw error
  }
  held.delete(path)
  return undefined
}

async function release(path: string): Promise<void> {
  await rm(path, { force: true })
  held.delete(path)
}

async function writeNew(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx')
    await file.writeFile(String(process.pid)).finally(() => file.close())
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    return failWrite(path, error as NodeJS.ErrnoException)
  }
}

async function isAlive(path: string): Promise<boolean> {
  const read = () => readFile(path, 'utf8').catch(() => '')
  // Another process may have created the file but not written it yet.
  const pid = Number((await read()) || (await delay(200).then(read)))
  if (!Number.isInteger(pid) || pid < 1 || pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // It runs, but belongs to another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
