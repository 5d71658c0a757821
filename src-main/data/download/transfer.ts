/** One attempt to download a file from one mirror, resuming where an earlier attempt ended. */
import type { IncomingMessage } from 'node:http'
import { text } from '#core/base/text'
import type { DownloadFile } from './catalogue'
import { canceled, failed, failureOf, StallError, type MirrorFailure } from './failure'
import { openResponse } from './openResponse'
import type { PartFile } from './partFile'

export interface TransferOptions {
  readonly stallSeconds: number
  readonly signal: AbortSignal | undefined
  /** Called after every chunk, with the bytes received so far. */
  readonly onBytes: (bytes: number) => void
}

/** The part has every byte of the file. */
const whole = { kind: 'whole' } as const
export type Transfer = typeof whole | typeof canceled | MirrorFailure

/** @throws ProblemError `file-write` */
export async function transfer(
  file: DownloadFile,
  url: string,
  part: PartFile,
  options: TransferOptions,
): Promise<Transfer> {
  if (part.size === file.bytes) return whole
  if (part.size > file.bytes) await part.discard()
  const { stallSeconds, signal } = options
  const opened = await openResponse(url, { headers: rangeHeaders(url, part), stallSeconds, signal })
  if (opened.kind !== 'response') return opened
  const { response } = opened
  try {
    const refused = await placeResponse(file, url, part, response)
    return refused ?? (await receive(file, part, response, options))
  } finally {
    response.destroy()
  }
}

/** Requests only the rest, or all of the file if it has changed since. */
function rangeHeaders(url: string, part: PartFile): Record<string, string> {
  if (part.size === 0) return {}
  const validator = part.validatorOf(url)
  return { range: `bytes=${part.size}-`, ...(validator !== undefined && { 'if-range': validator }) }
}

/** Decides from the response headers where the body belongs; a failure if it is not what was requested. */
async function placeResponse(
  file: DownloadFile,
  url: string,
  part: PartFile,
  response: IncomingMessage,
): Promise<MirrorFailure | undefined> {
  const { statusCode: status, headers } = response
  if (status === 416) {
    await part.discard()
    return failed(text('does not have the rest of the file', '没有文件的剩余部分'), { again: true })
  }
  if (status !== 200 && status !== 206) return refusal(status!, headers['retry-after'])
  const packed = headers['content-encoding'] ?? 'identity'
  if (packed !== 'identity') return failed(text(`sends the file packed as ${packed}`, `以 ${packed} 打包发送文件`))
  if (status === 200) {
    const refused = wrongLength(headers['content-length'], file)
    if (refused === undefined) await part.beginAnew(url, validatorIn(response))
    return refused
  }
  const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers['content-range'] ?? '')
  const known = part.validatorOf(url)
  if (Number(range?.[1] ?? NaN) !== part.size || (known !== undefined && known !== validatorIn(response))) {
    await part.discard()
    return failed(text('sends another part than was asked for', '发送的不是所请求的部分'), { again: true })
  }
  part.goOn(url)
  return range![2] === '*' ? undefined : wrongLength(range![2], file)
}

function refusal(status: number, retryAfter: string | undefined): MirrorFailure {
  const again = status >= 500 || status === 408 || status === 429
  const seconds = Number(retryAfter)
  return failed(text(`answers HTTP ${status}`, `应答 HTTP ${status}`), {
    again,
    ...(seconds > 0 && { waitSeconds: Math.min(seconds, 30) }),
  })
}

function wrongLength(said: string | undefined, { bytes }: DownloadFile): MirrorFailure | undefined {
  return said === undefined || Number(said) === bytes
    ? undefined
    : failed(text(`has a file of ${said} bytes`, `文件为 ${said} 字节`))
}

/** A version name that `If-Range` accepts: a strong ETag, otherwise the date of the last change. */
function validatorIn({ headers: { etag, 'last-modified': modified } }: IncomingMessage): string | undefined {
  return etag !== undefined && !etag.startsWith('W/') ? etag : modified
}

async function receive(
  file: DownloadFile,
  part: PartFile,
  response: IncomingMessage,
  { stallSeconds, signal, onBytes }: TransferOptions,
): Promise<Transfer> {
  const watch = new StallWatch(stallSeconds, response)
  const body = response[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  for (;;) {
    const next = await watch.during(() => body.next()).catch((error: unknown) => failureOf(error, stallSeconds))
    // A failed write is rethrown; anything else ends this attempt and keeps what was received.
    if (signal?.aborted) return canceled
    if ('kind' in next) return next
    if (next.done === true) break
    if (part.size + next.value.byteLength > file.bytes) {
      await part.discard()
      return failed(text(`sends more than ${file.bytes} bytes`, `发送超过 ${file.bytes} 字节`))
    }
    await part.append(next.value)
    onBytes(part.size)
  }
  return part.size === file.bytes
    ? whole
    : failed(text(`ends after ${part.size} bytes`, `在 ${part.size} 字节后结束`), { again: true })
}

/** Aborts a response that sends nothing for too long; time spent writing to disk does not count. */
class StallWatch {
  constructor(
    readonly seconds: number,
    readonly response: IncomingMessage,
  ) {}

  async during<T>(wait: () => Promise<T>): Promise<T> {
    const timer = setTimeout(() => this.response.destroy(new StallError()), this.seconds * 1000)
    try {
      return await wait()
    } finally {
      clearTimeout(timer)
    }
  }
}
