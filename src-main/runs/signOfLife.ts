/**
 * `.running` in the folder of a run in progress. It is touched every few seconds, so that a computer that cannot query
 * the process knows it is alive; and it reserves space, so that a run that ends on a full disk can still record why.
 */
import { rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const FILE = '.running'
/** Bytes to reserve: several times the size of a record with its problems. */
const ROOM = 2 ** 18
/** Milliseconds without a heartbeat after which a run of another computer counts as interrupted. */
const SILENCE = 120_000

export const signOfLife = (run: string): string => join(run, FILE)

/** A disk without this space has none for the run either; its first checkpoint reports that. */
export function beginSign(run: string): void {
  try {
    writeFileSync(signOfLife(run), new Uint8Array(ROOM))
  } catch {
    endSign(run)
  }
}

/** Also frees the reserved space. */
export function endSign(run: string): void {
  try {
    rmSync(signOfLife(run), { force: true })
  } catch {
    // A folder that is gone or read-only needs no cleanup.
  }
}

/** Whether there is a recent heartbeat. */
export function givesSigns(run: string, now = Date.now()): boolean {
  try {
    return now - statSync(signOfLife(run)).mtimeMs < SILENCE
  } catch {
    return false
  }
}
