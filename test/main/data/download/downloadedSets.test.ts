import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sharedDataFolder } from '../../../../src-main/machine/appFolders'
import { downloadableSets } from '../../../../src-main/data/download/catalogue'
import {
  deleteDownload,
  describeDownload,
  downloadedFiles,
  downloadSet,
  listDownloads,
} from '../../../../src-main/data/download/downloadedSets'
import { problemsOf, temporaryFolder } from '../temporaryFolder'
import { answers, sends, startMirror } from './mirrorServer'

const names = downloadableSets.kmnist.files.map(({ name }) => name)

async function withFiles(count: number) {
  const folder = await temporaryFolder()
  for (const { name, bytes } of downloadableSets.kmnist.files.slice(0, count))
    await folder.write(join('kmnist', name), new Uint8Array(bytes))
  return folder
}

describe('the files of a dataset on disk', () => {
  it('are absent at first', async () => {
    const { path } = await temporaryFolder()
    expect((await listDownloads(path)).map(({ set, total, state }) => [set.name, total, state])).toEqual([
      ['fashion-mnist', 30_878_645, { state: 'absent' }],
      ['kmnist', 21_240_888, { state: 'absent' }],
      ['cifar10', 170_052_171, { state: 'absent' }],
    ])
  })

  it('are partial with a byte count, then complete', async () => {
    const folder = await withFiles(2)
    await folder.write(join('kmnist', `${names[2]}.part`), new Uint8Array(1000))
    expect((await describeDownload('kmnist', folder.path)).state).toEqual({
      state: 'partial',
      bytes: 18_165_135 + 29_497 + 1000,
    })
    const whole = await withFiles(4)
    expect((await describeDownload('kmnist', whole.path)).state).toEqual({ state: 'complete' })
    expect(await downloadedFiles('kmnist', whole.path)).toEqual(names.map((name) => join(whole.path, 'kmnist', name)))
  })

  it('are requested with a problem that says how to get them if missing', async () => {
    const { path } = await temporaryFolder()
    const [problem] = await problemsOf(downloadedFiles('cifar10', path))
    expect(problem).toMatchObject({
      code: 'data-missing',
      message: 'CIFAR-10 has not been downloaded yet.',
      fix: 'Download it on the Data screen or with: layerloom data download cifar10',
    })
  })

  it("can be deleted; the user's own files beside them stay", async () => {
    const folder = await withFiles(4)
    await deleteDownload('kmnist', folder.path)
    expect(existsSync(join(folder.path, 'kmnist'))).toBe(false)
    const kept = await withFiles(1)
    await kept.write(join('kmnist', 'notes.txt'), 'mine')
    await deleteDownload('kmnist', kept.path)
    expect(existsSync(join(kept.path, 'kmnist', 'notes.txt'))).toBe(true)
    expect((await describeDownload('kmnist', kept.path)).state).toEqual({ state: 'absent' })
  })

  it('cannot be deleted while being downloaded', async () => {
    const folder = await withFiles(1)
    await folder.write(join('kmnist', `${names[0]}.lock`), String(process.ppid))
    const [problem] = await problemsOf(deleteDownload('kmnist', folder.path))
    expect(problem).toMatchObject({ code: 'data-download', data: { case: 'busy-delete' } })
  })
})

describe('the download of a dataset', () => {
  it('takes its files from the given folders, and rejects files that differ from the published ones', async () => {
    const mirror = await startMirror(sends({ body: Buffer.alloc(18_165_135) }))
    const { path } = await temporaryFolder()
    const folder = mirror.url.replace('images.gz', 'somewhere')
    const [problem] = await problemsOf(downloadSet('kmnist', { mirrors: [folder] }, path))
    const sha256 = createHash('sha256').update(Buffer.alloc(18_165_135)).digest('hex')
    expect(problem!.received).toContain(`gives another file (SHA-256 ${sha256.slice(0, 12)}…)`)
    expect(problem!.place.file).toBe(join(path, 'kmnist', names[0]!))
  })

  it('reports the bytes of the whole dataset, and can be canceled', async () => {
    const mirror = await startMirror(answers(500))
    const { path } = await temporaryFolder()
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 50)
    expect(await downloadSet('kmnist', { mirrors: [mirror.url], signal: stop.signal }, path)).toBe('canceled')
  })
})

describe('the folder of downloads', () => {
  it('is the same for window and command line on every platform, and can be configured', () => {
    expect(sharedDataFolder({ LAYERLOOM_HOME: '/data' }, 'darwin')).toBe('/data')
    expect(sharedDataFolder({}, 'darwin')).toMatch(/Application Support.Layerloom$/)
    expect(sharedDataFolder({ XDG_DATA_HOME: '/share' }, 'linux')).toBe(join('/share', 'layerloom'))
  })
})
