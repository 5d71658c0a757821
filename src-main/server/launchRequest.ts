/**
 * What a second start requests from the running server: a ping or a new link, and to open a project and further places.
 */
import type { IncomingMessage } from 'node:http'
import * as z from 'zod'
import { sameText } from '../rpc/access'

export const LAUNCH_PATH = '/launch'
const MAX_BYTES = 16_384

const requestSchema = z.union([
  z.strictObject({ ping: z.literal(true) }),
  z.strictObject({
    path: z.string().nullable(),
    /** Additional folders to browse. */
    browse: z.array(z.string()).optional(),
  }),
])
export type LaunchRequest = z.infer<typeof requestSchema>

/**
 * The request, or the status to reject it with. Browsers send Origin or Sec-Fetch-Site with every POST, the user's own
 * programs do not; the secret from the lock file proves that it is one of those.
 */
export async function readLaunchRequest(request: IncomingMessage, secret: string): Promise<LaunchRequest | number> {
  const { headers } = request
  if (headers.origin !== undefined || headers['sec-fetch-site'] !== undefined) return 403
  const token = /^Bearer ([\w-]+)$/.exec(headers.authorization ?? '')?.[1]
  if (token === undefined || !sameText(token, secret)) return 401
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > MAX_BYTES) return 413
    chunks.push(chunk)
  }
  try {
    return requestSchema.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')))
  } catch {
    return 400
  }
}
