/** A read-only disk under every output path: each command reports that as the problem, with a fix. */
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { Autosaves } from '../../../src-main/project/autosaves'
import { KeptFile } from '../../../src-main/disk/keptFile'
import { RunLibrary } from '../../../src-main/training/runLibrary'

import { canMount, makeReadOnly, smallDisk } from '../../support/smallDisk'
import { temporaryFolder } from '../data/temporaryFolder'
import { jsonLines, ROOT, runCli } from './runCli'

const TABLE = ['x,y,label', ...Array.from({ length: 40 }, (_, i) => `${i},${(7 * i) % 11},${i < 20 ? 'low' : 'high'}`)]

interface ErrorLine {
  readonly code: string
  readonly message: string
  readonly fix: string
  readonly problems: readonly { readonly place: { readonly file?: string }; readonly received?: string }[]
}

/** The problem that a command exits with. */
async function problemOf(words: readonly string[], cwd: string, env: Record<string, string> = {}): Promise<ErrorLine> {
  const { code, stdout, stderr } = await runCli([...words, '--json'], { cwd, env: { NO_COLOR: '1', ...env } })
  expect([code === 0, stderr]).toEqual([false, expect.not.stringContaining('internal')])
  return jsonLines(stdout).at(-1) as ErrorLine
}

const SAYS = /^(This|The) disk can only be read\.$/

describe.skipIf(!canMount)('a read-only disk (skipped if no file system can be mounted)', () => {
  it('is the reason reported by every command that would write to it', async () => {
    const disk = smallDisk(4000)
    const own = (await temporaryFolder()).path
    const table = join(disk, 'table.csv')
    writeFileSync(table, `${TABLE.join('\n')}\n`)
    const env = { LAYERLOOM_CACHE: join(own, 'cache'), LAYERLOOM_HOME: join(own, 'home') }
    expect((await runCli(['new', 'table.csv'], { cwd: disk, env })).code).toBe(0)
    expect((await runCli(['train', 'table.loom', '--epochs', '1', '--out', 'run'], { cwd: disk, env })).code).toBe(0)
    copyFileSync(join(disk, 'table.loom'), join(disk, 'second.loom'))
    makeReadOnly(disk)

    const project = await problemOf(['new', 'table.csv', '-o', 'new.loom'], disk, env)
    expect(project).toMatchObject({ code: 'file-write', message: expect.stringMatching(SAYS) })
    // Two levels that do not exist, as below the current folder by default.
    for (const words of [[], ['--out', join(disk, 'a', 'b')]]) {
      const run = await problemOf(['train', 'table.loom', '--epochs', '1', ...words], disk, env)
      expect(run).toMatchObject({ code: 'run-write', message: expect.stringMatching(SAYS) })
      expect(run.fix).toContain('Choose a run folder on another disk.')
      expect(run.problems[0]!.received).toBe('EROFS')
    }
    const resumed = await problemOf(['resume', 'run', '--epochs', '2'], disk, env)
    expect(resumed).toMatchObject({ code: 'run-write', message: expect.stringMatching(SAYS) })
    const exported = await problemOf(['export', 'run', '--to', 'onnx', '-o', 'm.onnx'], disk, env)
    expect(exported).toMatchObject({ code: 'file-write', message: expect.stringMatching(SAYS) })
    const answers = await problemOf(['predict', 'run', 'table.csv', '-o', 'answers.csv'], disk, env)
    expect(answers).toMatchObject({ code: 'file-write', message: expect.stringMatching(SAYS) })
    // Commands that only read still work.
    expect((await runCli(['evaluate', 'run', '--split', 'validation'], { cwd: disk, env })).code).toBe(0)

    const closed = { LAYERLOOM_CACHE: join(disk, 'cache', 'deep'), LAYERLOOM_HOME: join(disk, 'home') }
    const cache = await problemOf(['train', 'second.loom', '--epochs', '1', '--out', join(own, 'r')], disk, closed)
    expect(cache).toMatchObject({
      code: 'cache-write',
      message: 'The prepared data could not be kept: this disk can only be read.',
      fix: 'Set LAYERLOOM_CACHE to a folder on another disk.',
    })
    const limit = await problemOf(['data', 'cache', 'limit', '1GB'], disk, closed)
    expect(limit).toMatchObject({ code: 'file-write', fix: 'Set LAYERLOOM_CACHE to another folder.' })
    const download = await problemOf(['data', 'download', 'kmnist', '--mirror', 'http://127.0.0.1:9/'], disk, closed)
    expect(download).toMatchObject({ code: 'file-write', message: expect.stringMatching(SAYS) })
    const served = await runCli(['serve', '--no-open'], { cwd: disk, env: closed })
    expect([served.code, served.stderr]).toEqual([1, expect.stringContaining('This disk can only be read.')])
    expect(served.stderr).toContain('Set LAYERLOOM_HOME to a writable folder.')
  }, 300_000)

  it('is also the reported reason when the window writes', async () => {
    const disk = smallDisk(400)
    mkdirSync(join(disk, 'runs', 'one'), { recursive: true })
    makeReadOnly(disk)
    const says = { problems: [expect.objectContaining({ code: 'file-write', message: 'This disk can only be read.' })] }
    const state = { project: '{}', path: null, revision: null } as never
    await expect(new Autosaves(join(disk, 'data')).write('d', {}, state)).rejects.toMatchObject(says)
    for (const shared of [false, true]) {
      const file = new KeptFile(join(disk, 'data', 'kept.json'), z.number(), 0, shared)
      await expect(file.change((value) => value + 1)).rejects.toMatchObject(says)
    }
    await expect(new RunLibrary(join(disk, 'runs')).remove('one')).rejects.toMatchObject({
      problems: [expect.objectContaining({ code: 'run-write', received: 'EROFS' })],
    })
  })
})

describe('creating a folder', () => {
  it.skipIf(process.platform !== 'linux')(
    'fails if the system itself reports that the location does not exist',
    async () => {
      const problem = await problemOf(
        ['train', join(ROOT, 'resources/projects/penguins.loom'), '--out', '/proc/none/run'],
        (await temporaryFolder()).path,
      )
      expect(problem).toMatchObject({ code: 'run-write', problems: [{ received: 'ENOENT' }] })
    },
  )
})
