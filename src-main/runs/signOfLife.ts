/**
 * `.running` in the folder of a run that goes on. It is touched every few seconds, so that a computer which cannot ask for
 * the process knows that it lives; and it holds room, so that a run which ends on a full disk can still write down why.
 */
import { rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const FILE = '.running'
/** Bytes of room: several times what a record with its problems takes. */
const ROOM = 2 ** 18
/** Milliseconds without a sign after which a run of another computer counts as cut off. */
const SILENCE = 120_000

export const signOfLife = (run: string): string => join(run, FILE)

/** A disk without this room has none for the run either, which its first checkpoint tells. */
export function beginSign(run: string): void {
  try {
    writeFileSync(signOfLife(run), new Uint8Array(ROOM))
  } catch {
    endSign(run)
  }
}

/** Also frees the room. */
export function endSign(run: string): void {
  try {
    rmSync(signOfLife(run), { force: true })
  } catch {
    // A folder that is gone, or can only be read, needs no sign removed.
  }
}

/** Whether there is a sign that is not older than can be. */
export function givesSigns(run: string, now = Date.now()): boolean {
  try {
    return now - statSync(signOfLife(run)).mtimeMs < SILENCE
  } catch {
    return false
  }
}
