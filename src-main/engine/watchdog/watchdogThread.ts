/**
 * Entry of the engine's watchdog: a thread that keeps running while a native call blocks the engine. It kills an engine
 * whose parent is gone, and maintains the heartbeat file of the current run.
 */
import { utimesSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'

/** Milliseconds between checks for the parent, and between heartbeats. */
const LOOK = 1000
const SIGN = 5000
/** Milliseconds an orphaned engine has to exit by itself. */
const GRACE = 2000

const { parent } = workerData as { readonly parent: number }
let sign: string | null = null
let orphaned = false

parentPort!.on('message', (file: string | null) => (sign = file))

setInterval(() => {
  if (sign === null) return
  try {
    utimesSync(sign, new Date(), new Date())
  } catch {
    // The run has ended, or its disk is gone.
  }
}, SIGN)

setInterval(() => {
  if (orphaned || !isGone()) return
  orphaned = true
  // `process.exit` would end only this thread.
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), GRACE)
}, LOOK)

/** When a parent exits, its children are reparented; on Windows they keep the id of a process that no longer exists. */
function isGone(): boolean {
  if (process.ppid !== parent) return true
  try {
    process.kill(parent, 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}
