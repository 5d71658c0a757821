/** `layerloom data download` and `data downloads`, against servers on this computer. */
import { readdirSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { answers, startMirror } from '../data/download/mirrorServer'
import { temporaryFolder } from '../data/temporaryFolder'
import { parseLines, theLine } from './eventSchemas'
import { jsonLines, runCli } from './runCli'

/** The command line with its own data folder. */
async function withHome() {
  const folder = await temporaryFolder()
  const cli = (words: readonly string[], onOutput?: Parameters<typeof runCli>[1]) =>
    runCli(words, { env: { LAYERLOOM_HOME: folder.path }, ...onOutput })
  return { folder, cli }
}

describe('layerloom data', () => {
  it('lists its commands', async () => {
    const { code, stdout } = await runCli(['data', '--help'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^ {2}data download +\w/m)
    expect((await runCli(['data'])).code).toBe(2)
  })

  it('names what it does not recognize', async () => {
    const { code, stderr } = await runCli(['data', 'fetch'])
    expect(code).toBe(2)
    expect(stderr).toContain('There is no command “data fetch”.')
  })
})

describe('layerloom data downloads', () => {
  it('lists what can be downloaded, and how much of each is on disk', async () => {
    const { folder, cli } = await withHome()
    await folder.write(join('datasets', 'cifar10', 'cifar-10-binary.tar.gz.part'), new Uint8Array(2 ** 20))
    const { code, stdout } = await cli(['data', 'downloads'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^ {2}fashion-mnist +29\.4 MiB +– +MIT +–$/m)
    expect(stdout).toMatch(/^ {2}cifar10 +162 MiB +1\.00 MiB downloaded +/m)
  })

  it('prints the same as one object, and deletes the named dataset', async () => {
    const { folder, cli } = await withHome()
    await folder.write(join('datasets', 'cifar10', 'cifar-10-binary.tar.gz.part'), new Uint8Array(1000))
    const before = jsonLines((await cli(['data', 'downloads', '--json'])).stdout)
    expect(before).toMatchObject([{ sets: [{ name: 'fashion-mnist' }, {}, { state: 'partial', bytes: 1000 }] }])
    const after = jsonLines((await cli(['data', 'downloads', '--delete', 'cifar10', '--json'])).stdout)
    expect(after).toMatchObject([{ sets: [{}, {}, { name: 'cifar10', state: 'absent', total: 170_052_171 }] }])
    expect(readdirSync(join(folder.path, 'datasets'))).toEqual([])
  })
})

describe('layerloom data download', () => {
  it('fails with 1 and every mirror’s reason if none serves the file', async () => {
    const mirror = await startMirror(answers(404))
    const { cli } = await withHome()
    const folders = [mirror.url.replace('/images.gz', ''), 'http://127.0.0.1:1/']
    const { code, stdout } = await cli([
      'data',
      'download',
      'kmnist',
      ...folders.flatMap((url) => ['--mirror', url]),
      '--json',
    ])
    expect(code).toBe(1)
    const { problems } = theLine(parseLines(stdout), 'error')
    expect(problems[0]!.code).toBe('data-download')
    expect(problems[0]!.received).toMatch(/answers HTTP 404\n127\.0\.0\.1:1 cannot be reached \(ECONNREFUSED\)/)
  })

  it('can be interrupted, keeps what was received and reports how much', async () => {
    const half = Buffer.alloc(4 << 20, 'x')
    const mirror = await startMirror((_request, response) => {
      response.writeHead(200, { 'content-length': 170_052_171 })
      response.write(half)
    })
    const { folder, cli } = await withHome()
    const words = ['data', 'download', 'cifar10', '--mirror', mirror.url.replace('images.gz', ''), '--json']
    let asked = false
    const { code, stdout } = await cli(words, {
      onOutput: (text, kill) => {
        if (!asked && text.includes('"bytes":')) kill('SIGINT')
        asked ||= text.includes('"bytes":')
      },
    })
    expect(code).toBe(130)
    const lines = parseLines(stdout)
    const { state, bytes } = theLine(lines, 'downloaded')
    expect(state).toBe('partial')
    expect(bytes).toBeGreaterThan(0)
    expect(lines[0]).toMatchObject({ event: 'download', name: 'cifar10', total: 170_052_171 })
    const { stdout: list } = await cli(['data', 'downloads'])
    expect(list).toMatch(/cifar10 +162 MiB +[\d.]+ [KM]iB downloaded/)
    expect(readdirSync(join(folder.path, 'datasets', 'cifar10'))).toHaveLength(2)
  })

  it('rejects an unknown name, and a folder that cannot be created', async () => {
    const { folder, cli } = await withHome()
    expect((await cli(['data', 'download', 'imagenet'])).stderr).toContain('fashion-mnist, kmnist, cifar10')
    await mkdir(folder.path, { recursive: true })
    await folder.write('datasets', 'a file')
    const { code, stderr } = await cli(['data', 'download', 'kmnist'])
    expect(code).toBe(1)
    expect(stderr).toContain('file-write')
  })
})
