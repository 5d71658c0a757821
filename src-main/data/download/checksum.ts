/** SHA-256 of a file, read in chunks. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'

/** Undefined if `signal` aborts before the end. */
export async function sha256Of(path: string, signal?: AbortSignal): Promise<string | undefined> {
  const hash = createHash('sha256')
  try {
    await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash, { ...(signal && { signal }) })
  } catch (error) {
    if (signal?.aborted) return undefined
    throw error
  }
  return hash.digest('hex')
}
