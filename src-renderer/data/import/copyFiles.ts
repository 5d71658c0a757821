/** Copies dropped files to the host, in chunks, for pages that see file contents but no paths. */
import type { Client } from '#core/rpc/client'
import type { FileReference } from '#core/rpc/contract/file'
import { UPLOAD_PART } from '#core/rpc/contract/upload'
import type { Collected, CollectedFile } from './collectFiles'

/** Small files are sent together. */
const MOST_TOGETHER = 500

interface Part {
  readonly path: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

/**
 * Returns the copy. Aborting `signal` cancels and removes it.
 * @throws ProblemError where a file cannot be accepted, and the abort of the signal
 */
export async function copyFiles(
  client: Client,
  { name, files, bytes }: Collected,
  signal: AbortSignal,
  onProgress: (bytes: number) => void,
): Promise<FileReference> {
  const { upload } = await client.upload.begin({ name, bytes, files: files.length })
  let done = 0
  try {
    for await (const parts of partsOf(files)) {
      signal.throwIfAborted()
      await client.upload.write({ upload, parts })
      done += parts.reduce((sum, part) => sum + part.bytes.length, 0)
      onProgress(done)
    }
    signal.throwIfAborted()
    return await client.upload.finish({ upload })
  } catch (error) {
    await client.upload.cancel({ upload }).catch(() => undefined)
    throw error
  }
}

/** Parts sent together: in total no larger than the limit of one part. */
async function* partsOf(files: readonly CollectedFile[]): AsyncGenerator<Part[]> {
  let together: Part[] = []
  let size = 0
  for (const { path, file } of files) {
    for (let at = 0; at === 0 || at < file.size; at += UPLOAD_PART) {
      const bytes = new Uint8Array(await file.slice(at, at + UPLOAD_PART).arrayBuffer())
      if (together.length > 0 && (size + bytes.length > UPLOAD_PART || together.length === MOST_TOGETHER)) {
        yield together
        together = []
        size = 0
      }
      together.push({ path, bytes })
      size += bytes.length
    }
  }
  if (together.length > 0) yield together
}
