/** What remains in memory after garbage collection, which is forced. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose_gc')
export const collectGarbage = runInNewContext('gc') as () => void

/** Bytes of the heap still in use. */
export function usedHeap(): number {
  collectGarbage()
  return process.memoryUsage().heapUsed
}
