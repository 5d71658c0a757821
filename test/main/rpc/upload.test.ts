/**
 * Files dropped on a page, through the contract: copied in parts, completely or not at all, and only to the upload
 * folder.
 */
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { UPLOAD_PART } from '#core/rpc/contract/upload'
import { Uploads } from '../../../src-main/project/uploads'
import { startHost, temporaryFolder } from './hostFixture'
import { eventually } from '../../support/eventually'

const bytes = (text: string) => new Uint8Array(Buffer.from(text))
const code = (name: string) => ({
  problems: [expect.objectContaining({ code: name, severity: 'error', fix: expect.any(String) as string })],
})

async function start() {
  const started = await startHost()
  const imports = join(started.dataFolder, 'imports')
  const left = () => readdir(imports).catch(() => [])
  const pathOf = async (file: Awaited<ReturnType<typeof started.client.upload.finish>>) =>
    (await started.client.data.pathFor({ target: file.id, project: null })).path
  return { ...started, imports, left, pathOf }
}

describe('an upload', () => {
  it('of a folder assembles its files from their parts, with their names', async () => {
    const { client, pathOf, left } = await start()
    const { upload } = await client.upload.begin({ name: '写真', bytes: 10, files: 2 })
    await client.upload.write({
      upload,
      parts: [
        { path: '猫/1.png', bytes: bytes('abc') },
        { path: '犬/深い/2.png', bytes: bytes('xy') },
      ],
    })
    await client.upload.write({ upload, parts: [{ path: '猫/1.png', bytes: bytes('defgh') }] })
    const file = await client.upload.finish({ upload })
    expect(file.name).toBe('写真')
    const path = await pathOf(file)
    expect(await readFile(join(path, '猫/1.png'), 'utf8')).toBe('abcdefgh')
    expect(await readFile(join(path, '犬/深い/2.png'), 'utf8')).toBe('xy')
    expect((await left()).filter((name) => name.startsWith('.'))).toEqual([])
  })

  it('of a single file is that file, and can be imported', async () => {
    const { client, pathOf } = await start()
    const content = bytes(['x,class', ...Array.from({ length: 20 }, (_, i) => `${i},${i % 2 ? 'a' : 'b'}`)].join('\n'))
    const { upload } = await client.upload.begin({ name: 'rows.csv', bytes: content.length, files: 1 })
    await client.upload.write({ upload, parts: [{ path: '', bytes: content.slice(0, 30) }] })
    await client.upload.write({ upload, parts: [{ path: '', bytes: content.slice(30) }] })
    const file = await client.upload.finish({ upload })
    expect(await readFile(await pathOf(file))).toEqual(Buffer.from(content))
    expect(await client.data.propose({ file: file.id })).toMatchObject({ count: 20, source: { label: 'class' } })
  })

  it('of an empty file is an empty file', async () => {
    const { client, pathOf } = await start()
    const { upload } = await client.upload.begin({ name: 'none.csv', bytes: 0, files: 1 })
    await client.upload.write({ upload, parts: [{ path: '', bytes: bytes('') }] })
    expect((await stat(await pathOf(await client.upload.finish({ upload })))).size).toBe(0)
  })
})

describe('what is refused', () => {
  it.each([
    ['..'],
    ['../x'],
    ['a/../../x'],
    ['/etc/passwd'],
    ['a//b'],
    ['a/./b'],
    ['a/'],
    ['C:\\x'],
    ['a\\..\\..\\x'],
    ['a\0b'],
    ['a/b:c'],
    ['CON'],
    ['a/x.'],
    [Array.from({ length: 40 }, () => 'a').join('/')],
    ['x'.repeat(300)],
  ])('is a file at %j', async (path) => {
    const { client, left, folder } = await start()
    const { upload } = await client.upload.begin({ name: 'set', bytes: 100, files: 2 })
    const written = client.upload.write({ upload, parts: [{ path, bytes: bytes('x') }] })
    await expect(written).rejects.toMatchObject(code('file-name'))
    expect(await left()).toEqual([])
    expect((await readdir(folder)).filter((name) => name !== 'data')).toEqual([])
  })

  it.each([['..'], ['a/b'], ['a\\b'], ['.hidden'.repeat(60)], ['a\0']])('is the name %j', async (name) => {
    const { client, left } = await start()
    await expect(client.upload.begin({ name, bytes: 1, files: 1 })).rejects.toMatchObject(
      name.length > 255 ? { code: 'BAD_REQUEST' } : code('file-name'),
    )
    expect(await left()).toEqual([])
  })

  it('is more than announced, in bytes, in files or in one part', async () => {
    const { client, left } = await start()
    const begin = () => client.upload.begin({ name: 'set', bytes: 2 * UPLOAD_PART, files: 1 })
    for (const parts of [
      [{ path: 'a', bytes: new Uint8Array(UPLOAD_PART + 1) }],
      [1, 2, 3].map(() => ({ path: 'a', bytes: new Uint8Array(UPLOAD_PART) })),
      ['a', 'b'].map((path) => ({ path, bytes: bytes('x') })),
    ]) {
      const { upload } = await begin()
      await expect(client.upload.write({ upload, parts })).rejects.toMatchObject(code('file-upload'))
      await expect(client.upload.finish({ upload })).rejects.toMatchObject(code('file-upload'))
    }
    expect(await left()).toEqual([])
  })

  it('is less than announced', async () => {
    const { client, left } = await start()
    const { upload } = await client.upload.begin({ name: 'set', bytes: 5, files: 1 })
    await client.upload.write({ upload, parts: [{ path: 'a', bytes: bytes('abc') }] })
    await expect(client.upload.finish({ upload })).rejects.toMatchObject(code('file-upload'))
    expect(await left()).toEqual([])
  })

  it('is more than the free disk space', async () => {
    const { client, left } = await start()
    const begun = client.upload.begin({ name: 'set', bytes: 2 ** 40, files: 1 })
    await expect(begun).rejects.toMatchObject(code('file-write'))
    await expect(client.upload.begin({ name: 'set', bytes: 2 ** 50, files: 1 })).rejects.toMatchObject(
      code('file-upload'),
    )
    expect(await left()).toEqual([])
  })

  it('is a file in the place of a folder', async () => {
    const { client, left } = await start()
    const { upload } = await client.upload.begin({ name: 'set', bytes: 10, files: 3 })
    const parts = ['a', 'a/b'].map((path) => ({ path, bytes: bytes('x') }))
    await expect(client.upload.write({ upload, parts })).rejects.toMatchObject(code('file-write'))
    expect(await left()).toEqual([])
  })

  it('is the upload of another window', async () => {
    const { client, openWindow, left } = await start()
    const other = openWindow().client
    const { upload } = await client.upload.begin({ name: 'a', bytes: 1, files: 1 })
    const parts = [{ path: '', bytes: bytes('x') }]
    await expect(other.upload.write({ upload, parts })).rejects.toMatchObject(code('file-upload'))
    await expect(other.upload.finish({ upload })).rejects.toMatchObject(code('file-upload'))
    await other.upload.cancel({ upload })
    await client.upload.write({ upload, parts })
    await client.upload.finish({ upload })
    expect(await left()).toHaveLength(1)
  })
})

describe('an upload that does not finish', () => {
  it('leaves nothing behind when canceled', async () => {
    const { client, left } = await start()
    const { upload } = await client.upload.begin({ name: 'set', bytes: 100, files: 2 })
    await client.upload.write({ upload, parts: [{ path: 'a/b', bytes: bytes('abc') }] })
    expect(await left()).toHaveLength(1)
    await client.upload.cancel({ upload })
    expect(await left()).toEqual([])
    const parts = [{ path: 'a/b', bytes: bytes('abc') }]
    await expect(client.upload.write({ upload, parts })).rejects.toMatchObject(code('file-upload'))
    await client.upload.cancel({ upload })
  })

  it('leaves nothing behind when its window closes', async () => {
    const { openWindow, left } = await start()
    const { client, close } = openWindow()
    const { upload } = await client.upload.begin({ name: 'set', bytes: 100, files: 2 })
    await client.upload.write({ upload, parts: [{ path: 'a', bytes: bytes('abc') }] })
    close()
    await eventually(async () => expect(await left()).toEqual([]))
  })

  it('leaves nothing behind when no more data arrives', async () => {
    const folder = await temporaryFolder()
    const uploads = new Uploads(folder, 50)
    const owner = {}
    const id = await uploads.begin({ name: 'set', bytes: 100, files: 2 }, owner)
    await uploads.write(id, owner, [{ path: 'a', bytes: bytes('abc') }])
    await eventually(async () => expect(await readdir(join(folder, 'imports'))).toEqual([]))
  })

  it('leaves nothing behind after the next start', async () => {
    const { client, left, dataFolder } = await start()
    const { upload } = await client.upload.begin({ name: 'set', bytes: 100, files: 2 })
    await client.upload.write({ upload, parts: [{ path: 'a', bytes: bytes('abc') }] })
    await startHost({ dataFolder })
    await eventually(async () => expect(await left()).toEqual([]))
  })
})
