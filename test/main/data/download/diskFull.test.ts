import { readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { downloadFile } from '../../../../src-main/data/download/download'
import { canMount, smallDisk } from '../../../support/smallDisk'
import { problemsOf } from '../temporaryFolder'
import { content, published, sends, startMirror } from './mirrorServer'

describe.skipIf(!canMount)('a full disk (skipped if no file system can be mounted)', () => {
  it('is detected before any request', async () => {
    const mirror = await startMirror(sends())
    const disk = smallDisk(200)
    const [problem] = await problemsOf(downloadFile(published(mirror.url), disk))
    expect(problem).toMatchObject({ code: 'file-write', message: 'The disk has no room for images.gz.' })
    expect(problem).toMatchObject({
      expected: '300000 free bytes',
      received: expect.stringMatching(/^\d+ free bytes$/),
    })
    expect(mirror.asked).toEqual([])
    expect(readdirSync(disk)).toEqual([])
  })

  it('that another program fills meanwhile is a problem; what was received is kept and reusable', async () => {
    const disk = smallDisk(500)
    const filler = join(disk, 'other program')
    const mirror = await startMirror((_request, response) => {
      response.writeHead(200, { 'content-length': content.byteLength, etag: '"first"' })
      response.write(content.subarray(0, 100_000))
      setTimeout(() => {
        const { bavail, bsize } = statfsSync(disk)
        writeFileSync(filler, new Uint8Array((bavail - 5) * bsize))
        response.end(content.subarray(100_000))
      }, 200)
    }, sends())
    const [problem] = await problemsOf(downloadFile(published(mirror.url), disk))
    expect(problem).toMatchObject({ code: 'file-write', message: 'The disk is full.' })
    expect(problem!.place.file).toBe(join(disk, 'images.gz.part'))
    expect(readdirSync(disk).sort()).toEqual(['images.gz.part', 'images.gz.part.json', 'other program'])
    rmSync(filler)
    expect(await downloadFile(published(mirror.url), disk)).toBe('complete')
    expect(mirror.asked[1]).toMatch(/^bytes=1\d{5}-$/)
    expect(readdirSync(disk)).toEqual(['images.gz'])
  })
})
