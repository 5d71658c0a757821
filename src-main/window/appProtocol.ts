/** The page's own scheme: `app://bundle/…` serves the built page with the content security policy as a header. */
import { readFile } from 'node:fs/promises'
import { protocol } from 'electron'
import { findAsset } from '../server/assets'
import { securityHeaders } from '../server/security'

const SCHEME = 'app'
const HOST = 'bundle'
/** URL of the page. */
export const PAGE_URL = `${SCHEME}://${HOST}/`

/**
 * True for the page itself and its files, with any fragment. Does not use `origin`, which is "null" in Node for this
 * scheme.
 */
export function isAppUrl(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol: scheme, host, username, password } = new URL(url)
  return scheme === `${SCHEME}:` && host === HOST && username === '' && password === ''
}

/** Must be called before the app is ready. */
export function registerAppScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true }
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges }])
}

/** @param webRoot real path of the folder with the built page */
export function serveApp(webRoot: string): void {
  protocol.handle(SCHEME, async (request) => {
    if (!isAppUrl(request.url)) return refuse(404)
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405)
    const asset = await findAsset(webRoot, new URL(request.url).pathname)
    if (typeof asset === 'string') return refuse(asset === 'malformed' ? 400 : 404)
    const headers = { ...securityHeaders(), 'content-type': asset.type }
    return new Response(await readFile(asset.path), { headers })
  })
}

function refuse(status: number): Response {
  return new Response(null, { status, headers: securityHeaders() })
}
