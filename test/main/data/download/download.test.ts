/** Downloads against real local servers that break off, send wrong lengths, corrupt, stall and redirect in circles. */
import { createHash } from 'node:crypto'
import type { RequestListener } from 'node:http'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { DownloadProgress } from '../../../../src-main/data/download/download'
import { redirectTarget } from '../../../../src-main/data/download/openResponse'
import { temporaryFolder } from '../temporaryFolder'
import { download, expectWhole, failing } from './downloading'
import { answers, content, cutAfter, ignoresRange, published, sends, startMirror } from './mirrorServer'

describe('a good mirror', () => {
  it('serves the file, and nothing else is left in the folder', async () => {
    const mirror = await startMirror(sends())
    const { outcome, folder } = await download(published(mirror.url))
    expect(outcome).toBe('complete')
    await expectWhole(folder)
    expect(mirror.asked).toEqual(['whole'])
  })

  it('is reported with bytes, total, speed, time left and the host', async () => {
    const mirror = await startMirror(sends())
    const told: DownloadProgress[] = []
    await download(published(mirror.url), { onProgress: (progress) => told.push(progress) })
    const host = new URL(mirror.url).host
    expect(told.at(-1)).toEqual({
      file: 'images.gz',
      bytes: 300_000,
      total: 300_000,
      rate: expect.any(Number),
      secondsLeft: 0,
      mirror: host,
    })
    expect(told.map(({ bytes }) => bytes)).toEqual(told.map(({ bytes }) => bytes).toSorted((a, b) => a - b))
  })

  it('is not contacted again for an existing file', async () => {
    const mirror = await startMirror(sends())
    const { folder } = await download(published(mirror.url))
    expect((await download(published(mirror.url), {}, folder)).outcome).toBe('complete')
    expect(mirror.asked).toEqual(['whole'])
  })

  it('replaces a damaged file of the same size', async () => {
    const folder = await temporaryFolder()
    await folder.write('images.gz', new Uint8Array(300_000))
    const mirror = await startMirror(sends())
    await download(published(mirror.url), {}, folder.path)
    await expectWhole(folder.path)
  })

  it('may redirect', async () => {
    const good = await startMirror(sends())
    const mirror = await startMirror(answers(302, { location: good.url }))
    await expectWhole((await download(published(mirror.url))).folder)
  })

  it('may be slow as long as it sends bytes', async () => {
    const mirror = await startMirror((_request, response) => {
      response.writeHead(200, { 'content-length': content.byteLength })
      let sent = 0
      const timer = setInterval(() => {
        response.write(content.subarray(sent, (sent += 30_000)))
        if (sent < content.byteLength) return
        clearInterval(timer)
        response.end()
      }, 60)
    })
    const { folder } = await download(published(mirror.url), { stallSeconds: 0.3 })
    await expectWhole(folder)
    expect(mirror.asked).toEqual(['whole'])
  })
})

describe('a mirror that breaks off', () => {
  it('is asked only for the rest, so that no byte is requested twice', async () => {
    const mirror = await startMirror(sends({ breakAfter: 100_000 }), sends({ breakAfter: 100_000 }), sends())
    const { folder } = await download(published(mirror.url))
    await expectWhole(folder)
    expect(mirror.asked).toEqual(['whole', 'bytes=100000-', 'bytes=200000-'])
  })

  it('is skipped after four attempts without data, and the next one resumes from there', async () => {
    const bad = await startMirror(sends({ breakAfter: 100_000 }), (_request, response) => void response.destroy())
    const good = await startMirror(sends())
    const { folder } = await download(published(bad.url, good.url))
    await expectWhole(folder)
    expect(bad.asked).toEqual(['whole', ...Array.from({ length: 4 }, () => 'bytes=100000-')])
    expect(good.asked).toEqual(['bytes=100000-'])
  })

  it('does not lose what was received: the next download resumes', async () => {
    const bad = await startMirror(sends({ breakAfter: 100_000 }), (_request, response) => void response.destroy())
    const { problem, folder, files } = await failing(published(bad.url))
    expect(problem).toMatchObject({ code: 'data-download', data: { case: 'mirrors' } })
    expect(problem.received).toMatch(/^127\.0\.0\.1:\d+ broke off \(ECONNRESET\)$/)
    expect(files).toEqual(['images.gz.part', 'images.gz.part.json'])
    const good = await startMirror(sends())
    await download(published(good.url), {}, folder)
    await expectWhole(folder)
    expect(good.asked).toEqual(['bytes=100000-'])
  })

  it('is restarted if it ignores the range', async () => {
    const mirror = await startMirror(sends({ breakAfter: 100_000 }), ignoresRange)
    const { folder } = await download(published(mirror.url))
    await expectWhole(folder)
    expect(mirror.asked).toEqual(['whole', 'bytes=100000-'])
  })

  it('is restarted if the file has a new ETag', async () => {
    const old = Buffer.alloc(content.byteLength, 'x')
    const mirror = await startMirror(sends({ body: old, breakAfter: 100_000 }), sends({ etag: '"second"' }))
    const { folder } = await download(published(mirror.url))
    await expectWhole(folder)
    expect(mirror.asked).toEqual(['whole', 'bytes=100000-'])
  })

  it('is restarted if it resumes with another version of the file', async () => {
    const mirror = await startMirror(
      sends({ breakAfter: 100_000 }),
      (_request, response) =>
        void response
          .writeHead(206, { etag: '"second"', 'content-range': 'bytes 100000-299999/300000' })
          .end(content.subarray(100_000)),
      sends(),
    )
    const { folder } = await download(published(mirror.url))
    await expectWhole(folder)
    expect(mirror.asked).toEqual(['whole', 'bytes=100000-', 'whole'])
  })

  it('is restarted if it sends a different range', async () => {
    const mirror = await startMirror(
      sends({ breakAfter: 100_000 }),
      (_request, response) =>
        void response.writeHead(206, { etag: '"first"', 'content-range': 'bytes 0-299999/300000' }).end(content),
      sends(),
    )
    await expectWhole((await download(published(mirror.url))).folder)
    expect(mirror.asked).toEqual(['whole', 'bytes=100000-', 'whole'])
  })

  it('is restarted if the leftover of an earlier download does not fit', async () => {
    const folder = await temporaryFolder()
    await folder.write('images.gz.part', new Uint8Array(100_000))
    const mirror = await startMirror(sends())
    await download(published(mirror.url), {}, folder.path)
    await expectWhole(folder.path)
    expect(mirror.asked).toEqual(['bytes=100000-', 'whole'])
  })

  it('is not contacted if every byte was already received', async () => {
    const folder = await temporaryFolder()
    await folder.write('images.gz.part', content)
    const mirror = await startMirror(sends())
    await download(published(mirror.url), {}, folder.path)
    await expectWhole(folder.path)
    expect(mirror.asked).toEqual([])
  })
})

describe('a mirror with wrong lengths', () => {
  it.each([
    ['too short', 299_999],
    ['too long', 300_001],
  ])('%s is skipped before any byte is used', async (_case, length) => {
    const bad = await startMirror((_request, response) => {
      response.writeHead(200, { 'content-length': length })
      cutAfter(response, content)
    })
    const { problem, files } = await failing(published(bad.url))
    expect(problem.received).toContain(`has a file of ${length} bytes`)
    expect(problem.expected).toContain('300000 bytes')
    expect(files).toEqual([])
    expect(bad.asked).toEqual(['whole'])
  })

  it('is skipped if it sends more than was published', async () => {
    const bad = await startMirror((_request, response) => {
      response.writeHead(200)
      response.write(content)
      response.end('and more')
    })
    const { problem, files } = await failing(published(bad.url))
    expect(problem.received).toContain('sends more than 300000 bytes')
    expect(files).toEqual([])
  })

  it('is skipped if it announces the right length and the file ends early', async () => {
    const bad = await startMirror(sends({ body: content.subarray(0, 200_000) }))
    const short: RequestListener = (_request, response) => {
      response.writeHead(200, { 'content-length': 300_000 })
      cutAfter(response, content.subarray(0, 200_000))
    }
    const liar = await startMirror(short)
    const { problem } = await failing(published(bad.url, liar.url))
    expect(problem.received).toMatch(/has a file of 200000 bytes\n.* broke off/)
    expect(liar.asked).toHaveLength(5)
  })

  it('is skipped if the file ends early without an announced length', async () => {
    const bad = await startMirror((request, response) => {
      if (request.headers.range !== undefined) response.writeHead(416).end()
      else response.writeHead(200).end(content.subarray(0, 200_000))
    })
    const { problem } = await failing(published(bad.url))
    expect(problem.received).toMatch(/ends after 200000 bytes|does not have the rest of the file/)
    expect(bad.asked.length).toBeLessThan(12)
  })
})

describe('a mirror with corrupt data', () => {
  const corrupted = Buffer.from(content)
  corrupted[150_000]! ^= 1

  it('is skipped, and the next one is read from the beginning', async () => {
    const bad = await startMirror(sends({ body: corrupted }))
    const good = await startMirror(sends())
    const { folder } = await download(published(bad.url, good.url))
    await expectWhole(folder)
    expect(bad.asked).toEqual(['whole'])
    expect(good.asked).toEqual(['whole'])
  })

  it('reports a problem if it is the last one, and leaves none of its bytes', async () => {
    const bad = await startMirror(sends({ body: corrupted }))
    const { problem, files } = await failing(published(bad.url))
    expect(problem.received).toContain('gives another file (SHA-256 ')
    const { sha256 } = published()
    expect(problem.expected).toBe(`300000 bytes with SHA-256 ${sha256}`)
    expect(createHash('sha256').update(content).digest('hex')).toBe(sha256)
    expect(files).toEqual([])
  })

  it('is asked again for the whole file if another mirror sent the beginning', async () => {
    const bad = await startMirror(sends({ body: corrupted, breakAfter: 200_000 }), answers(404))
    const good = await startMirror(sends())
    const { folder } = await download(published(bad.url, good.url))
    await expectWhole(folder)
    expect(good.asked).toEqual(['bytes=200000-', 'whole'])
  })

  it('is skipped if it compresses the file again', async () => {
    const bad = await startMirror(answers(200, { 'content-encoding': 'gzip' }))
    const { problem } = await failing(published(bad.url))
    expect(problem.received).toContain('sends the file packed as gzip')
  })
})

describe('a mirror that refuses', () => {
  it('is skipped immediately if retrying does not help', async () => {
    const bad = await startMirror(answers(404))
    const { problem } = await failing(published(bad.url))
    expect(problem.received).toMatch(/ answers HTTP 404$/)
    expect(bad.asked).toEqual(['whole'])
  })

  it('is tried four times on server errors', async () => {
    const bad = await startMirror(answers(500))
    const { problem } = await failing(published(bad.url))
    expect(problem.received).toMatch(/ answers HTTP 500$/)
    expect(bad.asked).toHaveLength(4)
  })

  it('is retried after the time it requests', async () => {
    const mirror = await startMirror(answers(503, { 'retry-after': '1' }), sends())
    const start = performance.now()
    await download(published(mirror.url))
    expect(performance.now() - start).toBeGreaterThan(990)
  })

  it('is skipped if it redirects in a circle', async () => {
    const bad = await startMirror(answers(302, { location: '/images.gz' }))
    const { problem } = await failing(published(bad.url))
    expect(problem.received).toContain('redirects more than 5 times')
    expect(bad.asked).toHaveLength(6)
  })

  it.each([
    ['http', 'https://a.test/x', 'http://b.test/x', 'redirects from https:// to http://'],
    ['a file', 'http://a.test/x', 'file:///etc/passwd', 'redirects from http:// to file://'],
    ['nowhere', 'http://a.test/x', undefined, 'redirects to nowhere'],
  ])('is skipped if it redirects to %s', (_case, from, location, reason) => {
    expect(redirectTarget(new URL(from), location)).toMatchObject({ kind: 'failed', reason: { en: reason } })
  })

  it('is followed from http to https, and to a path', () => {
    expect(redirectTarget(new URL('http://a.test/x'), 'https://b.test/y')).toEqual(new URL('https://b.test/y'))
    expect(redirectTarget(new URL('https://a.test/x/y'), '../z')).toEqual(new URL('https://a.test/z'))
  })

  it('is skipped if it does not speak HTTP or is not an address', async () => {
    const { problem } = await failing(published('ftp://a.test/images.gz'))
    expect(problem.received).toContain('is no address of a web server')
  })
})

describe('a mirror that stalls', () => {
  it('before responding is dropped after the timeout, and the next one is tried', async () => {
    const bad = await startMirror(() => undefined)
    const good = await startMirror(sends())
    const { folder } = await download(published(bad.url, good.url), { stallSeconds: 0.1 })
    await expectWhole(folder)
    expect(bad.asked).toHaveLength(4)
  })

  it('within the file is asked for the rest', async () => {
    const mirror = await startMirror((_request, response) => {
      response.writeHead(200, { 'content-length': content.byteLength, etag: '"first"' })
      response.write(content.subarray(0, 100_000))
    }, sends())
    const { folder } = await download(published(mirror.url), { stallSeconds: 0.2 })
    await expectWhole(folder)
    expect(mirror.asked).toEqual(['whole', 'bytes=100000-'])
  })
})

describe('offline', () => {
  it('is reported, with every mirror that was tried and its reason, and leaves no file', async () => {
    const refused = 'http://127.0.0.1:1/images.gz'
    const unknown = 'http://mirror.invalid/images.gz'
    const { problem, folder, files } = await failing(published(refused, unknown))
    expect(problem).toMatchObject({
      code: 'data-download',
      message: 'images.gz cannot be downloaded: no mirror can be reached.',
      place: { file: join(folder, 'images.gz') },
      data: { case: 'offline' },
    })
    expect(problem.received).toMatch(
      /^127\.0\.0\.1:1 cannot be reached \(ECONNREFUSED\)\nmirror\.invalid cannot be reached \((ENOTFOUND|EAI_AGAIN)\)$/,
    )
    expect(problem.fix).toContain('Check the connection')
    expect(files).toEqual([])
  })
})
