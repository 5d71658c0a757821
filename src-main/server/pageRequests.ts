/** HTTP requests of browser mode: serves the page's files, and nothing to any other site. */
import { createReadStream } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { findAsset } from './assets'
import { LAUNCH_PATH, readLaunchRequest, type LaunchRequest } from './launchRequest'
import { securityHeaders } from './security'

export interface PageOptions {
  /** Real path of the folder with the built page. */
  readonly webRoot: string
  readonly isOurHost: (host: string | undefined) => boolean
  /** Proves that a request comes from another start by the same user. */
  readonly secret: string
  readonly onLaunch: (request: LaunchRequest) => Promise<object>
}

export async function answerRequest(
  request: IncomingMessage,
  response: ServerResponse,
  options: PageOptions,
): Promise<void> {
  if (!options.isOurHost(request.headers.host)) return refuse(response, 403)
  const target = request.url ?? ''
  if (request.method === 'POST' && target === LAUNCH_PATH) return answerLaunch(request, response, options)
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405)
  if (!isOurPage(request)) return refuse(response, 403)
  const asset = await findAsset(options.webRoot, target.replace(/[?#].*$/s, ''))
  if (typeof asset === 'string') return refuse(response, asset === 'malformed' ? 400 : 404)
  response.writeHead(200, {
    ...securityHeaders(`ws://${request.headers.host}`),
    'content-type': asset.type,
    'content-length': asset.bytes,
    'cache-control': 'no-cache',
  })
  if (request.method === 'HEAD') return void response.end()
  await pipeline(createReadStream(asset.path), response)
}

/** Other sites may link here, but not embed parts of the page. Programs other than browsers do not send this header. */
function isOurPage({ headers }: IncomingMessage): boolean {
  const site = headers['sec-fetch-site']
  if (site === undefined || site === 'same-origin' || site === 'none') return true
  return headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document'
}

async function answerLaunch(request: IncomingMessage, response: ServerResponse, options: PageOptions): Promise<void> {
  const launch = await readLaunchRequest(request, options.secret)
  if (typeof launch === 'number') return refuse(response, launch)
  const answer = await options.onLaunch(launch)
  response.writeHead(200, { ...securityHeaders(), 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(JSON.stringify(answer))
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, {
    ...securityHeaders(),
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    connection: 'close',
  })
  response.end(`${status}\n`)
}
