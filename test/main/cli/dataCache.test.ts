/** `layerloom data cache`: lists, removes and limits cached data. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../data/temporaryFolder'
import { jsonLines, runCli, sample } from './runCli'

/** The command line with a cache that holds the entries of the penguins. */
async function withCache() {
  const { path } = await temporaryFolder()
  const cli = (...words: string[]) =>
    runCli(['data', ...words], { env: { LAYERLOOM_CACHE: path, LAYERLOOM_HOME: path } })
  expect((await cli('inspect', sample('penguins'))).code).toBe(0)
  return { path, cli }
}

interface Listed {
  readonly bytes: number
  readonly limit: number
  readonly entries: readonly { readonly key: string; readonly step: string; readonly bytes: number }[]
}
const one = <T>({ stdout }: { stdout: string }): T => jsonLines(stdout)[0] as T

describe('layerloom data cache', () => {
  it('lists its commands', async () => {
    const { code, stdout } = await runCli(['data', 'cache', '--help'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^ {2}data cache list +\w/m)
    expect(stdout).not.toContain('data download')
    expect((await runCli(['data', 'cache'])).code).toBe(2)
    expect((await runCli(['data', 'cache', 'empty'])).stderr).toContain('There is no command “data cache empty”.')
  })

  it('lists every step with its source and size', async () => {
    const { path, cli } = await withCache()
    const { stdout } = await cli('cache', 'list')
    expect(stdout).toMatch(/^ {2}[0-9a-f]{10} +one-hot +Palmer penguins +344 +13\.7 KiB +just now$/m)
    expect(stdout).toContain(`of at most 20.0 GiB in ${path}`)
    const listed = one<Listed>(await cli('cache', 'list', '--json'))
    expect(listed.entries.map(({ step }) => step)).toEqual(expect.arrayContaining(['read', 'fill-missing', 'one-hot']))
    expect(listed.bytes).toBe(listed.entries.reduce((sum, { bytes }) => sum + bytes, 0))
  })

  it('removes entries by key prefix, or all of them, and reports the bytes freed', async () => {
    const { path, cli } = await withCache()
    const before = one<Listed>(await cli('cache', 'list', '--json'))
    const [first] = before.entries
    const cleared = one<object>(await cli('cache', 'clear', first!.key.slice(0, 12), '--json'))
    expect(cleared).toEqual({ freed: first!.bytes, removed: [first!.key], bytes: before.bytes - first!.bytes })
    const { stdout } = await cli('cache', 'clear')
    expect(stdout).toMatch(/^Removed \d+ entries; [\d.]+ KiB freed, 0 B left\.$/m)
    expect(readdirSync(path).filter((name) => /^[0-9a-f]{40}$/.test(name))).toEqual([])
    expect((await cli('cache', 'list')).stdout).toContain('The cache is empty.')
    expect(await cli('cache', 'clear', 'ffff')).toMatchObject({ code: 2 })
  })

  it('stores a limit', async () => {
    const { cli, path } = await withCache()
    expect((await cli('cache', 'limit', '1.5 GiB')).stdout).toContain(`Limit: 1.50 GiB in ${path}`)
    expect(one<Listed>(await cli('cache', 'list', '--json')).limit).toBe(1.5 * 2 ** 30)
    expect(one(await cli('cache', 'limit', '500MB', '--json'))).toMatchObject({ limit: 500e6 })
  })

  it.each(['12', 'much', '-1', '5 PB', '1e9'])('rejects %s as a limit', async (size) => {
    const { path } = await temporaryFolder()
    const { code } = await runCli(['data', 'cache', 'limit', '--', size], { env: { LAYERLOOM_CACHE: join(path, 'c') } })
    expect(code).toBe(2)
  })
})
