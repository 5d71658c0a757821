/** Downloads that are stopped, and downloads that meet each other. */
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { downloadFile } from '../../../../src-main/data/download/download'
import { temporaryFolder } from '../temporaryFolder'
import { download, expectWhole, failing, quick } from './downloading'
import { answers, content, published, sends, startMirror } from './mirrorServer'

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0

describe('a download that is cancelled', () => {
  it('ends at once, keeps what has arrived, and goes on from there the next time', async () => {
    const mirror = await startMirror((_request, response) => {
      response.writeHead(200, { 'content-length': content.byteLength, etag: '"first"' })
      response.write(content.subarray(0, 100_000))
    }, sends())
    const stop = new AbortController()
    const { path: folder } = await temporaryFolder()
    // The mirror sends no more than this and holds the connection: what is not cancelled does not end.
    const downloading = download(published(mirror.url), { signal: stop.signal, stallSeconds: 3600 }, folder)
    await expect.poll(() => sizeOf(join(folder, 'images.gz.part'))).toBe(100_000)
    stop.abort()
    const { outcome, files } = await downloading
    expect({ outcome, files }).toEqual({ outcome: 'cancelled', files: ['images.gz.part', 'images.gz.part.json'] })
    expect((await download(published(mirror.url), {}, folder)).outcome).toBe('complete')
    await expectWhole(folder)
    expect(mirror.asked).toEqual(['whole', 'bytes=100000-'])
  })

  it('ends at once while it waits before the next attempt, or for an answer', async () => {
    for (const behaviour of [answers(500), () => undefined]) {
      const mirror = await startMirror(behaviour)
      const stop = new AbortController()
      const options = { signal: stop.signal, backOffSeconds: 3600, stallSeconds: 3600 }
      const downloading = download(published(mirror.url), options)
      await expect.poll(() => mirror.asked.length).toBe(1)
      stop.abort()
      expect((await downloading).outcome).toBe('cancelled')
    }
  })

  it('before it begins asks no mirror', async () => {
    const mirror = await startMirror(sends())
    const { outcome, files } = await download(published(mirror.url), { signal: AbortSignal.abort() })
    expect({ outcome, files, asked: mirror.asked }).toEqual({ outcome: 'cancelled', files: [], asked: [] })
  })
})

describe('two downloads of one file', () => {
  it('do not disturb each other: the second is refused', async () => {
    const mirror = await startMirror(sends())
    const folder = (await temporaryFolder()).path
    const first = downloadFile(published(mirror.url), folder, quick)
    const { problem } = await failing(published(mirror.url), {}, folder)
    expect(problem).toMatchObject({ code: 'data-download', data: { case: 'busy' } })
    expect(await first).toBe('complete')
    await expectWhole(folder)
  })

  it('are not two where the first one died: its lock is taken over', async () => {
    const mirror = await startMirror(sends())
    const folder = await temporaryFolder()
    // Process ids end well below this.
    await folder.write('images.gz.lock', '1999999999')
    await download(published(mirror.url), {}, folder.path)
    await expectWhole(folder.path)
  })

  it('are two where the lock belongs to a process that runs', async () => {
    const folder = await temporaryFolder()
    await folder.write('images.gz.lock', String(process.ppid))
    const { problem } = await failing(published('http://127.0.0.1:1/'), {}, folder.path)
    expect(problem.fix).toContain('images.gz.lock')
    expect(existsSync(join(folder.path, 'images.gz.lock'))).toBe(true)
  })
})
