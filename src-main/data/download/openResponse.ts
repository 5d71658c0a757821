/** One request to a mirror: follows a limited number of redirects and returns the response with its body unread. */
import { get as getPlain, type IncomingMessage } from 'node:http'
import { get as getSecure } from 'node:https'
import { text } from '#core/base/text'
import { canceled, failed, failureOf, StallError, type MirrorFailure } from './failure'

const MAX_REDIRECTS = 5
const redirects = new Set([301, 302, 303, 307, 308])

export interface RequestOptions {
  readonly headers: Readonly<Record<string, string>>
  readonly stallSeconds: number
  readonly signal: AbortSignal | undefined
}

export type Opened = { readonly kind: 'response'; readonly response: IncomingMessage } | typeof canceled | MirrorFailure

/** The response to GET `address`, with any status other than a redirect. */
export async function openResponse(address: string, options: RequestOptions): Promise<Opened> {
  if (!/^https?:/.test(address) || !URL.canParse(address))
    return failed(text('is no address of a web server', '不是网络服务器的地址'))
  let url = new URL(address)
  for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
    let response: IncomingMessage
    try {
      response = await send(url, options)
    } catch (error) {
      return options.signal?.aborted ? canceled : failureOf(error, options.stallSeconds)
    }
    if (!redirects.has(response.statusCode!)) return { kind: 'response', response }
    response.destroy()
    const next = redirectTarget(url, response.headers.location)
    if (next instanceof URL) url = next
    else return next
  }
  return failed(text(`redirects more than ${MAX_REDIRECTS} times`, `重定向超过 ${MAX_REDIRECTS} 次`))
}

/** The target of a redirect from `url`, if it may be followed. */
export function redirectTarget(url: URL, location: string | undefined): URL | MirrorFailure {
  if (location === undefined || !URL.canParse(location, url.href))
    return failed(text('redirects to nowhere', '重定向没有目标'))
  const next = new URL(location, url)
  if (next.protocol === 'https:' || (next.protocol === 'http:' && url.protocol === 'http:')) return next
  return failed(
    text(`redirects from ${url.protocol}// to ${next.protocol}//`, `从 ${url.protocol}// 重定向到 ${next.protocol}//`),
  )
}

function send(url: URL, { headers, stallSeconds, signal }: RequestOptions): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const get = url.protocol === 'https:' ? getSecure : getPlain
    // Compressed files are requested as they are; `identity` keeps servers from compressing them again.
    const request = get(url, {
      headers: { 'accept-encoding': 'identity', 'user-agent': 'Layerloom', ...headers },
      ...(signal && { signal }),
    })
    const timer = setTimeout(() => request.destroy(new StallError()), stallSeconds * 1000)
    request.on('response', (response) => {
      clearTimeout(timer)
      resolve(response)
    })
    // Kept for errors after the response, which the reader of the body sees too.
    request.on('error', (error) => {
      clearTimeout(timer)
      reject(error)
    })
  })
}
