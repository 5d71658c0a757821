/** Local mirrors for tests: real HTTP servers that send a file, or misbehave like bad mirrors. */
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { statSync } from 'node:fs'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import type { DownloadFile } from '../../../../src-main/data/download/catalogue'

/** 300,000 bytes without repetition. */
export const content = Buffer.from(
  Array.from({ length: 300_000 / 32 }, (_, i) =>
    createHash('sha256').update(String(i)).digest('hex').slice(0, 32),
  ).join(''),
)

/** The published file, on these mirrors. */
export function published(...mirrors: readonly string[]): DownloadFile {
  const sha256 = createHash('sha256').update(content).digest('hex')
  return { name: 'images.gz', bytes: content.byteLength, sha256, mirrors }
}

export interface Mirror {
  readonly url: string
  /** The `range` of every request, in order; `whole` if it requested the whole file. */
  readonly asked: string[]
}

/** Answers the first request with the first behavior, and so on; the last one repeats. */
export async function startMirror(...behaviours: readonly RequestListener[]): Promise<Mirror> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    const behave = behaviours[Math.min(asked.length, behaviours.length - 1)]!
    asked.push(request.headers.range ?? 'whole')
    behave(request, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/images.gz`, asked }
}

const ETAG = '"first"'

interface Sending {
  readonly body?: Buffer
  readonly etag?: string
  /** Bytes of the body before the connection is cut. */
  readonly breakAfter?: number
}

/** A good server, including `Range` and `If-Range`; or one that breaks off. */
export function sends({ body = content, etag = ETAG, breakAfter }: Sending = {}): RequestListener {
  return (request, response) => {
    const start = startOf(request, etag)
    if (start >= body.byteLength) {
      response.writeHead(416, { 'content-range': `bytes */${body.byteLength}` }).end()
      return
    }
    const rest = body.subarray(start)
    response.writeHead(start > 0 ? 206 : 200, {
      etag,
      'content-length': rest.byteLength,
      ...(start > 0 && { 'content-range': `bytes ${start}-${body.byteLength - 1}/${body.byteLength}` }),
    })
    if (breakAfter === undefined) response.end(rest)
    else cutAfter(response, rest.subarray(0, breakAfter), start)
  }
}

function startOf({ headers }: IncomingMessage, etag: string): number {
  const ifRange = headers['if-range']
  if (ifRange !== undefined && ifRange !== etag) return 0
  return Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0)
}

/** Path of the file being received; set by `download` and `failing`. */
export const arriving = { file: '' }

/**
 * Cuts the connection once all bytes sent, after the bytes `before`, are on the client's disk: bytes still in flight
 * would be lost with it.
 */
export function cutAfter(response: ServerResponse, bytes: Buffer, before = 0): void {
  response.write(bytes)
  const cutOnceArrived = setInterval(() => {
    const size = statSync(arriving.file, { throwIfNoEntry: false })?.size ?? 0
    if (size < before + bytes.byteLength && !response.destroyed) return
    clearInterval(cutOnceArrived)
    response.destroy()
  }, 5)
}

export function answers(status: number, headers: Readonly<Record<string, string>> = {}): RequestListener {
  return (_request, response) => void response.writeHead(status, headers).end('sorry')
}

/** Sends the whole file for any request, like servers without `Range`. */
export const ignoresRange: RequestListener = (_request, response) =>
  void response.writeHead(200, { 'content-length': content.byteLength }).end(content)
