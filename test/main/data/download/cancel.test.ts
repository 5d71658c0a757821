/** Canceled downloads, and concurrent downloads. */
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { downloadFile } from '../../../../src-main/data/download/download'
import { temporaryFolder } from '../temporaryFolder'
import { download, expectWhole, failing, quick } from './downloading'
import { answers, content, published, sends, startMirror } from './mirrorServer'

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0

describe('a canceled download', () => {
  it('ends immediately, keeps what was received, and resumes from there next time', async () => {
    const mirror = await startMirror((_request, response) => {
      response.writeHead(200, { 'content-length': content.byteLength, etag: '"first"' })
      response.write(content.subarray(0, 100_000))
    }, sends())
    const stop = new AbortController()
    const { path: folder } = await temporaryFolder()
    // The mirror sends no more than this and keeps the connection open: without cancellation it does not end.
    const downloading = download(published(mirror.url), { signal: stop.signal, stallSeconds: 3600 }, folder)
    await expect.poll(() => sizeOf(join(folder, 'images.gz.part'))).toBe(100_000)
    stop.abort()
    const { outcome, files } = await downloading
    expect({ outcome, files }).toEqual({ outcome: 'canceled', files: ['images.gz.part', 'images.gz.part.json'] })
    expect((await download(published(mirror.url), {}, folder)).outcome).toBe('complete')
    await expectWhole(folder)
    expect(mirror.asked).toEqual(['whole', 'bytes=100000-'])
  })

  it('ends immediately while waiting for the next attempt or for a response', async () => {
    for (const behaviour of [answers(500), () => undefined]) {
      const mirror = await startMirror(behaviour)
      const stop = new AbortController()
      const options = { signal: stop.signal, backOffSeconds: 3600, stallSeconds: 3600 }
      const downloading = download(published(mirror.url), options)
      await expect.poll(() => mirror.asked.length).toBe(1)
      stop.abort()
      expect((await downloading).outcome).toBe('canceled')
    }
  })

  it('contacts no mirror if canceled before it begins', async () => {
    const mirror = await startMirror(sends())
    const { outcome, files } = await download(published(mirror.url), { signal: AbortSignal.abort() })
    expect({ outcome, files, asked: mirror.asked }).toEqual({ outcome: 'canceled', files: [], asked: [] })
  })
})

describe('two downloads of one file', () => {
  it('do not interfere: the second is refused', async () => {
    const mirror = await startMirror(sends())
    const folder = (await temporaryFolder()).path
    const first = downloadFile(published(mirror.url), folder, quick)
    const { problem } = await failing(published(mirror.url), {}, folder)
    expect(problem).toMatchObject({ code: 'data-download', data: { case: 'busy' } })
    expect(await first).toBe('complete')
    await expectWhole(folder)
  })

  it('do not conflict if the first one died: its lock is taken over', async () => {
    const mirror = await startMirror(sends())
    const folder = await temporaryFolder()
    // Process ids are always well below this.
    await folder.write('images.gz.lock', '1999999999')
    await download(published(mirror.url), {}, folder.path)
    await expectWhole(folder.path)
  })

  it('conflict if the lock belongs to a running process', async () => {
    const folder = await temporaryFolder()
    await folder.write('images.gz.lock', String(process.ppid))
    const { problem } = await failing(published('http://127.0.0.1:1/'), {}, folder.path)
    expect(problem.fix).toContain('images.gz.lock')
    expect(existsSync(join(folder.path, 'images.gz.lock'))).toBe(true)
  })
})
