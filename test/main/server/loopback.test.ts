/** Attacks on the server of browser mode, while its user gets through. */
import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { WebSocket } from 'ws'
import { text } from '#core/base/text'
import { encodeFrame } from '#core/rpc/frame'
import { SUBPROTOCOL, TOKEN_PREFIX } from '#core/rpc/greeting'
import { MAX_MESSAGE } from '../../../src-main/rpc/transport.webSocket'
import { redirectPage } from '../../../src-main/server/openBrowser'
import { startServer, type ServerOptions } from '../../../src-main/server/start'
import { codeOf, openClient, openSocket, send, sendRaw, startTestServer, type TestServer } from './serverFixture'
import { eventually } from '../../support/eventually'

let shared: TestServer
beforeAll(async () => void (shared = await startTestServer()))
afterAll(() => shared.end())

async function startOwn(options: ServerOptions = {}): Promise<TestServer> {
  const own = await startTestServer(options)
  onTestFinished(() => own.end())
  return own
}

/** Fixes the clock for codes and wrong guesses at `seconds` from now. */
function later(seconds: number): void {
  const then = Date.now() + 1000 * seconds
  vi.useFakeTimers({ toFake: ['Date'], now: then })
  onTestFinished(() => void vi.useRealTimers())
}

const closeCode = (socket: WebSocket): Promise<number> => new Promise((resolve) => socket.on('close', resolve))

describe('the page', () => {
  it('is served only on the loopback interface, with a strict policy, no cookies and no secrets', async () => {
    const answer = await send(shared, '/')
    expect(answer.status).toBe(200)
    expect(answer.body).toContain('<title>Layerloom</title>')
    expect(answer.headers).toMatchObject({
      'content-security-policy': `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self' ws://127.0.0.1:${shared.server.port}; worker-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'same-origin',
    })
    expect(answer.headers['set-cookie']).toBeUndefined()
    expect(JSON.stringify(answer)).not.toContain(shared.server.access.sessionToken)
    expect((await send(shared, '/assets/app.js')).headers['content-type']).toBe('text/javascript; charset=utf-8')
  })

  it('responds under each name of this computer and under no other', async () => {
    const { port } = shared.server
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `LocalHost:${port}`, `[::1]:${port}`])
      expect((await send(shared, '/', { headers: { host } })).status, host).toBe(200)
    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      '127.0.0.1',
      `127.0.0.1:${port + 1}`,
      `127.0.0.1.nip.io:${port}`,
      `localhost.evil.example:${port}`,
      `127.1:${port}`,
      `0.0.0.0:${port}`,
    ])
      expect((await send(shared, '/', { headers: { host } })).status, host).toBe(403)
  })

  it('is refused to requests with a missing, empty or duplicate Host', async () => {
    const good = `127.0.0.1:${shared.server.port}`
    for (const headers of ['', 'Host:\r\n', 'Host: evil.example\r\n', `Host: evil.example\r\nHost: ${good}\r\n`]) {
      expect(await sendRaw(shared, `GET / HTTP/1.0\r\n${headers}\r\n`), headers).toMatch(/^HTTP\/1\.1 40[03] /)
      expect(await sendRaw(shared, `GET / HTTP/1.1\r\nConnection: close\r\n${headers}\r\n`), headers).toMatch(
        /^HTTP\/1\.1 40[03] /,
      )
    }
    expect(
      await sendRaw(shared, `GET http://evil.example/ HTTP/1.1\r\nHost: ${good}\r\nConnection: close\r\n\r\n`),
    ).toMatch(/^HTTP\/1\.1 400 /)
  })

  it('is refused to other sites that embed it, but not when following a link', async () => {
    for (const site of ['cross-site', 'same-site'])
      for (const dest of ['script', 'image', 'empty', 'iframe']) {
        const headers = { 'sec-fetch-site': site, 'sec-fetch-mode': dest === 'iframe' ? 'navigate' : 'no-cors' }
        const answer = await send(shared, '/', { headers: { ...headers, 'sec-fetch-dest': dest } })
        expect(answer.status, `${site} ${dest}`).toBe(403)
      }
    const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
    expect((await send(shared, '/', { headers: link })).status).toBe(200)
  })

  it('rejects other methods', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'PATCH'])
      expect((await send(shared, '/', { method })).status, method).toBe(405)
  })

  it('exposes nothing outside its folder, for any spelling of the path', async () => {
    const spellings = [
      '/../secret.txt',
      '/%2e%2e/secret.txt',
      '/..%2fsecret.txt',
      '/%2e%2e%2fsecret.txt',
      '/..%5csecret.txt',
      '/assets/../../secret.txt',
      '/assets/%2e%2e/%2e%2e/secret.txt',
      '/%252e%252e/secret.txt',
      '/%c0%ae%c0%ae/secret.txt',
      '//secret.txt',
      '/./.././secret.txt',
      '/page/../../secret.txt',
      '/index.html%00/../../secret.txt',
      '/%',
      'secret.txt',
      `/${shared.folder}/secret.txt`,
    ]
    for (const path of spellings) {
      const raw = await sendRaw(
        shared,
        `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${shared.server.port}\r\nConnection: close\r\n\r\n`,
      )
      expect(raw, path).toMatch(/^HTTP\/1\.1 40[04] /)
      expect(raw, path).not.toContain('the secret')
    }
  })

  it('does not follow links out of its folder, and does not list folders', async () => {
    for (const path of ['/link.txt', '/linked/secret.txt', '/linked', '/assets', '/assets/'])
      expect((await send(shared, path)).status, path).toBe(404)
  })
})

describe('a connection', () => {
  it('is established with a launch code once, and then with the session token', async () => {
    const code = codeOf(shared.server.link())
    const first = await openClient(shared, code)
    expect(await first.client.app.info()).toMatchObject({ shell: 'browser' })
    expect(await openSocket(shared, { token: code })).toBe(401)
    const again = await openClient(shared, first.session)
    expect(await again.client.app.info()).toMatchObject({ shell: 'browser' })
    for (const { socket } of [first, again]) socket.terminate()
  })

  it('is refused with an expired launch code', async () => {
    const own = await startOwn()
    const code = codeOf(own.server.link())
    later(121)
    expect(await openSocket(own, { token: code })).toBe(401)
  })

  it('is refused without a token, with a wrong one, and with the token in the wrong place', async () => {
    const { sessionToken } = shared.server.access
    expect(await openSocket(shared, { protocols: [SUBPROTOCOL] })).toBe(401)
    expect(await openSocket(shared, { protocols: [TOKEN_PREFIX + sessionToken] })).toBe(401)
    expect(await openSocket(shared, { token: 'wrong' })).toBe(401)
    expect(await openSocket(shared, { token: sessionToken.slice(0, -1) })).toBe(401)
    expect(await openSocket(shared, { protocols: [SUBPROTOCOL], headers: { cookie: `token=${sessionToken}` } })).toBe(
      401,
    )
    expect(await openSocket(shared, { path: `/rpc?token=${sessionToken}` })).toBe(404)
    expect(await openSocket(shared, { path: '/other' })).toBe(404)
  })

  it('is refused from every other origin, and from none', async () => {
    const { port } = shared.server
    for (const origin of [
      '',
      'null',
      'http://evil.example',
      `https://127.0.0.1:${port}`,
      `http://127.0.0.1:${port + 1}`,
      `http://localhost:${port}`,
      `http://127.0.0.1:${port}.evil.example`,
      'file://',
      'chrome-extension://abcdefghijklmnop',
    ])
      expect(await openSocket(shared, { headers: { origin } }), origin || 'no origin').toBe(403)
  })

  it('is refused under a foreign name, even where the origin agrees with it', async () => {
    const { port } = shared.server
    for (const host of ['evil.example', `evil.example:${port}`, `127.0.0.1:${port + 1}`])
      expect(await openSocket(shared, { headers: { host, origin: `http://${host}` } }), host).toBe(403)
  })

  it('is refused to everyone not yet connected after many wrong tokens, and possible again later', async () => {
    const own = await startOwn()
    later(0)
    for (let i = 0; i < 40; i++) await openSocket(own, { token: 'the-same-wrong-token' })
    expect(await openSocket(own, { token: 'another' })).toBe(401)
    for (let i = 0; i < 20; i++) await openSocket(own, { token: `guess-${i}` })
    expect(await openSocket(own, { token: 'guess' })).toBe(429)
    expect(await openSocket(own, { token: codeOf(own.server.link()) })).toBe(429)
    const { socket } = await openClient(own)
    socket.terminate()
    later(61)
    const { socket: afterwards } = await openClient(own, codeOf(own.server.link()))
    afterwards.terminate()
  })
})

describe('a frame', () => {
  it.each<[string, string | Buffer | Uint8Array]>([
    ['of text', '{"i":"1","p":{"u":"/app/info"}}'],
    ['of three bytes', Buffer.from([1, 2, 3])],
    ['of garbage', Buffer.alloc(64, 0xff)],
    ['of nothing', Buffer.alloc(0)],
    ['with a header that promises more', Buffer.from('4d4f4f4c000000ff7b7d', 'hex')],
  ])('%s ends its connection with code 1003', async (_what, frame) => {
    const { socket } = await openClient(shared)
    const closed = closeCode(socket)
    socket.send(frame)
    expect(await closed).toBe(1003)
  })

  it('that does not decode to a known message closes its connection', async () => {
    for (const message of [7, { i: 1 }, { i: '1', p: { u: 5 } }, { i: '1', p: null }, { a: '1', n: -5 }, []]) {
      const { socket } = await openClient(shared)
      const closed = closeCode(socket)
      socket.send(encodeFrame(message))
      await closed
    }
  })

  it('that is larger than any message closes its connection before being buffered', async () => {
    const { socket } = await openClient(shared)
    socket.on('error', () => undefined)
    const closed = closeCode(socket)
    const before = process.memoryUsage().rss
    socket.send(Buffer.alloc(MAX_MESSAGE + 1))
    expect([1006, 1009]).toContain(await closed)
    expect(process.memoryUsage().rss - before).toBeLessThan(4 * MAX_MESSAGE)
  })

  it('of a malformed WebSocket closes its connection', async () => {
    const key = Buffer.from('0123456789abcdef').toString('base64')
    const { origin, server } = shared
    const upgrade = [
      'GET /rpc HTTP/1.1',
      `Host: 127.0.0.1:${server.port}`,
      `Origin: ${origin}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      `Sec-WebSocket-Key: ${key}`,
      `Sec-WebSocket-Protocol: ${SUBPROTOCOL}, ${TOKEN_PREFIX}${server.access.sessionToken}`,
    ].join('\r\n')
    const answer = await sendRaw(shared, `${upgrade}\r\n\r\n\u00ff\u00ff\u00ff\u00ff not a frame`)
    expect(answer).toMatch(/^HTTP\/1\.1 101 /)
  })

  it('of any kind does not affect other connections', async () => {
    const { client, socket } = await openClient(shared)
    expect(await client.app.info()).toMatchObject({ shell: 'browser' })
    expect((await send(shared, '/')).status).toBe(200)
    socket.terminate()
  })
})

describe('the server', () => {
  it('stops after a while without open windows, but not before and not while work is running', async () => {
    const lines: string[] = []
    const idleTimeout = 600_000
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    const own = await startOwn({ idleTimeout, log: (line) => lines.push(line) })
    let ended = false
    void own.server.closed.then(() => (ended = true))
    const { socket } = await openClient(own)
    vi.advanceTimersByTime(2 * idleTimeout)
    expect(lines).toEqual([])
    const activity = own.server.host.activities.begin({ title: 'digits', stop: () => Promise.resolve() })
    const gone = closeCode(socket)
    socket.terminate()
    await gone
    vi.advanceTimersByTime(2 * idleTimeout)
    expect(lines).toEqual([])
    activity.end()
    // The server may notice the closed connection slightly later than its window.
    await eventually(() => {
      vi.advanceTimersByTime(2 * idleTimeout)
      expect(ended).toBe(true)
    })
    expect(lines).toEqual(['No window has been open for a while and nothing is running. Layerloom is exiting.'])
  })

  it('does not count a window that vanished without closing', async () => {
    const own = await startOwn({ heartbeat: 200, idleTimeout: 50 })
    // Some work runs until the window is connected, so that the server waits for it on a busy machine too.
    const activity = own.server.host.activities.begin({ title: 'digits', stop: () => Promise.resolve() })
    const { client, socket } = await openClient(own)
    activity.end()
    let pings = 0
    socket.on('ping', () => pings++)
    await eventually(() => expect(pings).toBe(3))
    expect(await client.app.info()).toMatchObject({ shell: 'browser' })
    // A paused socket does not respond to pings, like a laptop that was closed.
    socket.pause()
    await own.server.closed
  })

  it('stops when the window quits it, stopping running work', async () => {
    const own = await startOwn()
    const stop = vi.fn(() => Promise.resolve())
    own.server.host.activities.begin({ title: 'digits', stop })
    const { client } = await openClient(own)
    expect(await client.app.quit({ stopRunning: false })).toEqual({ quitting: false, running: ['digits'] })
    expect(await client.app.quit({ stopRunning: true })).toEqual({ quitting: true, running: [] })
    await own.server.closed
    expect(stop).toHaveBeenCalled()
  })

  it('is a single one per data folder: a second start gets a link from the first, and opens its project there', async () => {
    const own = await startOwn()
    const { client } = await openClient(own)
    const events = await client.app.events()
    const path = join(own.folder, 'digits.loom')
    await writeFile(path, '{}')
    const second = await startServer({
      root: { folder: own.folder, version: '1.0.0' },
      webRoot: join(own.folder, 'page'),
      dataFolder: own.dataFolder,
      path,
    })
    if (!('elsewhere' in second)) throw new Error('a second server was started')
    expect(second.elsewhere.startsWith(`${own.origin}/#code=`)).toBe(true)
    expect(await events.next()).toMatchObject({ value: { type: 'openFile', file: { name: 'digits.loom' } } })
    const { socket } = await openClient(own, codeOf(second.elsewhere))
    socket.terminate()
    expect((await client.dialog.places()).map(({ name }) => name)).toContain(own.folder.split('/').at(-1))
  })

  it('keeps its lock readable only by its owner, and takes over one left by a crash', async () => {
    const own = await startOwn()
    const lock = join(own.dataFolder, 'server.lock')
    if (process.platform !== 'win32') expect((await stat(lock)).mode & 0o777).toBe(0o600)
    const stale = await readFile(lock, 'utf8')
    await own.server.close()
    await expect(stat(lock)).rejects.toThrow()
    for (const left of [stale, '', '{"pid":']) {
      await writeFile(lock, left)
      const next = await startServer({
        root: { folder: own.folder, version: '1.0.0' },
        webRoot: join(own.folder, 'page'),
        dataFolder: own.dataFolder,
      })
      if ('elsewhere' in next) throw new Error('the stale lock was believed')
      expect(JSON.parse(await readFile(lock, 'utf8'))).toMatchObject({ port: next.port })
      await next.close()
    }
  })

  it('gives links only to those who can read its lock, and never to a page', async () => {
    const { secret } = shared.server
    const post = (headers: Record<string, string>, body = '{"path":null}') =>
      send(shared, '/launch', { method: 'POST', headers, body })
    const authorization = `Bearer ${secret}`
    expect((await post({ authorization })).status).toBe(200)
    expect((await post({})).status).toBe(401)
    expect((await post({ authorization: 'Bearer wrong' })).status).toBe(401)
    expect((await post({ authorization: `Bearer ${shared.server.access.sessionToken}` })).status).toBe(401)
    expect((await post({ authorization, origin: shared.origin })).status).toBe(403)
    expect((await post({ authorization, 'sec-fetch-site': 'same-origin' })).status).toBe(403)
    expect((await post({ authorization, host: 'evil.example' })).status).toBe(403)
    expect((await post({ authorization }, 'x'.repeat(20_000))).status).toBe(413)
    expect((await post({ authorization }, '{"path":7}')).status).toBe(400)
  })

  it('gives the browser a file readable only by its owner, so that process lists do not reveal the code', async () => {
    const page = await redirectPage('http://127.0.0.1:1/#code=abc</script>')
    if (process.platform !== 'win32') expect((await stat(page)).mode & 0o777).toBe(0o600)
    const text = await readFile(page, 'utf8')
    expect(text).toContain('location.replace("http://127.0.0.1:1/#code=abc\\u003c/script>")')
  })

  it('buffers little for a window that does not read, over a real socket', async () => {
    const own = await startOwn()
    const { client, socket } = await openClient(own)
    const events = await client.app.events()
    socket.pause()
    const before = process.memoryUsage().rss
    const body = text('x'.repeat(256 * 1024), '')
    for (let i = 0; i < 1500; i++) {
      own.server.host.events.publish({ type: 'notification', title: text(String(i), ''), body })
      if (i % 50 === 0) await delay(1)
    }
    // Without flow control the socket would have buffered 390 MB by now; the one queued text is shared by its events.
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 2 ** 20)
    socket.resume()
    for (let i = 0; i < 1500; i++) {
      const next = await events.next()
      expect(next.done !== true && next.value.type === 'notification' && next.value.title.en).toBe(String(i))
    }
    socket.terminate()
  })
})
