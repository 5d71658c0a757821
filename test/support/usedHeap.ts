/** What is kept in memory, whenever the collector would have come by itself. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose_gc')
export const collectGarbage = runInNewContext('gc') as () => void

/** Bytes of the heap that something still holds. */
export function usedHeap(): number {
  collectGarbage()
  return process.memoryUsage().heapUsed
}
