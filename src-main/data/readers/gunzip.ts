/** Decompresses gzip files as a stream; damage becomes a problem that names the file. */
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { fail } from '#core/problems/problem'
import { checkReading } from './readingLimits'

/** The content in chunks; leaving the loop stops reading. */
export async function* gunzipFile(path: string): AsyncGenerator<Buffer> {
  await checkReading(path)
  try {
    // An error of either stream surfaces in the loop; the callback is merely required.
    for await (const piece of pipeline(createReadStream(path), createGunzip(), () => {})) yield piece as Buffer
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? ''
    if (!code.startsWith('Z_')) throw error
    fail(
      code === 'Z_BUF_ERROR' ? 'data-truncated' : 'data-format',
      'gzip',
      { received: (error as Error).message },
      { file: path },
    )
  }
}
