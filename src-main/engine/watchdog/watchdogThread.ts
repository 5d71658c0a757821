/**
 * Entry of the engine's watchdog: a thread that goes on while a native call blocks the engine. It ends an engine whose
 * parent is gone, and keeps the sign of life of the run that goes on.
 */
import { utimesSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'

/** Milliseconds between two looks for the parent, and between two signs of life. */
const LOOK = 1000
const SIGN = 5000
/** Milliseconds that an engine without a parent has to end by itself. */
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
    // The run has ended, or its disk is away.
  }
}, SIGN)

setInterval(() => {
  if (orphaned || !isGone()) return
  orphaned = true
  // `process.exit` would end this thread alone.
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), GRACE)
}, LOOK)

/** Where the parent ends, its children get another one; on Windows they keep the number of one that is not there. */
function isGone(): boolean {
  if (process.ppid !== parent) return true
  try {
    process.kill(parent, 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}
